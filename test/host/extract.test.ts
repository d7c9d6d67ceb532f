import fc from 'fast-check'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { extractFiles } from '../../electron/host/extract/extract.ts'
import { isSafeLink, safePath } from '../../electron/host/extract/safe-path.ts'
import type { Engine } from '../../electron/host/engine/engine-interface.ts'
import type { ExtractionEvent, ExtractionRequest } from '../../shared/files/extraction.ts'
import type { FileEntry } from '../../shared/files/file-listing.ts'
import { entry } from '../files/naive-tree.ts'
import { refusal } from './refusal.ts'
import { scriptedEngine } from './scripted-engine.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** An engine that sends what it likes, as a hostile one might; every file says its own path. */
const sending = (entries: readonly FileEntry[], after: () => void = () => undefined): Engine =>
  scriptedEngine({
    async fetchFiles(_, isWanted, sink, signal) {
      const wanted = entries.filter(({ path }) => isWanted(path))
      for (const at of await sink.begin(wanted)) {
        await sink.write(at, Buffer.from(wanted[at]?.path ?? ''))
        after()
        signal.throwIfAborted()
        await sink.end(at)
      }
    },
  })
const link = (path: string, target: string): FileEntry => ({ ...entry(path, 'symlink'), link: target })

async function extract(
  engine: Engine,
  request: Partial<ExtractionRequest> & { readonly folder: string },
  signal = new AbortController().signal,
): Promise<ExtractionEvent | undefined> {
  const events: ExtractionEvent[] = []
  const whole = { build: 'b', stage: 0, paths: ['d'], replace: false, ...request }
  for await (const event of extractFiles(engine, whole, signal)) events.push(event)
  return events.at(-1)
}

test('hostile names and links write nothing outside the chosen folder, and are told of', async () => {
  const outside = temporaryFolder()
  const folder = join(outside, 'chosen')
  mkdirSync(folder)
  const last = await extract(
    sending([
      entry('d', 'directory'),
      entry('d/../escaped', 'file'),
      entry('d/..', 'directory'),
      entry('d/a\u001b[31m\u202e\nb', 'file'),
      link('d/absolute', outside),
      link('d/up', '../..'),
      entry('d/absolute/through', 'file'),
      link('d/fine', 'kept'),
      { ...entry('d/kept', 'file'), mode: 0o4755 },
      entry('d/pipe', 'fifo'),
    ]),
    { folder },
  )
  expect(readdirSync(outside)).toEqual(['chosen'])
  expect(readdirSync(folder)).toEqual(['d'])
  // What was to be written through the link lies in a folder of that name.
  expect(readFileSync(join(folder, 'd/absolute/through'), 'utf8')).toBe('d/absolute/through')
  expect(readdirSync(join(folder, 'd')).sort()).toEqual(['a\\x1b[31m\\u202e\\nb', 'absolute', 'fine', 'kept'])
  expect(readFileSync(join(folder, 'd/fine'), 'utf8')).toBe('d/kept')
  expect(statSync(join(folder, 'd/kept')).mode & 0o7777).toBe(0o755)
  expect(last).toMatchObject({ kind: 'extracted', names: ['d'], leftCount: 5 })
})

test('links that are written never lead out of the folder, however they are chained', () => {
  const name = fc.constantFrom('a', 'b', 'c')
  const path = fc.array(name, { minLength: 1, maxLength: 4 }).map(names => names.join('/'))
  const target = fc.array(fc.constantFrom('..', '..', '.', 'a', 'b', 'c'), { minLength: 1, maxLength: 6 })
  const links = fc.array(
    fc.tuple(
      path,
      target.map(steps => steps.join('/')),
    ),
    { minLength: 1, maxLength: 8 },
  )
  let made = 0
  let led = 0
  fc.assert(
    fc.property(fc.array(path), links, (folders, tried) => {
      const root = realpathSync(temporaryFolder())
      const real = new Set<string>()
      for (const each of folders) mkdirSync(join(root, each), { recursive: true })
      for (const [at] of tried) mkdirSync(dirname(join(root, at)), { recursive: true })
      // Parents exist as folders before any link, as the writer has it.
      for (const [at, to] of tried) {
        if (!isSafeLink(at, to) || existsSync(join(root, at))) continue
        try {
          symlinkSync(to, join(root, at))
        } catch {
          continue
        }
        real.add(join(root, at))
        made += 1
      }
      for (const each of real) {
        if (!existsSync(each)) continue
        led += 1
        const end = realpathSync(each)
        expect(end === root || end.startsWith(`${root}/`), `${each} leads to ${end}`).toBe(true)
      }
    }),
    { numRuns: 150 },
  )
  expect([made > 50, led > 10]).toEqual([true, true])
})

test('what lies there is replaced only when that was asked for, and then as a whole', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'd'))
  writeFileSync(join(folder, 'd/mine'), 'mine')
  const engine = sending([entry('d', 'directory'), entry('d/theirs', 'file')])
  expect(await extract(engine, { folder })).toEqual({ kind: 'taken', names: ['d'] })
  expect(readdirSync(folder)).toEqual(['d'])
  expect(readFileSync(join(folder, 'd/mine'), 'utf8')).toBe('mine')
  expect(await extract(engine, { folder, replace: true })).toMatchObject({ kind: 'extracted' })
  expect([readdirSync(folder), readdirSync(join(folder, 'd'))]).toEqual([['d'], ['theirs']])
})

test('what is cancelled or fails leaves nothing behind', async () => {
  const folder = temporaryFolder()
  const stop = new AbortController()
  const entries = [entry('d', 'directory'), entry('d/one', 'file'), entry('d/two', 'file')]
  await expect(
    extract(
      sending(entries, () => stop.abort()),
      { folder },
      stop.signal,
    ),
  ).rejects.toThrow()
  expect(readdirSync(folder)).toEqual([])
  const fails = sending(entries, () => {
    throw Object.assign(new Error('write'), { code: 'ENOSPC' })
  })
  expect((await refusal(extract(fails, { folder }))).message).toMatch(/^There is no space left in .*Nothing was kept/)
  expect(readdirSync(folder)).toEqual([])
  expect((await refusal(extract(sending(entries), { folder: join(folder, 'no') }))).code).toBe('not-found')
  expect((await refusal(extract(sending(entries), { folder, paths: ['e'] }))).message).toBe(
    'There is no /e in this stage.',
  )
})

test('names that Windows does not take are written with others', () => {
  expect(safePath('a:b/c\\d/e. ', 'win32')).toBe('a_b/c_d/e._')
  expect(safePath('a:b', 'linux')).toBe('a:b')
})
