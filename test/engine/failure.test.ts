import { afterAll, beforeAll, expect, test } from 'vitest'
import { analyze } from '../../shared/analysis.ts'
import { recordedBuild } from '../../shared/builds/build-record.ts'
import { startBuild, reduceBuild } from '../../shared/builds/build-state.ts'
import { explainFailure } from '../../electron/host/engine/failure.ts'
import { baseImage, ensureBaseImage } from './base-image.ts'
import { buildAll, engineUnderTest, folderOf, requestFor } from './building.ts'

const engine = engineUnderTest()
beforeAll(ensureBaseImage)
afterAll(() => engine.close())

async function failureOf(text: string): Promise<string> {
  const { last } = await buildAll(engine, requestFor(text, { contextDirectory: folderOf({ 'below/other': '' }) }))
  return last.kind === 'failed' ? last.message : last.kind
}

test('what COPY does not find is said to be missing where it was looked for, never a base image', async () => {
  const inContext = (path: string) => `“${path}” was not found in the build context (line 2).`
  for (const [source, missing] of [
    ['missing.txt', 'missing.txt'],
    ['missing.txt below/other', 'missing.txt'],
    ['below/other below/missing', 'below/missing'],
  ] as const)
    expect(await failureOf(`FROM scratch\nCOPY ${source} /x/\n`)).toContain(inContext(missing))
  expect(await failureOf(`FROM ${baseImage} AS a\nFROM scratch\nCOPY --from=a /nope /x\n`)).toContain(
    '“/nope” was not found in what it is copied from (line 3).',
  )
})

test('both wordings of engines, old and new, are understood; an image that is not found is still one', () => {
  const messageFor = (error: string, name = '[1/1] COPY a /') =>
    explainFailure({ error: new Error(error), vertex: { vertex: 'v', name, error }, vertices: [], endpoint: 'e' })
      .message
  for (const words of [
    '"/a b/c.txt" not found: not found',
    '"/a b/c.txt": not found',
    'failed to compute cache key: "/a b/c.txt" not found: not found',
    'failed to compute cache key: failed to calculate checksum of ref x::y: "/a b/c.txt": not found',
  ])
    expect(messageFor(words)).toContain('“a b/c.txt” was not found in the build context')
  expect(messageFor('docker.io/library/nope:1: not found', '[internal] load metadata')).toContain(
    'The base image could not be pulled',
  )
})

test('how long a failed build took is one figure in the window and in the history', async () => {
  const request = requestFor(`FROM ${baseImage}\nRUN sleep 0.3; exit 3 # ${String(Math.random())}\n`)
  const { events, last } = await buildAll(engine, request)
  const recorder = recordedBuild(request)
  for (const event of events) recorder.take(event)
  const begun = startBuild(request, analyze(request.text), 0)
  const { milliseconds } = events.reduce((state, event) => reduceBuild(state, event, 99_000), begun)
  expect(last).toMatchObject({ kind: 'failed', milliseconds })
  expect(milliseconds).toBeGreaterThan(300)
  expect(recorder.finish().milliseconds).toBe(milliseconds)
})
