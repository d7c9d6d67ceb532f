import { afterAll, beforeAll, expect } from 'vitest'
import { sample } from '../../shared/starters/sample.ts'
import { baseImage, callEngine, ensureBaseImage } from './base-image.ts'
import { buildAll, engineUnderTest, filesOf, folderOf, requestFor, stateOfLine } from './building.ts'
import { withBuildKit, withHeredocs } from './with-buildkit.ts'

const engine = engineUnderTest()
beforeAll(ensureBaseImage)
afterAll(() => engine.close())

async function read(build: string, stage: number, path: string): Promise<string> {
  const content = await engine.readFile({ build, stage }, path, 0, 1 << 20, new AbortController().signal)
  return Buffer.from(content.base64, 'base64').toString('utf8')
}

withBuildKit('the sample builds with no network and no base image', async () => {
  const told = await buildAll(engine, requestFor(sample.text, { tags: ['slipway-test/sample:1'] }))
  expect(told.last).toMatchObject({ kind: 'succeeded' })
  expect([...(await filesOf(engine, told.build, 0)).keys()]).toEqual([
    'site',
    'site/drafts',
    'site/drafts/todo.txt',
    'site/index.html',
    'site/style.css',
  ])
  const files = await filesOf(engine, told.build, 2)
  expect(files.get('srv/site/index.html')).toMatchObject({ kind: 'file', mode: 0o644, uid: 0, gid: 0 })
  expect(await read(told.build, 2, 'etc/site.conf')).toBe('root = /srv/site\nport = 8080\n')
})

withBuildKit(
  'COPY heredocs expand variables unless quoted, and keep quotes and backslashes as BuildKit does',
  async () => {
    const text = [
      'ARG WHO=world',
      `FROM ${baseImage}`,
      'ARG WHO',
      'ENV PLACE="a b" EMPTY=',
      'COPY <<EOF /expanded',
      'Hello ${WHO} at \'$PLACE\' "${NONE:-nowhere}" \\$PLACE $UNSET.',
      'EOF',
      "COPY <<'EOF' /plain",
      'Hello ${WHO} \\$PLACE',
      'EOF',
      'COPY <<-EOF /chomped',
      '\t\tone',
      '\ttwo',
      '\tEOF',
      'COPY <<first <<second /several/',
      '1',
      'first',
      '2',
      'second',
    ].join('\n')
    const told = await buildAll(engine, requestFor(text, { buildArgs: { WHO: 'you' } }))
    expect(told.last).toMatchObject({ kind: 'succeeded' })
    expect(await read(told.build, 0, 'expanded')).toBe('Hello you at \'a b\' "nowhere" $PLACE .\n')
    expect(await read(told.build, 0, 'plain')).toBe('Hello ${WHO} \\$PLACE\n')
    expect(await read(told.build, 0, 'chomped')).toBe('one\ntwo\n')
    expect(await read(told.build, 0, 'several/first')).toBe('1\n')
    expect(await read(told.build, 0, 'several/second')).toBe('2\n')
  },
)

withHeredocs('RUN heredocs run as scripts, with their own interpreter or within a command', async () => {
  const text = [
    `FROM ${baseImage}`,
    'RUN <<EOF',
    'greeting="hello"',
    'echo "$greeting" plain',
    'EOF',
    'RUN <<EOF',
    '#!/bin/sh -e',
    'echo "from $0"',
    'EOF',
    'RUN cat <<ONE > /one && cat <<TWO',
    'first $((1+1))',
    'ONE',
    'second',
    'TWO',
    'RUN cat /one',
  ].join('\n')
  const told = await buildAll(engine, requestFor(text, { noCache: true, tags: ['slipway-test/heredoc:1'] }))
  expect(told.last).toMatchObject({ kind: 'succeeded' })
  expect(told.output).toMatch(/^hello plain\nfrom \/dev\/pipes\/(?:EOF|buildahheredoc\d+)\nsecond\nfirst 2\n$/)
  const planned = told.events.find(event => event.kind === 'planned')
  const lines = planned?.steps.filter(step => step.name.includes('RUN')).map(step => step.lines)
  expect(lines).toEqual([
    [{ start: 2, end: 5 }],
    [{ start: 6, end: 9 }],
    [{ start: 10, end: 14 }],
    [{ start: 15, end: 15 }],
  ])
  const history = (await callEngine('GET', '/images/slipway-test/heredoc:1/history')).body.toString('utf8')
  expect(history).toContain('greeting=')
  expect(history).not.toContain('slipway-heredoc')
})

withBuildKit('heredocs stand beside files of the context, and lines after them are where they were', async () => {
  const contextDirectory = folderOf({ 'a.txt': 'from the context' })
  const text = 'FROM scratch\nCOPY a.txt <<b.txt /d/\nb\nb.txt\nADD --chown=5:6 <<c.txt /d/\nc\nc.txt\nCOPY a.txt /e\n'
  const told = await buildAll(engine, requestFor(text, { contextDirectory }))
  expect(told.last).toMatchObject({ kind: 'succeeded' })
  const files = await filesOf(engine, told.build, 0)
  expect([...files.keys()]).toEqual(['d', 'd/a.txt', 'd/b.txt', 'd/c.txt', 'e'])
  expect(files.get('d/c.txt')).toMatchObject({ uid: 5, gid: 6 })
  expect(await read(told.build, 0, 'd/a.txt')).toBe('from the context')
  expect(stateOfLine(told, 8)).toMatch(/done|cached/)
  const again = await buildAll(engine, requestFor(text, { contextDirectory }))
  for (const line of [2, 5, 8]) expect(stateOfLine(again, line)).toBe('cached')
})

withHeredocs('a failing heredoc is pinned to all of its lines', async () => {
  const told = await buildAll(engine, requestFor(`FROM ${baseImage}\nRUN <<EOF\ntrue\nexit 4\nEOF\n`))
  expect(told.last).toMatchObject({ kind: 'failed', exitCode: 4, lines: [{ start: 2, end: 5 }] })
})
