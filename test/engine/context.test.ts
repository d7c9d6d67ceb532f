import { chmodSync, linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { watchContext } from '../../electron/host/documents/context.ts'
import { analyze, defaultInputs } from '../../shared/analysis.ts'
import { plainOptions } from '../../shared/builds/build-options.ts'
import { contextUses } from '../../shared/files/context-uses.ts'
import { FileTree } from '../../shared/files/file-tree.ts'
import { baseImage, ensureBaseImage } from './base-image.ts'
import { buildAll, engineUnderTest, filesOf, folderOf, requestFor, type Told } from './building.ts'
import { withBuildKit } from './with-buildkit.ts'

const engine = engineUnderTest()
beforeAll(ensureBaseImage)
afterAll(() => engine.close())

async function built(contextDirectory: string, copy = 'COPY . /', more = {}) {
  const told = await buildAll(engine, requestFor(`FROM scratch\n${copy}\n`, { contextDirectory, ...more }))
  expect(told.last).toMatchObject({ kind: 'succeeded' })
  return filesOf(engine, told.build, 0)
}

withBuildKit('.dockerignore leaves out what it says and takes back its exceptions', async () => {
  const contextDirectory = folderOf({
    '.dockerignore': '# a comment\n\n**/*.log\nnode_modules\n!node_modules/mine/*.js\nsecret*\n  !secret.example  \n',
    'app.js': '1',
    'below/app.log': '2',
    'below/app.js': '3',
    'node_modules/other/index.js': '4',
    'node_modules/mine/index.js': '5',
    'node_modules/mine/notes.md': '6',
    secret: '7',
    'secret.example': '8',
  })
  expect([...(await built(contextDirectory)).keys()]).toEqual([
    '.dockerignore',
    'app.js',
    'below',
    'below/app.js',
    'node_modules',
    'node_modules/mine',
    'node_modules/mine/index.js',
    'secret.example',
  ])
})

withBuildKit('an ignore file named after the Dockerfile goes before the general one', async () => {
  const contextDirectory = folderOf({ '.dockerignore': '*', 'Web.dockerignore': 'b', Web: '', a: 'a', b: 'b' })
  const files = await built(contextDirectory, 'COPY a* b* /', { path: join(contextDirectory, 'Web') })
  expect([...files.keys()]).toEqual(['a'])
})

async function walked(place: Parameters<typeof watchContext>[0]): Promise<FileTree> {
  const tree = new FileTree()
  for await (const event of watchContext(place, new AbortController().signal)) {
    if (event.kind === 'entries') tree.add(event.entries)
    if (event.kind === 'complete') break
  }
  return tree
}

withBuildKit(
  'a named context goes by its own .dockerignore alone, and what takes from it is what the panel says',
  async () => {
    const lib = folderOf({
      '.dockerignore': '**/*.log',
      'a.txt': 'a',
      'b.log': 'b',
      'deep/c.txt': 'c',
      'deep/d.log': 'd',
    })
    const contextDirectory = folderOf({ '.dockerignore': 'a.txt', 'Dockerfile.dockerignore': 'deep', 'm.txt': 'm' })
    const place = { path: join(contextDirectory, 'Dockerfile'), contextDirectory, named: lib }
    const text = `FROM ${baseImage} AS one\nFROM scratch\nCOPY m.txt /\nCOPY --from=lib / /lib/\nCOPY --from=one / /two/\n`
    const namedContexts = { lib, one: lib }
    const told = await buildAll(
      engine,
      requestFor(text, { path: place.path, contextDirectory, options: { ...plainOptions, namedContexts } }),
    )
    if (told.last.kind === 'failed') {
      expect(told.last.message).toMatch(/^This engine does not know named contexts\. Update/)
      return
    }
    const files = await filesOf(engine, told.build, 1)
    const tree = await walked(place)
    const uses = contextUses(analyze(text, { ...defaultInputs, namedContexts: ['lib', 'one'] }), tree, 'lib')
    expect(uses.map(({ line, files }) => [line, files])).toEqual([[4, 3]])
    const below = (prefix: string) =>
      [...files.keys()].flatMap(path => (path.startsWith(prefix) ? [path.slice(4)] : []))
    const listed = Array.from({ length: tree.count }, (_, index) => tree.path(index + 1)).sort()
    expect(below('lib/').sort()).toEqual(listed)
    expect(below('two/').sort()).toEqual(listed)
  },
)

withBuildKit('odd names, links, modes and empty folders arrive as they are', async () => {
  const contextDirectory = folderOf({ 'a, b.txt': '1', '[x].txt': '2', 'grüße/日本🚢': '3', run: '#!' })
  mkdirSync(join(contextDirectory, 'empty'))
  symlinkSync('a, b.txt', join(contextDirectory, 'link'))
  symlinkSync('/nowhere', join(contextDirectory, 'dangling'))
  linkSync(join(contextDirectory, 'run'), join(contextDirectory, 'same'))
  chmodSync(join(contextDirectory, 'run'), 0o4711)
  const files = await built(contextDirectory)
  expect([...files.keys()].sort()).toEqual(
    ['[x].txt', 'a, b.txt', 'dangling', 'empty', 'grüße', 'grüße/日本🚢', 'link', 'run', 'same'].sort(),
  )
  expect(files.get('link')).toMatchObject({ kind: 'symlink', link: 'a, b.txt' })
  expect(files.get('dangling')).toMatchObject({ kind: 'symlink', link: '/nowhere' })
  expect(files.get('run')).toMatchObject({ mode: 0o4711, uid: 0, gid: 0 })
  expect(files.get('same')).toMatchObject({ size: files.get('same')?.kind === 'file' ? 2 : 0 })
})

withBuildKit('a file copied through a link comes with what the link leads to', async () => {
  const contextDirectory = folderOf({ 'real/deep/file.txt': 'here' })
  symlinkSync('real/deep', join(contextDirectory, 'short'))
  const files = await built(contextDirectory, 'COPY short/file.txt /f')
  expect(files.get('f')).toMatchObject({ kind: 'file', size: 4 })
})

withBuildKit('only what changed since the last build of a context is sent again', async () => {
  const contextDirectory = folderOf({ small: 'x' })
  for (let index = 0; index < 200; index++)
    writeFileSync(join(contextDirectory, `f${String(index)}`), Buffer.alloc(20_000, index))
  const request = requestFor('FROM scratch\nCOPY . /\n', { contextDirectory })
  const sent = async () => {
    const told = await buildAll(engine, request)
    const moved = told.events.flatMap(event =>
      event.kind === 'progress' && event.id === 'transferring context:' ? [event.current] : [],
    )
    return Math.max(...moved)
  }
  const first = await sent()
  // Two builds are still held, so the engine makes itself a copy for each, and keeps up with all three from then on.
  await sent()
  await sent()
  writeFileSync(join(contextDirectory, 'small'), 'changed')
  const second = await sent()
  console.log(`${String(first)} bytes first, ${String(second)} after one change`)
  expect(first).toBeGreaterThan(4_000_000)
  expect(second).toBeLessThan(100_000)
})

test('a context that is no folder is refused before anything starts', async () => {
  await expect(
    buildAll(engine, requestFor('FROM scratch\nCOPY . /\n', { contextDirectory: '/no/such/folder' })),
  ).rejects.toMatchObject({
    code: 'not-found',
  })
})

test('a file that is not in the context is named in the failure', async () => {
  const told = await buildAll(
    engine,
    requestFor('FROM scratch\nCOPY missing.txt /\n', { contextDirectory: folderOf({ other: '' }) }),
  )
  expect(told.last).toMatchObject({
    kind: 'failed',
    lines: [{ start: 2, end: 2 }],
    message: /missing\.txt.*was not found.*line 2/,
  })
})

withBuildKit('a large context is not sent again while the build before it is held, whose files make way', async () => {
  const engine = engineUnderTest()
  const contextDirectory = folderOf({ large: 'x'.repeat(20_000_000), small: String(Math.random()) })
  const sent = (told: Told) =>
    Math.max(...told.events.map(event => (event.kind === 'progress' && /context/.test(event.id) ? event.current : 0)))
  const first = await buildAll(engine, requestFor('FROM scratch\nCOPY . /\n', { contextDirectory }))
  expect(sent(first)).toBeGreaterThan(20_000_000)
  writeFileSync(join(contextDirectory, 'small'), 'changed')
  const second = await buildAll(engine, requestFor('FROM scratch\nCOPY . /c/\n', { contextDirectory }))
  expect(sent(second)).toBeLessThan(1_000_000)
  expect((await filesOf(engine, second.build, 0)).get('c/small')?.size).toBe(7)
  await expect(filesOf(engine, first.build, 0)).rejects.toMatchObject({
    code: 'gone',
    message: /made way .* above 16 MB/,
  })
  await engine.close()
})
