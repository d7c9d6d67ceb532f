import { chmodSync, linkSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { baseImage, ensureBaseImage } from './base-image.ts'
import { buildAll, engineUnderTest, filesOf, folderOf, requestFor } from './building.ts'
import { withBuildKit } from './with-buildkit.ts'

const engine = engineUnderTest()
const never = new AbortController().signal
beforeAll(ensureBaseImage)
afterAll(() => engine.close())

async function read(build: string, stage: number, path: string, offset = 0, length = 1 << 20): Promise<string> {
  const content = await engine.readFile({ build, stage }, path, offset, length, never)
  return Buffer.from(content.base64, 'base64').toString('utf8')
}

withBuildKit('every stage lists its own files with kind, mode, owner and link', async () => {
  const contextDirectory = folderOf({ 'site/index.html': '<p>hello</p>', tool: '#!/bin/sh\n' })
  chmodSync(join(contextDirectory, 'tool'), 0o4750)
  symlinkSync('index.html', join(contextDirectory, 'site/home'))
  linkSync(join(contextDirectory, 'tool'), join(contextDirectory, 'site/tool2'))
  const text = [
    `FROM ${baseImage} AS made`,
    'RUN mkdir /d && echo made > /d/f && chmod 2755 /d && chown 7:8 /d/f && ln -s f /d/s && mkfifo /d/p && ln /d/f /d/h',
    'FROM scratch AS site',
    'COPY --chown=3:4 site /site',
    'FROM scratch',
    'COPY --from=made /d/f /f',
    'COPY --from=site /site/index.html /i',
    'COPY tool /tool',
  ].join('\n')
  const told = await buildAll(engine, requestFor(text, { contextDirectory }))
  expect(told.last.kind).toBe('succeeded')

  const made = await filesOf(engine, told.build, 0)
  expect(made.get('bin/sh')).toMatchObject({ kind: 'symlink', link: 'busybox' })
  expect(made.get('d')).toMatchObject({ kind: 'directory', mode: 0o2755 })
  expect(made.get('d/f')).toMatchObject({ kind: 'file', uid: 7, gid: 8, size: 5 })
  expect(made.get('d/s')).toMatchObject({ kind: 'symlink', link: 'f' })
  expect(made.get('d/p')).toMatchObject({ kind: 'fifo' })
  expect(made.get('d/h')).toMatchObject({ kind: 'hardlink', link: 'd/f' })
  expect(made.get('tmp')).toMatchObject({ kind: 'directory', mode: 0o1777 })

  const site = await filesOf(engine, told.build, 1)
  expect([...site.keys()].sort()).toEqual(['site', 'site/home', 'site/index.html', 'site/tool2'])
  expect(site.get('site/index.html')).toMatchObject({ kind: 'file', size: 12, uid: 3, gid: 4 })
  expect(site.get('site/home')).toMatchObject({ kind: 'symlink', link: 'index.html' })

  const last = await filesOf(engine, told.build, 2)
  expect([...last.keys()].sort()).toEqual(['f', 'i', 'tool'])
  expect(last.get('tool')).toMatchObject({ kind: 'file', mode: 0o4750, uid: 0, gid: 0 })

  expect(await read(told.build, 0, 'd/f')).toBe('made\n')
  expect(await read(told.build, 1, 'site/index.html', 3, 5)).toBe('hello')
  expect(await read(told.build, 1, 'site/home')).toBe('<p>hello</p>')
  const part = await engine.readFile({ build: told.build, stage: 1 }, 'site/home', 3, 5, never)
  expect(part).toEqual({ base64: Buffer.from('hello').toString('base64'), size: 12 })
  expect(await read(told.build, 0, 'bin/sh', 1, 3)).toBe('ELF')
  await expect(read(told.build, 0, 'd')).rejects.toMatchObject({ code: 'is-directory' })
  await expect(read(told.build, 2, 'nowhere')).rejects.toMatchObject({ code: 'not-found' })
})

withBuildKit('what has changed on disk since does not change what was built', async () => {
  const contextDirectory = folderOf({ 'a/one.txt': 'as built', 'b/two.txt': 'second' })
  const text = 'FROM scratch AS first\nCOPY a /\nFROM scratch\nCOPY --from=first one.txt /copied\nCOPY b /\n'
  const told = await buildAll(engine, requestFor(text, { contextDirectory }))
  writeFileSync(join(contextDirectory, 'a/one.txt'), 'changed since, and longer')
  writeFileSync(join(contextDirectory, 'a/new.txt'), 'new')
  const first = await filesOf(engine, told.build, 0)
  expect([...first.values()].map(({ path, size }) => [path, size])).toEqual([['one.txt', 8]])
  expect(await read(told.build, 0, 'one.txt')).toBe('as built')
  expect([...(await filesOf(engine, told.build, 1)).keys()]).toEqual(['copied', 'two.txt'])
})

withBuildKit('stages without instructions of their own are what they are built on', async () => {
  const text = [
    `FROM ${baseImage} AS plain`,
    'ENV A=1',
    `FROM ${baseImage} AS shared`,
    'FROM plain AS named',
    'CMD ["sh"]',
    'FROM scratch AS nothing',
    'FROM scratch',
    'COPY --from=named /bin/busybox /1',
    'COPY --from=shared /bin/busybox /2',
    'COPY --from=plain /bin/busybox /3',
  ].join('\n')
  const told = await buildAll(engine, requestFor(text))
  expect(told.last.kind).toBe('succeeded')
  for (const stage of [0, 1, 2])
    expect((await filesOf(engine, told.build, stage)).get('bin/busybox')?.kind).toBe('file')
  expect((await filesOf(engine, told.build, 3)).size).toBe(0)
  expect([...(await filesOf(engine, told.build, 4)).keys()]).toEqual(['1', '2', '3'])
})

withBuildKit('a stage by number is built up to there, and later ones were not part of it', async () => {
  const text = `FROM scratch\nCOPY x /x\nFROM ${baseImage}\nRUN false\n`
  const told = await buildAll(engine, requestFor(text, { target: 0, contextDirectory: folderOf({ x: 'x' }) }))
  expect(told.last.kind).toBe('succeeded')
  expect([...(await filesOf(engine, told.build, 0)).keys()]).toEqual(['x'])
  await expect(filesOf(engine, told.build, 1)).rejects.toMatchObject({
    code: 'gone',
    message: /was not part of this build/,
  })
})

withBuildKit('another platform selects the stages that are named after it', async () => {
  const stages = ['amd64', 'arm64'].map(name => `FROM scratch AS for-${name}\nCOPY <<EOF /${name}\nEOF\n`)
  const text = `${stages.join('')}FROM for-$TARGETARCH AS final\n`
  const told = await buildAll(engine, requestFor(text, { platform: 'linux/arm64' }))
  expect(told.last).toMatchObject({ kind: 'succeeded' })
  expect([...(await filesOf(engine, told.build, 2)).keys()]).toEqual(['arm64'])
})

withBuildKit('a build that failed still shows the stages that were finished', async () => {
  const text = `FROM ${baseImage} AS done\nRUN echo fine > /fine\nFROM ${baseImage}\nCOPY --from=done /fine /\nRUN exit 3\n`
  const told = await buildAll(engine, requestFor(text))
  expect(told.last).toMatchObject({ kind: 'failed', exitCode: 3 })
  expect((await filesOf(engine, told.build, 0)).get('fine')?.size).toBe(5)
  await expect(filesOf(engine, told.build, 1)).rejects.toMatchObject({ code: 'gone' })
})

withBuildKit('a build that was let go of is gone; an unknown one is no error to let go of', async () => {
  const told = await buildAll(engine, requestFor('FROM scratch\nWORKDIR /w\n'))
  expect((await filesOf(engine, told.build, 0)).has('w')).toBe(true)
  await engine.release(told.build)
  await engine.release('no such build')
  await expect(filesOf(engine, told.build, 0)).rejects.toMatchObject({ code: 'gone' })
})

withBuildKit('a large stage streams in batches and can be left early', async () => {
  const text = `FROM ${baseImage}\nRUN for i in $(seq 1 60); do mkdir -p /many/$i; (cd /many/$i; seq 1 200 | xargs touch); done\n`
  const told = await buildAll(engine, requestFor(text))
  const began = performance.now()
  const files = await filesOf(engine, told.build, 0)
  console.log(`${String(files.size)} entries in ${(performance.now() - began).toFixed(0)} ms`)
  expect(files.size).toBeGreaterThan(12_000)
  for await (const batch of engine.listFiles({ build: told.build, stage: 0 }, never)) {
    expect(batch.entries.length).toBeLessThanOrEqual(2_000)
    break
  }
  expect((await filesOf(engine, told.build, 0)).size).toBe(files.size)
})

withBuildKit('a stage can be looked at after each of its steps, and before the first', async () => {
  const contextDirectory = folderOf({ kept: 'context' })
  const text = [
    `FROM ${baseImage} AS base`,
    'RUN echo one > /one',
    'FROM base',
    'COPY kept /kept',
    'RUN echo two > /two && \\',
    '    rm /one',
    'ENV A=1',
    'RUN echo more >> /two',
  ].join('\n')
  const told = await buildAll(engine, requestFor(text, { contextDirectory }))
  const after = async (line: number) => {
    const found = await filesOf(engine, told.build, 1, line)
    return ['one', 'kept', 'two'].map(path => found.get(path)?.size ?? null)
  }
  expect(await after(3)).toEqual([4, null, null])
  expect(await after(4)).toEqual([4, 7, null])
  expect(await after(5)).toEqual([null, 7, 4])
  expect(await after(7)).toEqual([null, 7, 4])
  expect(await after(8)).toEqual([null, 7, 9])
  const content = await engine.readFile({ build: told.build, stage: 1, line: 5 }, 'two', 0, 100, never)
  expect(Buffer.from(content.base64, 'base64').toString()).toBe('two\n')
  expect((await filesOf(engine, told.build, 0, 1)).has('one')).toBe(false)
})
