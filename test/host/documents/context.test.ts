import { linkSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { listContext } from '../../../electron/host/documents/context-listing.ts'
import { watchContext } from '../../../electron/host/documents/context.ts'
import { walkContext } from '../../../electron/host/engine/context-walk.ts'
import type { ContextEvent } from '../../../shared/files/context-listing.ts'
import { FileTree, rootId } from '../../../shared/files/file-tree.ts'
import { IgnorePatterns } from '../../../shared/files/ignore-pattern.ts'
import { temporaryFolder } from '../temporary-folder.ts'

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = temporaryFolder()
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

async function listed(folder: string, patterns: readonly string[]) {
  const tree = new FileTree()
  const leftOut = new Map<string, number>()
  for await (const batch of listContext(folder, new IgnorePatterns(patterns), new AbortController().signal)) {
    tree.add(batch.entries)
    for (const { entry, line } of batch.leftOut) leftOut.set(entry.path, line)
  }
  return { tree, leftOut }
}

const files = {
  'app/main.js': 'main',
  'app/main.js.map': 'a map',
  'app/test/main.js': 't',
  'docs/a.md': 'docs',
  'docs/keep/b.md': 'kept',
  'node_modules/x/index.js': 'x',
  'README.md': 'read',
}
const pattern = fc.constantFrom(
  ...['app', 'docs', '**/*.md', '!docs/keep', '!README.md', '*', '!app/test', '**/main.js', 'node_modules', '!**/*.js'],
)

test('what is listed is what the engine would be sent, with the same bytes', async () => {
  const folder = folderOf(files)
  symlinkSync('app/main.js', join(folder, 'link'))
  linkSync(join(folder, 'README.md'), join(folder, 'docs/same'))
  await fc.assert(
    fc.asyncProperty(fc.array(pattern, { maxLength: 5 }), async exclude => {
      const sent = [...walkContext(folder, { exclude, include: [], follow: [] })]
      const { tree } = await listed(folder, exclude)
      const paths = Array.from({ length: tree.count }, (_, index) => tree.path(index + 1))
      expect(paths.sort()).toEqual(sent.map(({ path }) => path).sort())
      expect(tree.size(rootId)).toBe(sent.reduce((sum, { size }) => sum + Number(size), 0))
    }),
  )
})

test('what is left out is told with the line that does it, and nothing of what is below', async () => {
  const { leftOut } = await listed(folderOf(files), ['# notes', 'node_modules', 'docs', '!docs/keep', '**/*.map'])
  expect(Object.fromEntries(leftOut)).toEqual({ docs: 3, node_modules: 2, 'docs/a.md': 3, 'app/main.js.map': 5 })
})

test('a context that is no folder is said to be none', async () => {
  const path = join(folderOf({ file: '' }), 'file')
  await expect(listed(path, [])).rejects.toThrow(`The build context ${path} is not a folder.`)
})

test('a change anywhere in the context, or of the ignore file, is followed by another walk', async () => {
  const folder = folderOf(files)
  const walks: { readonly paths: string[]; complete: boolean }[] = []
  const take = (event: ContextEvent) => {
    if (event.kind === 'began') walks.push({ paths: [], complete: false })
    const walk = walks.at(-1)
    if (event.kind === 'entries') walk?.paths.push(...event.entries.map(({ path }) => path))
    if (event.kind === 'complete' && walk !== undefined) walk.complete = event.isWatched
  }
  const controller = new AbortController()
  const argument = { path: join(folder, 'Dockerfile'), contextDirectory: folder }
  const done = (async () => {
    for await (const event of watchContext(argument, controller.signal)) take(event)
  })()
  onTestFinished(async () => {
    controller.abort()
    await done
  })
  const last = () => (walks.at(-1)?.complete === true ? walks.at(-1)?.paths : [])
  await expect.poll(last).toContain('app/test/main.js')
  writeFileSync(join(folder, 'app/test/new.js'), '')
  await expect.poll(last, { timeout: 5_000 }).toContain('app/test/new.js')
  writeFileSync(join(folder, '.dockerignore'), 'app')
  await expect.poll(last, { timeout: 5_000 }).toEqual(expect.not.arrayContaining(['app']))
  await expect.poll(last, { timeout: 5_000 }).toContain('docs')
  rmSync(join(folder, 'docs'), { recursive: true })
  await expect.poll(() => last()?.includes('docs'), { timeout: 5_000 }).toBe(false)
})
