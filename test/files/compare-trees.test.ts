import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareTrees, type TreeComparison } from '../../shared/files/compare-trees.ts'
import type { FileEntry } from '../../shared/files/file-listing.ts'
import { FileTree } from '../../shared/files/file-tree.ts'
import { entry } from './naive-tree.ts'

function treeOf(...entries: readonly FileEntry[]): FileTree {
  const tree = new FileTree()
  tree.add(entries)
  return tree
}
const told = ({ tree, changeOf, difference, words }: TreeComparison) =>
  Array.from({ length: tree.count }, (_, at) => at + 1)
    .filter(id => changeOf(id) !== 'same')
    .map(id => [tree.path(id), changeOf(id), difference(id), words(id)])

test('what was added, removed and changed is told with what differs, folders with what is below them', () => {
  const before = treeOf(
    entry('etc', 'directory'),
    entry('etc/hosts', 'file', 20),
    { ...entry('etc/passwd', 'file', 30), mode: 0o644 },
    entry('etc/time', 'file', 5),
    entry('gone', 'directory'),
    entry('gone/file', 'file', 7),
    entry('turned', 'directory'),
    entry('turned/inside', 'file', 3),
  )
  const after = treeOf(
    entry('etc', 'directory'),
    entry('etc/hosts', 'file', 20),
    { ...entry('etc/passwd', 'file', 35), mode: 0o600, uid: 5 },
    { ...entry('etc/time', 'file', 5), modified: 99 },
    entry('new', 'directory'),
    entry('new/file', 'file', 11),
    { ...entry('turned', 'symlink'), link: 'new' },
  )
  const comparison = compareTrees(before, after)
  const { mode, uid, gid } = before.row(3)
  expect([mode, uid, gid]).toEqual([0o644, 0, 0])
  expect(told(comparison)).toEqual([
    ['etc/passwd', 'changed', 5, '30 → 35 bytes, mode 0644 → 0600, owner 0:0 → 5:0'],
    ['etc/time', 'touched', 0, 'another time, of the same size'],
    ['new', 'added', 11, ''],
    ['new/file', 'added', 11, ''],
    ['turned', 'changed', -3, expect.stringMatching(/^directory → symlink, .*link {2}→ new$/)],
    ['gone', 'removed', -7, ''],
    ['gone/file', 'removed', -7, ''],
  ])
  expect(comparison.counts).toEqual({ same: 1, added: 1, removed: 2, changed: 2, touched: 1 })
  expect(comparison.difference(0)).toBe(6)
})

test('once contents were compared, other bytes are a change, and another time alone is said to be no more', () => {
  const files = ['equal', 'other', 'later'].map(path => entry(path, 'file', 9))
  const later = files.map(file => (file.path === 'later' ? { ...file, modified: 99 } : file))
  expect(told(compareTrees(treeOf(...files), treeOf(...later), new Set(['other'])))).toEqual([
    ['other', 'changed', 0, 'other contents of the same size'],
    ['later', 'touched', 0, 'another time, the same contents'],
  ])
})

const path = fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 3 }).map(names => names.join('/'))
/** Files alone; one that would lie in another is left out. */
const files = fc.dictionary(path, fc.nat(5)).map(sizes => {
  const kept = Object.entries(sizes).filter(([each]) => !Object.keys(sizes).some(other => each.startsWith(`${other}/`)))
  return treeOf(...kept.map(([each, size]) => entry(each, 'file', size)))
})

test('a tree differs from itself in nothing, and the other way round everything is the opposite', () => {
  fc.assert(
    fc.property(files, files, (one, two) => {
      expect(told(compareTrees(one, one))).toEqual([])
      const there = compareTrees(one, two)
      const back = compareTrees(two, one)
      expect(there.difference(0)).toBe(two.size(0) - one.size(0))
      expect(there.difference(0) + back.difference(0)).toBe(0)
      expect(there.counts.same).toBe(back.counts.same)
      // Whatever is in either is told of once.
      const { same, changed, removed, added, touched } = there.counts
      expect(same + changed + touched + added).toBe(two.files(0))
      expect(same + touched + removed).toBeLessThanOrEqual(one.files(0))
    }),
  )
})
