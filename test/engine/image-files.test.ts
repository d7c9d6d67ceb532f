import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ByteSource } from '../../electron/host/engine/images/byte-source.ts'
import { readTar, type TarEntry } from '../../electron/host/engine/images/tar-reader.ts'
import { extractFiles } from '../../electron/host/extract/extract.ts'
import { buildOfImage, type FileEntry, type ImageLayer } from '../../shared/files/file-listing.ts'
import { baseImage, callEngine, ensureBaseImage } from './base-image.ts'
import { buildAll, engineUnderTest, folderOf, requestFor } from './building.ts'

const engine = engineUnderTest()
const never = new AbortController().signal
const image = 'slipway-test/layers:1'
const build = buildOfImage(image)
beforeAll(ensureBaseImage)
afterAll(() => engine.close())

async function list(stage: number, of = build) {
  const entries: FileEntry[] = []
  let layers: readonly ImageLayer[] = []
  for await (const batch of engine.listFiles({ build: of, stage }, never)) {
    entries.push(...batch.entries)
    layers = batch.layers ?? layers
  }
  return { layers, files: new Map(entries.map(entry => [entry.path, entry])) }
}

const read = async (path: string, offset = 0, stage = 0) => {
  const content = await engine.readFile({ build, stage }, path, offset, 100, never)
  return Buffer.from(content.base64, 'base64').toString('utf8')
}

/** What the engine itself makes of an image: the files of a container that was never started. */
async function exported(): Promise<Map<string, TarEntry>> {
  const body = Buffer.from(JSON.stringify({ Image: image, Cmd: ['/'] }))
  const made = await callEngine('POST', '/containers/create', body, 'application/json')
  const { Id } = JSON.parse(made.body.toString('utf8')) as { readonly Id: string }
  try {
    const archive = await callEngine('GET', `/containers/${Id}/export`)
    const entries = new Map<string, TarEntry>()
    const chunks = (async function* () {
      yield await Promise.resolve(archive.body)
    })()
    await readTar(new ByteSource(chunks), entry => {
      entries.set(entry.path, entry)
      return true
    })
    return entries
  } finally {
    await callEngine('DELETE', `/containers/${Id}?force=1`)
  }
}

/** As many as CI has time for; SLIPWAY_IMAGE_FILES asks for more. */
const count = Number(process.env['SLIPWAY_IMAGE_FILES'] ?? 50_000)

test('the layers of an image, laid over each other, are what the engine makes of them', async () => {
  const long = 'n'.repeat(120)
  const text = [
    `FROM ${baseImage}`,
    `RUN mkdir -p /d/e && echo one > /d/a && echo two > /d/e/b && chmod 4711 /d/a && chown 70000:8 /d/a && touch /d/${long}`,
    'RUN rm /d/a && rm -r /d/e && mkdir /d/e && echo three > /d/e/c && ln -s /d/e/c /d/link && ln /d/e/c /d/hard',
    'RUN rm -r /d/e && echo four > /d/e && mkfifo /d/pipe && touch "/d/$(printf \'caf\\351\')"',
    'RUN true',
  ].join('\n')
  const told = await buildAll(engine, requestFor(text, { tags: [image] }))
  expect(told.last.kind).toBe('succeeded')

  const { files, layers } = await list(0)
  const own = new Set(['dev', 'etc', 'proc', 'sys', '.dockerenv', 'run'])
  const shape = ({ kind, mode, uid, gid, size, link }: FileEntry | TarEntry) => ({ kind, mode, uid, gid, size, link })
  const compared = (entries: ReadonlyMap<string, FileEntry | TarEntry>) =>
    Object.fromEntries(
      [...entries]
        .filter(([path]) => path !== '' && !own.has(path.split('/')[0] ?? ''))
        .map(([path, entry]) => [path, shape(entry)]),
    )
  const oracle = compared(await exported())
  expect(Object.keys(oracle).length).toBeGreaterThan(200)
  expect(compared(files)).toEqual(oracle)
  expect(files.has('d/e/c')).toBe(false)

  expect(layers.length).toBeGreaterThanOrEqual(4)
  expect(layers[1]?.command).toContain('mkdir -p /d/e')
  expect(layers[1]?.removed).toBe(0)
  expect(layers[2]?.removed).toBeGreaterThan(0)
  const fourth = [...(await list(4)).files.keys()]
  expect(fourth).toContain('d/pipe')
  expect(fourth).not.toContain('bin/busybox')
})

test('files of an image are extracted from the layers that have them, a linked one under both names', async () => {
  const folder = folderOf({})
  const extracted = async (stage: number, paths: string[]) => {
    const request = { build, stage, paths, folder, replace: true }
    for await (const event of extractFiles(engine, request, never)) if (event.kind === 'extracted') return event
    return null
  }
  expect(await extracted(0, ['d', 'bin/busybox'])).toMatchObject({
    names: expect.arrayContaining(['d', 'busybox']) as unknown,
  })
  expect(readFileSync(join(folder, 'd/e'), 'utf8')).toBe('four\n')
  expect(readFileSync(join(folder, 'd/hard'), 'utf8')).toBe('three\n')
  expect(readFileSync(join(folder, 'busybox')).equals(readFileSync('/bin/busybox'))).toBe(true)
  // The layer brings what a later one hides, and a file that is there under two names.
  await extracted(3, ['d'])
  expect(readFileSync(join(folder, 'd/e/c'), 'utf8')).toBe('three\n')
  expect(readFileSync(join(folder, 'd/hard'), 'utf8')).toBe('three\n')
})

test('each file of an image is told with the layer that brought it', async () => {
  const origins = new Map<string, number | undefined>()
  for await (const { entries, from } of engine.listFiles({ build, stage: 0 }, never))
    for (const [at, { path }] of entries.entries()) origins.set(path, from?.[at])
  expect(['bin/busybox', 'd/link', 'd/e'].map(path => origins.get(path))).toEqual([0, 2, 3])
})

test('files of an image are read where the layers have them', async () => {
  expect(await read('d/e')).toBe('four\n')
  expect(await read('d/e', 2)).toBe('ur\n')
  expect(await read('d/hard')).toBe('three\n')
  expect(await read('bin/sh', 1)).toMatch(/^ELF/)
  expect(await read('d/a', 0, 2)).toBe('one\n')
  await expect(read('d')).rejects.toMatchObject({ code: 'is-directory' })
  await expect(read('d/a')).rejects.toMatchObject({ code: 'not-found' })
  await expect(list(0, buildOfImage('slipway-test/never:0'))).rejects.toMatchObject({
    code: 'not-found',
    message: /holds no image “slipway-test\/never:0”/,
  })
})

test('the files of an image of many come whole and in batches', async () => {
  const many = 'slipway-test/many:1'
  const text = `FROM ${baseImage}\nRUN mkdir /m && cd /m && for d in $(seq 1 ${String(count / 1_000)}); do mkdir $d && (cd $d && seq 1 1000 | xargs touch); done\n`
  const told = await buildAll(engine, requestFor(text, { tags: [many] }))
  expect(told.last.kind).toBe('succeeded')
  const before = process.memoryUsage().heapUsed
  let files = 0
  let largest = 0
  for await (const { entries } of engine.listFiles({ build: buildOfImage(many), stage: 0 }, never)) {
    files += entries.filter(({ path, kind }) => kind === 'file' && path.startsWith('m/')).length
    largest = Math.max(largest, entries.length)
  }
  expect(files).toBe(count)
  expect(largest).toBeLessThanOrEqual(2_000)
  console.log(
    `${String(count)} files: ${((process.memoryUsage().heapUsed - before) / 1e6).toFixed(0)} MB more on the heap`,
  )
})
