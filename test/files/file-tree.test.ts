import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FileTree, rootId } from '../../shared/files/file-tree.ts'
import { FileOrder, findFiles, visibleFiles, type FileSort } from '../../shared/files/tree-view.ts'
import type { FileEntry } from '../../shared/files/file-listing.ts'
import { entry, listings, naiveTree, type NaiveNode } from './naive-tree.ts'

const treeOf = (...batches: (readonly FileEntry[])[]) => {
  const tree = new FileTree()
  for (const batch of batches) tree.add(batch)
  return tree
}
const ids = (tree: FileTree) => Array.from({ length: tree.count }, (_, index) => index + 1)
const everyFolder = (tree: FileTree) => new Set(ids(tree).filter(id => tree.isFolder(id)))
const shown = (tree: FileTree, sort: FileSort, open: ReadonlySet<number>, query = '') =>
  [...visibleFiles(tree, new FileOrder(tree), { sort, open, matches: findFiles(tree, query) })].map(id => tree.path(id))

const byName = (a: NaiveNode, b: NaiveNode) =>
  Number(b.folder) - Number(a.folder) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
const bySize = (a: NaiveNode, b: NaiveNode) => b.size - a.size || byName(a, b)
const flatten = (nodes: readonly NaiveNode[], sort: FileSort): string[] =>
  nodes.toSorted(sort === 'name' ? byName : bySize).flatMap(node => [node.path, ...flatten(node.children, sort)])

test('totals of every folder are those of what lies below it, however the listing is cut into batches', () => {
  fc.assert(
    fc.property(listings, fc.nat(40), (listing, cut) => {
      const tree = treeOf(listing.slice(0, cut), listing.slice(cut))
      const expected = new Map<string, NaiveNode>()
      const collect = (nodes: readonly NaiveNode[]) => {
        for (const node of nodes) {
          expected.set(node.path, node)
          collect(node.children)
        }
      }
      collect(naiveTree(listing))
      expect(tree.count).toBe(listing.length)
      for (const id of ids(tree)) {
        const { size, files, children } = tree.row(id)
        const node = expected.get(tree.path(id))
        expect({ size, files, children }).toEqual({
          size: node?.size,
          files: node?.files,
          children: node?.children.length,
        })
      }
      const root = tree.row(rootId)
      expect(root.size).toBe(listing.reduce((sum, { size }) => sum + size, 0))
      expect(root.files).toBe(listing.filter(({ kind }) => kind !== 'directory').length)
    }),
  )
})

test('an opened tree shows every entry once, in order', () => {
  fc.assert(
    fc.property(listings, fc.constantFrom<FileSort>('name', 'size'), (listing, sort) => {
      const tree = treeOf(listing)
      expect(shown(tree, sort, everyFolder(tree))).toEqual(flatten(naiveTree(listing), sort))
    }),
  )
})

test('a closed folder hides what is in it and nothing else', () => {
  const tree = treeOf([entry('a', 'directory'), entry('a/x'), entry('b', 'directory'), entry('b/y'), entry('c')])
  const [a] = ids(tree)
  expect(shown(tree, 'name', new Set())).toEqual(['a', 'b', 'c'])
  expect(shown(tree, 'name', new Set(a === undefined ? [] : [a]))).toEqual(['a', 'a/x', 'b', 'c'])
})

test('a search keeps what matches in any case and the folders on the way', () => {
  fc.assert(
    fc.property(
      listings,
      fc.constantFrom('B', 'u', '.TXT', '__proto__', '/b', 'a/', 'usr/b', 'nowhere'),
      (listing, query) => {
        const tree = treeOf(listing)
        const wanted = query.toLowerCase()
        const matches = listing
          .map(({ path }) => path)
          .filter(path => {
            const place = wanted.includes('/') ? `/${path}` : path.slice(path.lastIndexOf('/') + 1)
            return place.toLowerCase().includes(wanted)
          })
        const kept = flatten(naiveTree(listing), 'name').filter(
          path => matches.includes(path) || matches.some(match => match.startsWith(`${path}/`)),
        )
        expect(findFiles(tree, query)?.count).toBe(matches.length)
        expect(shown(tree, 'name', new Set(), query)).toEqual(kept)
      },
    ),
  )
})

test('a matching folder with no match in it opens to all it holds', () => {
  const tree = treeOf([entry('lib', 'directory'), entry('lib/x.so'), entry('etc', 'directory'), entry('etc/hosts')])
  const [lib = -1] = ids(tree)
  expect(shown(tree, 'name', new Set(), 'lib')).toEqual(['lib'])
  expect(shown(tree, 'name', new Set([lib]), 'lib')).toEqual(['lib', 'lib/x.so'])
})

test('folders that were never listed appear, and take their attributes when they come', () => {
  const tree = treeOf([entry('/opt//app/run.sh', 'file', 10)], [{ ...entry('opt', 'directory'), mode: 0o700 }])
  expect(shown(tree, 'name', everyFolder(tree))).toEqual(['opt', 'opt/app', 'opt/app/run.sh'])
  expect(tree.row(1)).toMatchObject({ name: 'opt', mode: 0o700, size: 10, files: 1, depth: 0 })
  expect(tree.count).toBe(3)
})

test('of two hundred thousand entries every one is shown, and every file of a name is found', () => {
  const listing: FileEntry[] = []
  for (let folder = 0; folder < 2_000; folder++) {
    const path = `usr${folder % 20}/lib${folder}`
    if (folder < 20) listing.push(entry(`usr${folder}`, 'directory'))
    listing.push(entry(path, 'directory'))
    for (let file = 0; file < 99; file++) listing.push(entry(`${path}/module-${file}.js`, 'file', file))
  }
  const tree = treeOf(...Array.from({ length: 200 }, (_, batch) => listing.slice(batch * 1_001, (batch + 1) * 1_001)))
  expect(shown(tree, 'name', everyFolder(tree))).toHaveLength(200_020)
  expect(findFiles(tree, 'module-42.js')?.count).toBe(2_000)
})
