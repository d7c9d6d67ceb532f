import { afterAll, beforeAll, expect, test } from 'vitest'
import { baseImage, callEngine, ensureBaseImage } from './base-image.ts'
import { buildAll, engineUnderTest, folderOf, requestFor, stateOfLine } from './building.ts'
import { isPodman } from './with-buildkit.ts'

const engine = engineUnderTest()
beforeAll(ensureBaseImage)
afterAll(() => engine.close())

test('the engine is found and named', async () => {
  const status = await engine.inspect(new AbortController().signal)
  expect(status).toMatchObject({ kind: 'ready', name: isPodman ? 'Podman' : 'Docker Engine', source: 'DOCKER_HOST' })
})

test('a stage FROM scratch takes its files from the context', async () => {
  const contextDirectory = folderOf({ 'a.txt': 'alpha', 'below/b.txt': 'beta' })
  const told = await buildAll(engine, requestFor('FROM scratch\nCOPY . /\n', { contextDirectory }))
  expect(told.last).toMatchObject({ kind: 'succeeded', image: null, tags: [] })
})

test('three stages hand files on, and every step knows its line before anything runs', async () => {
  const text = [
    `FROM ${baseImage} AS deps`,
    `RUN echo ${String(Math.random())} > /one`,
    `FROM ${baseImage} AS build`,
    'COPY --from=deps /one /in/one',
    'RUN cat /in/one /in/one > /two',
    'FROM scratch',
    'COPY --from=build /two /two',
  ].join('\n')
  const told = await buildAll(engine, requestFor(text, { tags: ['slipway-test/three:1'] }))
  expect(told.last).toMatchObject({ kind: 'succeeded', tags: ['slipway-test/three:1'] })
  const planned = told.events.find(event => event.kind === 'planned')
  expect(planned?.steps.flatMap(step => step.lines.map(({ start }) => start)).sort()).toEqual(
    expect.arrayContaining([2, 4, 5, 7]),
  )
  const plannedAt = told.events.findIndex(event => event.kind === 'planned')
  const firstRun = told.events.findIndex(
    event => event.kind === 'step' && event.name.includes('RUN') && event.state === 'running',
  )
  expect(plannedAt).toBeLessThan(firstRun)
  for (const line of [2, 4, 5, 7]) expect(stateOfLine(told, line)).toBe('done')
  const image = await callEngine('GET', '/images/slipway-test/three:1/json')
  const id: unknown = JSON.parse(image.body.toString('utf8'))
  expect(id).toMatchObject({ Id: told.last.kind === 'succeeded' ? told.last.image : '' })
})

test('output comes through exactly, and a second build takes the step from the cache', async () => {
  const words = 'Grüße aus Köln – 日本語 🚢'
  const text = `FROM ${baseImage}\nRUN echo ${String(Math.random())} >/dev/null; for i in 1 2 3; do echo "$i ${words}"; done; printf '\\303'; sleep 0.3; printf '\\251\\n'; echo wrong >&2\n`
  const first = await buildAll(engine, requestFor(text))
  const whole = [1, 2, 3].map(i => `${i} ${words}\n`).join('')
  const isWrong: unknown = expect.objectContaining({ kind: 'log', stream: 'stderr', text: 'wrong\n' })
  // Podman breaks a character that comes in two parts, and does not tell its two streams apart.
  if (isPodman) expect(first.output.slice(0, whole.length)).toBe(whole)
  else {
    expect(first.output).toBe(`${whole}é\n`)
    expect(first.events).toContainEqual(isWrong)
  }
  expect(first.events.filter(({ kind }) => kind === 'warning')).toEqual([])
  const second = await buildAll(engine, requestFor(text))
  expect(stateOfLine(second, 2)).toBe('cached')
  expect(second.output).toBe('')
})

test('a failing command is pinned to its line with its exit code', async () => {
  const told = await buildAll(
    engine,
    requestFor(`FROM ${baseImage}\nRUN true\nRUN echo about to fail ; exit 7\nRUN true\n`),
  )
  expect(told.last).toMatchObject({ kind: 'failed', exitCode: 7, lines: [{ start: 3, end: 3 }] })
  expect(told.last.kind === 'failed' && told.last.message).toMatch(/exit code 7/)
  expect(stateOfLine(told, 3)).toBe('failed')
})

test('a Dockerfile of 60 kB that fails does not hang', { timeout: 20_000 }, async () => {
  const comments = Array.from({ length: 600 }, (_, index) => `# ${String(index)} ${'x'.repeat(95)}`)
  const text = [`FROM ${baseImage}`, ...comments, 'RUN exit 9'].join('\n')
  const began = performance.now()
  const told = await buildAll(engine, requestFor(text))
  expect(told.last).toMatchObject({ kind: 'failed', exitCode: 9, lines: [{ start: 602, end: 602 }] })
  console.log(`failed after ${(performance.now() - began).toFixed(0)} ms`)
  const unreadable = await buildAll(engine, requestFor(`${text.replace('exit 9', 'true')}\nFETCH y\n`))
  expect(unreadable.last).toMatchObject({
    kind: 'failed',
    lines: [{ start: 603, end: 603 }],
    message: /unknown instruction: FETCH/i,
  })
})

test('a file that does not parse fails with its line', async () => {
  const told = await buildAll(engine, requestFor(`FROM ${baseImage}\nRUN true\nFETCH x\n`))
  expect(told.last).toMatchObject({ kind: 'failed', lines: [{ start: 3, end: 3 }] })
  // Podman reads on as it builds, and fails where it is.
  if (!isPodman) expect(told.last).toMatchObject({ vertex: null })
  expect(told.last.kind === 'failed' && told.last.message).toMatch(/unknown instruction: FETCH/i)
})

test('text changed in the editor is read anew although its length is the same', async () => {
  const text = (word: string) =>
    `FROM ${baseImage}\nRUN echo ${word} && test ${String(Math.random()).slice(0, 6).padEnd(6, '0')}\n`
  const first = await buildAll(engine, requestFor(text('first')))
  const other = await buildAll(engine, requestFor(text('other')))
  expect([first.output, other.output]).toEqual(['first\n', 'other\n'])
})
