import { afterAll, beforeAll, expect, test } from 'vitest'
import type { BuildEvent } from '../../shared/builds/build-events.ts'
import { baseImage, ensureBaseImage } from './base-image.ts'
import { buildAll, engineUnderTest, requestFor } from './building.ts'
import { isRunning, unusualSleep, within } from './processes.ts'
import { withBuildKit } from './with-buildkit.ts'

const engine = engineUnderTest()
beforeAll(ensureBaseImage)
afterAll(() => engine.close())

withBuildKit('cancelling ends the command on the engine within a second', async () => {
  const command = unusualSleep()
  const abort = new AbortController()
  const building = buildAll(engine, requestFor(`FROM ${baseImage}\nRUN ${command}\n`), abort.signal)
  await within(20_000, () => isRunning(command))
  abort.abort()
  const gone = await within(1_000, () => !isRunning(command))
  const told = await building
  expect(told.last.kind).toBe('cancelled')
  expect(told.events.findLast(event => event.kind === 'step' && event.name.includes(command))).toMatchObject({
    state: 'cancelled',
  })
  console.log(`gone after ${gone.toFixed(0)} ms`)
})

withBuildKit('leaving the loop ends the command on the engine, too', async () => {
  const command = unusualSleep()
  const seen: BuildEvent[] = []
  for await (const event of engine.build(
    requestFor(`FROM ${baseImage}\nRUN ${command}\n`),
    new AbortController().signal,
  )) {
    seen.push(event)
    if (event.kind !== 'step' || event.state !== 'running' || !event.name.includes(command)) continue
    await within(20_000, () => isRunning(command))
    break
  }
  await within(1_000, () => !isRunning(command))
})

test('after a cancelled build the next one runs', async () => {
  const told = await buildAll(engine, requestFor(`FROM ${baseImage}\nRUN echo again ${String(Math.random())}\n`))
  expect(told.last.kind).toBe('succeeded')
  expect(told.output).toMatch(/^again/)
})

test('without the cache every build runs its steps anew', async () => {
  const request = requestFor(`FROM ${baseImage}\nRUN echo anew\n`, { noCache: true })
  for (let count = 0; count < 8; count++) expect((await buildAll(engine, request)).output).toBe('anew\n')
})
