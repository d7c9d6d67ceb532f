import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readDocument } from '../../../electron/host/documents/open.ts'
import { refusal } from '../refusal.ts'
import { asOrdinaryUser, temporaryFolder } from '../temporary-folder.ts'

function dockerfile(content: string | Buffer): string {
  const path = join(temporaryFolder(), 'Dockerfile')
  writeFileSync(path, content)
  return path
}

test('the byte order mark, carriage returns, NUL and a missing last newline are all in the text', async () => {
  const text = '\uFEFFFROM a\r\nRUN b\rRUN \u0000\n\r\n# é 🚀'
  expect((await readDocument(dockerfile(text))).text).toBe(text)
})

test('an empty file opens', async () => {
  expect((await readDocument(dockerfile(''))).text).toBe('')
})

test.each([
  ['a stray byte', Buffer.from('FROM a\nRUN b\nRUN \xff\n', 'latin1'), 'byte 18, in line 3'],
  ['a character that is cut off', Buffer.concat([Buffer.from('FROM a\n'), Buffer.from([0xe2, 0x82])]), 'in line 2'],
  ['an overlong character', Buffer.from([0x46, 0xc0, 0x80]), 'byte 2, in line 1'],
  ['a surrogate in UTF-8', Buffer.from([0x0a, 0xed, 0xa0, 0x80]), 'byte 2, in line 2'],
  ['UTF-16', Buffer.from('\uFEFFFROM a\n', 'utf16le'), 'UTF-16'],
])('%s is refused with its place', async (_what, bytes, place) => {
  const error = await refusal(readDocument(dockerfile(bytes)))
  expect(error.code).toBe('not-text')
  expect(error.message).toContain(place)
})

test('a missing file, a folder, a pipe and a relative path are each refused in words', async () => {
  const folder = temporaryFolder()
  const missing = await refusal(readDocument(join(folder, 'none')))
  expect([missing.code, missing.message]).toEqual(['not-found', `There is no file at ${join(folder, 'none')}.`])
  mkdirSync(join(folder, 'sub'))
  expect((await refusal(readDocument(join(folder, 'sub')))).code).toBe('is-directory')
  writeFileSync(join(folder, 'file'), '')
  expect((await refusal(readDocument(join(folder, 'file', 'x')))).code).toBe('not-found')
  execFileSync('mkfifo', [join(folder, 'pipe')])
  expect((await refusal(readDocument(join(folder, 'pipe')))).message).toContain('pipe')
  expect((await refusal(readDocument('Dockerfile'))).code).toBe('invalid-argument')
  expect((await refusal(readDocument('/a\0b'))).code).toBe('invalid-argument')
  symlinkSync('loop', join(folder, 'loop'))
  expect((await refusal(readDocument(join(folder, 'loop')))).message).toContain('leads back to itself')
})

test('16 MiB open, one byte more does not', async () => {
  const path = dockerfile('')
  truncateSync(path, 16 * 1024 * 1024)
  expect((await readDocument(path)).text).toHaveLength(16 * 1024 * 1024)
  truncateSync(path, 16 * 1024 * 1024 + 1)
  expect((await refusal(readDocument(path))).code).toBe('too-large')
})

test('a file that may not be read is refused, one that may not be written says so', async () => {
  const path = dockerfile('FROM a\n')
  chmodSync(path, 0o600)
  expect((await asOrdinaryUser(() => refusal(readDocument(path)))).code).toBe('no-permission')
  chmodSync(path, 0o444)
  expect((await asOrdinaryUser(() => readDocument(path))).writable).toBe(false)
  chmodSync(path, 0o666)
  expect((await asOrdinaryUser(() => readDocument(path))).writable).toBe(true)
})
