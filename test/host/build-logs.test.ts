import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { assert, asyncProperty, array, constantFrom, integer } from 'fast-check'
import { expect, test } from 'vitest'
import { buildLogKey, type BuildLogs, createBuildLogs, removeBuildLog } from '../../electron/host/build-logs.ts'
import { appendLog, emptyLog, logLines } from '../../shared/builds/log-buffer.ts'
import { temporaryFolder } from './temporary-folder.ts'

const step = { build: 'b', vertex: 'sha256:v' }
const output = (text: string, vertex = step.vertex) => ({ kind: 'log', vertex, stream: 'stdout', text }) as const

async function kept(logs: BuildLogs, pieces: readonly string[], build = step.build): Promise<void> {
  const log = logs.keep(build)
  for (const piece of pieces) await log.take(output(piece))
  await log.finish()
}

async function searched(logs: BuildLogs, query: string, until: number): Promise<number[]> {
  const found: number[] = []
  for await (const lines of logs.search(step, query, until)) found.push(...lines)
  return found
}

test('what is kept are the lines that the window shows, however the output was cut', async () => {
  await assert(
    asyncProperty(
      array(constantFrom('a', 'line\n', '\r', '\n', 'é', '\u001b[31mred\u001b[0m', 'x'.repeat(20_000)), {
        maxLength: 30,
      }),
      integer({ min: 0, max: 40 }),
      async (pieces, from) => {
        const logs = createBuildLogs(temporaryFolder())
        await kept(logs, pieces)
        const shown = logLines(pieces.reduce((log, text) => appendLog(log, 'stdout', text), emptyLog))
        const lines = shown.map(({ text }) => text)
        expect(await logs.read(step, from, 7)).toEqual({ lines: lines.slice(from, from + 7), total: lines.length })
      },
    ),
    { numRuns: 40 },
  )
})

test('a log that has left the memory is read at any place, searched and saved whole', async () => {
  const logs = createBuildLogs(temporaryFolder())
  const count = 200_000
  const log = logs.keep(step.build)
  for (let line = 0; line < count; line += 1_000)
    await log.take(output(Array.from({ length: 1_000 }, (_, at) => `line \u001b[1m${line + at}\u001b[0m\n`).join('')))
  // While it is still written.
  expect((await logs.read(step, 123_456, 2)).lines).toEqual([
    'line \u001b[1m123456\u001b[0m',
    'line \u001b[1m123457\u001b[0m',
  ])
  await log.take(output('the end'))
  await log.finish()
  expect(await logs.read(step, count, 5)).toEqual({ lines: ['the end'], total: count + 1 })
  expect(await searched(logs, 'LINE 12345', count)).toEqual([
    12_345,
    ...Array.from({ length: 10 }, (_, at) => 123_450 + at),
  ])
  expect(await searched(logs, 'line', 3)).toEqual([0, 1, 2])
  let length = 0
  for await (const text of logs.text(step)) length += text.length
  expect(length).toBe(
    'line \n'.length * count + Array.from({ length: count }, (_, at) => at).join('').length + 'the end\n'.length,
  )
})

test('beyond the bound the oldest builds give way, and a deleted one is gone', async () => {
  const folder = temporaryFolder()
  const logs = createBuildLogs(folder, 25_000)
  for (const build of ['one', 'two', 'three']) await kept(logs, ['x'.repeat(9_999) + '\n'], build)
  expect(new Set(readdirSync(join(folder, 'logs')))).toEqual(new Set(['two', 'three'].map(buildLogKey)))
  await kept(logs, ['x'.repeat(60_000)], 'large')
  expect(readdirSync(join(folder, 'logs'))).toEqual([buildLogKey('large')])
  await removeBuildLog(folder, buildLogKey('large'))
  expect(existsSync(join(folder, 'logs', buildLogKey('large')))).toBe(false)
  expect(await logs.read({ build: 'large', vertex: step.vertex }, 0, 5)).toMatchObject({ lines: [] })
})
