import { lstatSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { extractFiles } from '../../electron/host/extract/extract.ts'
import type { ExtractionEvent } from '../../shared/files/extraction.ts'
import { slipway } from '../cli/command-line.ts'
import { temporaryFolder } from '../host/temporary-folder.ts'
import { baseImage, ensureBaseImage } from './base-image.ts'
import { buildAll, engineUnderTest, requestFor } from './building.ts'
import { withBuildKit } from './with-buildkit.ts'

const engine = engineUnderTest()
beforeAll(ensureBaseImage)
afterAll(() => engine.close())

async function extract(text: string, paths: readonly string[], folder: string, signal = new AbortController().signal) {
  const { build } = await buildAll(engine, requestFor(text))
  const events: ExtractionEvent[] = []
  const request = { build, stage: 0, paths: [...paths], folder, replace: false }
  for await (const event of extractFiles(engine, request, signal)) events.push(event)
  return events
}

withBuildKit(
  'files and folders of a stage are written with contents, modes, times and links that stay inside',
  async () => {
    const folder = temporaryFolder()
    const text = [
      `FROM ${baseImage}`,
      'RUN mkdir -p /d/e && echo one > /d/one && chmod 4751 /d/one && touch -d "2001-02-03 04:05:06" /d/one',
      'RUN ln /d/one /d/hard && ln -s e /d/in && ln -s /etc/passwd /d/out && mkfifo /d/pipe && touch /d/empty',
      'RUN head -c 3000000 /dev/urandom > /d/e/large && printf x > "$(printf \'/d/e/odd\\033name\')" && chmod 555 /d/e',
      'RUN truncate -s 300000000 /d/sparse',
    ].join('\n')
    const last = (await extract(text, ['d', 'bin/busybox'], folder)).at(-1)
    expect(readdirSync(folder).sort()).toEqual(['busybox', 'd'])
    expect(readdirSync(join(folder, 'd')).sort()).toEqual(['e', 'empty', 'hard', 'in', 'one', 'sparse'])
    expect(readFileSync(join(folder, 'd/hard'), 'utf8')).toBe('one\n')
    expect(statSync(join(folder, 'd/one'))).toMatchObject({ mode: 0o100751, mtimeMs: Date.UTC(2001, 1, 3, 4, 5, 6) })
    expect(readlinkSync(join(folder, 'd/in'))).toBe('e')
    expect(readdirSync(join(folder, 'd/e')).sort()).toEqual(['large', 'odd\\x1bname'])
    expect(statSync(join(folder, 'd/e/large')).size).toBe(3_000_000)
    expect(readFileSync(join(folder, 'busybox')).equals(readFileSync('/bin/busybox'))).toBe(true)
    const sparse = lstatSync(join(folder, 'd/sparse'))
    expect([sparse.size, sparse.blocks < 1000]).toEqual([300_000_000, true])
    expect(last).toMatchObject({
      kind: 'extracted',
      names: ['busybox', 'd'],
      leftCount: 2,
    })
  },
)

withBuildKit('root gives files, folders and links the owners that they have', async context => {
  if (process.getuid?.() !== 0) return context.skip('Only root may do so.')
  const folder = temporaryFolder()
  const text = `FROM ${baseImage}\nRUN mkdir /d && echo x > /d/f && ln -s f /d/l && chown -hR 70000:8 /d && chmod 750 /d\n`
  await extract(text, ['d'], folder)
  for (const name of ['d', 'd/f', 'd/l']) expect(lstatSync(join(folder, name))).toMatchObject({ uid: 70_000, gid: 8 })
  expect(statSync(join(folder, 'd')).mode).toBe(0o40750)
})

withBuildKit('a cancelled extraction stops soon and leaves nothing', async () => {
  const folder = temporaryFolder()
  const stop = new AbortController()
  const { build } = await buildAll(
    engine,
    requestFor(`FROM ${baseImage}\nRUN mkdir /d && head -c 200000000 /dev/urandom > /d/large`),
  )
  const running = (async () => {
    const request = { build, stage: 0, paths: ['d'], folder, replace: false }
    for await (const event of extractFiles(engine, request, stop.signal)) if (event.kind === 'progress') stop.abort()
  })()
  await expect(running).rejects.toThrow()
  expect(stop.signal.aborted).toBe(true)
  expect(readdirSync(folder)).toEqual([])
})

withBuildKit('the command line extracts, and refuses to replace unless told to', async () => {
  const Dockerfile = `FROM ${baseImage}\nRUN echo made > /made\n`
  const folder = temporaryFolder()
  const run = (...words: readonly string[]) =>
    slipway(
      ['tree', 'Dockerfile', '--extract', '/made', '--to', folder, ...words],
      { Dockerfile },
      { createEngine: () => engineUnderTest() },
    )
  const first = await run()
  expect([first.status, first.stdout]).toEqual([0, ''])
  expect(first.stderr).toContain(`Extracted made to ${folder}: 1 file, 5 bytes.`)
  const again = await run()
  expect([again.status, again.stderr.trim().split('\n').at(-1)]).toEqual([
    1,
    `made already in ${folder}: give --replace to replace it.`,
  ])
  expect((await run('--replace')).status).toBe(0)
  expect(readFileSync(join(folder, 'made'), 'utf8')).toBe('made\n')
})
