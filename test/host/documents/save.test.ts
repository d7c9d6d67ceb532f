import fc from 'fast-check'
import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readDocument } from '../../../electron/host/documents/open.ts'
import { saveDocument } from '../../../electron/host/documents/save.ts'
import { fingerprintOf } from '../../../electron/host/documents/text.ts'
import { refusal } from '../refusal.ts'
import { asOrdinaryUser, temporaryFolder } from '../temporary-folder.ts'

function dockerfile(content: string | Uint8Array): { folder: string; path: string } {
  const folder = temporaryFolder()
  const path = join(folder, 'Dockerfile')
  writeFileSync(path, content)
  return { folder, path }
}

test('opening and saving any UTF-8 gives the same bytes', async () => {
  const { path } = dockerfile('')
  const awkward = fc.constantFrom(
    '\uFEFF',
    '\r\n',
    '\r',
    '\n',
    '\u0000',
    '\\',
    '`',
    '\t',
    'FROM a',
    '🚀',
    '\u2028',
    '\u0085',
  )
  const character = fc.oneof(awkward, fc.string({ unit: 'binary', maxLength: 8 }))
  await fc.assert(
    fc.asyncProperty(fc.array(character, { maxLength: 40 }), async parts => {
      const bytes = Buffer.from(parts.join(''), 'utf8')
      writeFileSync(path, bytes)
      const { text, fingerprint } = await readDocument(path)
      expect(await saveDocument(path, text, fingerprint)).toBe(fingerprint)
      expect(readFileSync(path).equals(bytes)).toBe(true)
    }),
    { numRuns: 60 },
  )
})

test('any other bytes are refused, never repaired', async () => {
  const { path } = dockerfile('')
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 30 }), fc.constantFrom(0xff, 0xc0, 0xf8), async (bytes, never) => {
      writeFileSync(path, Buffer.concat([bytes, Buffer.from([never]), bytes]))
      expect((await refusal(readDocument(path))).code).toBe('not-text')
    }),
    { numRuns: 60 },
  )
})

test('mode and owner stay as they were', async () => {
  const { path } = dockerfile('FROM a\n')
  const owner = process.geteuid?.() === 0 ? 1234 : (process.geteuid?.() ?? 0)
  chownSync(path, owner, owner)
  chmodSync(path, 0o754)
  await saveDocument(path, 'FROM b\n', null)
  const status = statSync(path)
  expect([status.mode & 0o7777, status.uid, status.gid]).toEqual([0o754, owner, owner])
  expect(readFileSync(path, 'utf8')).toBe('FROM b\n')
})

test('saving replaces the file, so that a program that has it open keeps reading the old text', async () => {
  const { path } = dockerfile('FROM a\n')
  const before = statSync(path).ino
  await saveDocument(path, 'FROM b\n', null)
  expect(statSync(path).ino).not.toBe(before)
})

test('a symbolic link stays one, also where it leads to a file that is not there yet', async () => {
  const { folder, path } = dockerfile('FROM a\n')
  const other = temporaryFolder()
  symlinkSync(path, join(other, 'link'))
  symlinkSync('link', join(other, 'second'))
  await saveDocument(join(other, 'second'), 'FROM b\n', null)
  expect(lstatSync(join(other, 'second')).isSymbolicLink()).toBe(true)
  expect(readlinkSync(join(other, 'link'))).toBe(path)
  expect(readFileSync(path, 'utf8')).toBe('FROM b\n')
  symlinkSync(join(folder, 'new'), join(other, 'dangling'))
  await saveDocument(join(other, 'dangling'), 'FROM c\n', null)
  expect(lstatSync(join(other, 'dangling')).isSymbolicLink()).toBe(true)
  expect(readFileSync(join(folder, 'new'), 'utf8')).toBe('FROM c\n')
})

test('a new file is made with the mode of the umask', async () => {
  const path = join(temporaryFolder(), 'Dockerfile')
  const umask = process.umask(0o027)
  try {
    await saveDocument(path, 'FROM a\n', null)
  } finally {
    process.umask(umask)
  }
  expect(statSync(path).mode & 0o777).toBe(0o640)
})

test('what another program wrote or deleted is not overwritten unasked', async () => {
  const { folder, path } = dockerfile('FROM a\n')
  const { fingerprint } = await readDocument(path)
  writeFileSync(path, 'FROM theirs\n')
  expect((await refusal(saveDocument(path, 'FROM mine\n', fingerprint))).code).toBe('changed-on-disk')
  expect(readFileSync(path, 'utf8')).toBe('FROM theirs\n')
  unlinkSync(path)
  expect((await refusal(saveDocument(path, 'FROM mine\n', fingerprint))).code).toBe('changed-on-disk')
  expect(readdirSync(folder)).toEqual([])
  expect(await saveDocument(path, 'FROM mine\n', null)).toBe(fingerprintOf(Buffer.from('FROM mine\n')))
})

test('of two saves at once on the same text, one is told of the other', async () => {
  const { folder, path } = dockerfile('FROM a\n')
  const { fingerprint } = await readDocument(path)
  const texts = ['FROM b\n', 'FROM c\n']
  const outcomes = await Promise.allSettled(texts.map(text => saveDocument(path, text, fingerprint)))
  // Which one is first is the file system's business.
  const saved = texts.filter((_, index) => outcomes[index]?.status === 'fulfilled')
  const refused = outcomes.flatMap(outcome => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []))
  expect(refused).toEqual([expect.objectContaining({ code: 'changed-on-disk' })])
  expect([readFileSync(path, 'utf8')]).toEqual(saved)
  expect(readdirSync(folder)).toEqual(['Dockerfile'])
})

test('a read-only file is refused and left alone', async () => {
  const { folder, path } = dockerfile('FROM a\n')
  chmodSync(path, 0o444)
  const error = await asOrdinaryUser(() => refusal(saveDocument(path, 'FROM b\n', null)))
  expect([error.code, error.message]).toEqual(['no-permission', expect.stringContaining('read-only')])
  expect([readFileSync(path, 'utf8'), readdirSync(folder)]).toEqual(['FROM a\n', ['Dockerfile']])
})

test('a folder that may not be written is refused by name, and nothing is left behind', async () => {
  const { folder, path } = dockerfile('FROM a\n')
  chmodSync(path, 0o666)
  chmodSync(folder, 0o555)
  const error = await asOrdinaryUser(() => refusal(saveDocument(path, 'FROM b\n', null)))
  expect([error.code, error.message]).toEqual(['no-permission', expect.stringContaining(`The folder ${folder}`)])
  expect([readFileSync(path, 'utf8'), readdirSync(folder)]).toEqual(['FROM a\n', ['Dockerfile']])
})

test('a folder, a missing folder, a device and half a character are refused in words', async () => {
  const { folder, path } = dockerfile('FROM a\n')
  mkdirSync(join(folder, 'sub'))
  expect((await refusal(saveDocument(join(folder, 'sub'), 'x', null))).code).toBe('is-directory')
  const missing = await refusal(saveDocument(join(folder, 'none', 'Dockerfile'), 'x', null))
  expect([missing.code, missing.message]).toEqual(['not-found', expect.stringContaining(join(folder, 'none'))])
  expect((await refusal(saveDocument('/dev/null', 'x', null))).message).toContain('device')
  const half = await refusal(saveDocument(path, 'FROM a\nRUN \ud83d\n', null))
  expect([half.code, half.message]).toEqual(['not-text', expect.stringContaining('Line 2')])
  expect(readFileSync(path, 'utf8')).toBe('FROM a\n')
})
