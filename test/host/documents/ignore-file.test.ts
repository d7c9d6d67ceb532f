import { mkdirSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { watchIgnoreFile } from '../../../electron/host/documents/ignore-file.ts'
import { temporaryFolder } from '../temporary-folder.ts'

/** Everything told of the ignore file of `web/Dockerfile` with the folder above as build context. */
function watching(): { readonly folder: string; readonly told: (string | null)[] } {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'web'))
  const told: (string | null)[] = []
  const controller = new AbortController()
  const watched = (async () => {
    const argument = { path: join(folder, 'web/Dockerfile'), contextDirectory: folder }
    for await (const { text } of watchIgnoreFile(argument, controller.signal)) told.push(text)
  })()
  onTestFinished(async () => {
    controller.abort()
    await watched
  })
  return { folder, told }
}

test('none at first, then that of the context, then the Dockerfile’s own, which wins, and back', async () => {
  const { folder, told } = watching()
  const own = join(folder, 'web/Dockerfile.dockerignore')
  await expect.poll(() => told).toEqual([null])
  writeFileSync(join(folder, '.dockerignore'), 'a')
  await expect.poll(() => told.at(-1)).toBe('a')
  writeFileSync(own, 'b')
  await expect.poll(() => told.at(-1)).toBe('b')
  unlinkSync(own)
  await expect.poll(() => told.at(-1)).toBe('a')
})

test('what does not change the file that counts is no news', async () => {
  const { folder, told } = watching()
  writeFileSync(join(folder, 'web/Dockerfile.dockerignore'), 'own')
  await expect.poll(() => told.at(-1)).toBe('own')
  const before = told.length
  writeFileSync(join(folder, '.dockerignore'), 'of the context')
  writeFileSync(join(folder, 'web/Dockerfile.dockerignore'), 'own, changed')
  await expect.poll(() => told.at(-1)).toBe('own, changed')
  expect(told.slice(before)).toEqual(['own, changed'])
})
