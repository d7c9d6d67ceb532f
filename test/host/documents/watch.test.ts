import { mkdirSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readDocument } from '../../../electron/host/documents/open.ts'
import { saveDocument } from '../../../electron/host/documents/save.ts'
import { watchDocument } from '../../../electron/host/documents/watch.ts'
import { temporaryFolder } from '../temporary-folder.ts'

/** Watches until the test is over; `states` are texts, `missing`, or `no text`. `poll` far away: only real news count. */
function watching(path: string, poll = 60_000): string[] {
  const states: string[] = []
  const controller = new AbortController()
  const watched = (async () => {
    for await (const state of watchDocument(path, controller.signal, poll))
      states.push(state.kind === 'missing' ? 'missing' : (state.text ?? 'no text'))
  })()
  onTestFinished(async () => {
    controller.abort()
    await watched
  })
  return states
}

const pause = (milliseconds: number) => new Promise(resolve => setTimeout(resolve, milliseconds))

test('what stands there is told first, then every change, also by an editor that replaces the file', async () => {
  const path = join(temporaryFolder(), 'Dockerfile')
  writeFileSync(path, 'FROM a\n')
  const states = watching(path)
  await expect.poll(() => states).toEqual(['FROM a\n'])
  writeFileSync(path, 'FROM b\n')
  await expect.poll(() => states).toEqual(['FROM a\n', 'FROM b\n'])
  writeFileSync(`${path}.new`, 'FROM c\n')
  renameSync(`${path}.new`, path)
  await expect.poll(() => states.at(-1)).toBe('FROM c\n')
  writeFileSync(`${path}.new`, 'FROM d\n')
  renameSync(`${path}.new`, path)
  await expect.poll(() => states.slice(2)).toEqual(['FROM c\n', 'FROM d\n'])
})

test('a file that goes and comes back, and one that is no longer UTF-8', async () => {
  const path = join(temporaryFolder(), 'Dockerfile')
  const states = watching(path)
  await expect.poll(() => states).toEqual(['missing'])
  writeFileSync(path, 'FROM a\n')
  await expect.poll(() => states.at(-1)).toBe('FROM a\n')
  writeFileSync(path, Buffer.from([0xff]))
  await expect.poll(() => states.at(-1)).toBe('no text')
  unlinkSync(path)
  await expect.poll(() => states.at(-1)).toBe('missing')
})

test('a burst of writes is told as where it ends, and writing the same text is no news', async () => {
  const path = join(temporaryFolder(), 'Dockerfile')
  writeFileSync(path, 'FROM a\n')
  const states = watching(path)
  await expect.poll(() => states).toHaveLength(1)
  for (let n = 0; n <= 50; n++) writeFileSync(path, `FROM a${n}\n`)
  await expect.poll(() => states.at(-1)).toBe('FROM a50\n')
  expect(states.length).toBeLessThan(10)
  const told = states.length
  writeFileSync(path, 'FROM a50\n')
  await pause(200)
  expect(states).toHaveLength(told)
})

test('our own save shows once, under the fingerprint that saving returned', async () => {
  const path = join(temporaryFolder(), 'Dockerfile')
  writeFileSync(path, 'FROM a\n')
  const controller = new AbortController()
  const fingerprints: string[] = []
  const watched = (async () => {
    for await (const state of watchDocument(path, controller.signal))
      fingerprints.push(state.kind === 'present' ? state.fingerprint : 'missing')
  })()
  await expect.poll(() => fingerprints).toHaveLength(1)
  const { fingerprint } = await readDocument(path)
  const saved = await saveDocument(path, 'FROM b\n', fingerprint)
  await pause(200)
  expect(fingerprints).toEqual([fingerprint, saved])
  controller.abort()
  await watched
})

test('the file behind a symbolic link is watched too', async () => {
  const target = join(temporaryFolder(), 'Dockerfile')
  writeFileSync(target, 'FROM a\n')
  const link = join(temporaryFolder(), 'link')
  symlinkSync(target, link)
  const states = watching(link)
  await expect.poll(() => states).toHaveLength(1)
  writeFileSync(target, 'FROM b\n')
  await expect.poll(() => states.at(-1)).toBe('FROM b\n')
})

test('asking now and then finds what the system does not tell: a folder that was not there, one that was replaced', async () => {
  const path = join(temporaryFolder(), 'later', 'Dockerfile')
  const states = watching(path, 30)
  await expect.poll(() => states).toEqual(['missing'])
  mkdirSync(dirname(path))
  writeFileSync(path, 'FROM a\n')
  await expect.poll(() => states.at(-1)).toBe('FROM a\n')
  rmSync(dirname(path), { recursive: true })
  await expect.poll(() => states.at(-1)).toBe('missing')
  mkdirSync(dirname(path))
  writeFileSync(path, 'FROM b\n')
  await expect.poll(() => states.at(-1)).toBe('FROM b\n')
})

test('aborting ends the watch, before it began as well', async () => {
  const path = join(temporaryFolder(), 'Dockerfile')
  const states: unknown[] = []
  for await (const state of watchDocument(path, AbortSignal.abort())) states.push(state)
  expect(states.length).toBeLessThanOrEqual(1)
})
