import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { isDockerfileName, listFolder } from '../../electron/host/folders.ts'
import { refusal } from './refusal.ts'
import { temporaryFolder } from './temporary-folder.ts'

test.each(['Dockerfile', 'dockerfile', 'Dockerfile.dev', 'api.Dockerfile', 'web.dockerfile', 'Containerfile'])(
  '%s is taken for a Dockerfile',
  name => {
    expect(isDockerfileName(name)).toBe(true)
  },
)
test.each(['Dockerfile.dockerignore', '.dockerignore', 'Dockerfiles', 'docker-compose.yml', 'dockerfile-maven.xml'])(
  '%s is not',
  name => {
    expect(isDockerfileName(name)).toBe(false)
  },
)

test('folders come first, hidden ones last, and links count as what they lead to', async () => {
  const folder = temporaryFolder()
  for (const name of ['src', '.git', 'app 10', 'app 9']) mkdirSync(join(folder, name))
  for (const name of ['Dockerfile', '.env', 'a.txt']) writeFileSync(join(folder, name), '')
  symlinkSync('src', join(folder, 'link'))
  symlinkSync('nowhere', join(folder, 'broken'))
  const listing = await listFolder(folder)
  expect(listing.entries.map(({ name }) => name)).toEqual([
    ...['app 9', 'app 10', 'link', 'src', 'a.txt', 'Dockerfile', '.git', '.env'],
  ])
  expect(listing.entries.filter(({ dockerfile }) => dockerfile).map(({ name }) => name)).toEqual(['Dockerfile'])
  expect([listing.path, listing.parent]).toEqual([folder, dirname(folder)])
  expect((await listFolder('/')).parent).toBeNull()
})

test('of a folder with thousands of files 2,000 are listed, its Dockerfile among them', async () => {
  const folder = temporaryFolder()
  for (let n = 0; n < 2_100; n++) writeFileSync(join(folder, `a${n}`), '')
  writeFileSync(join(folder, 'z.Dockerfile'), '')
  const { entries } = await listFolder(folder)
  expect(entries).toHaveLength(2_000)
  expect(entries.at(-1)).toEqual({ name: 'z.Dockerfile', kind: 'file', dockerfile: true })
})

test('a folder that is missing or a file is refused in words', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'file'), '')
  expect((await refusal(listFolder(join(folder, 'none')))).message).toContain('There is no folder')
  expect((await refusal(listFolder(join(folder, 'file')))).message).toContain('is a file')
  expect((await refusal(listFolder('relative'))).code).toBe('invalid-argument')
})
