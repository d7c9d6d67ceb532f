import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FileTree, rootId } from '../../shared/files/file-tree.ts'
import { mainFile, mapNodes, type MapNode } from '../../shared/files/map-nodes.ts'
import { entry } from './naive-tree.ts'

const name = fc.constantFrom('a', 'b', 'c', 'd')
const files = fc
  .dictionary(
    fc.array(name, { minLength: 1, maxLength: 6 }).map(names => [...names, 'f'].join('/')),
    fc.nat(1000),
  )
  .map(sizes => {
    const tree = new FileTree()
    tree.add(Object.entries(sizes).map(([path, size]) => entry(path, 'file', size)))
    return tree
  })
const tiles = (node: MapNode): readonly MapNode[] =>
  node.children.length === 0 ? [node] : node.children.flatMap(tiles)

test('a map leaves out no byte, and draws nothing smaller than its share but the rest of a folder', () => {
  fc.assert(
    fc.property(files, fc.double({ min: 0.001, max: 0.5, noNaN: true }), (tree, share) => {
      const drawn = tiles(mapNodes(tree, rootId, share))
      expect(drawn.reduce((sum, { size }) => sum + size, 0)).toBe(tree.size(rootId))
      for (const { id, size } of drawn)
        if (id !== null && id !== rootId) expect(size).toBeGreaterThanOrEqual(tree.size(rootId) * share)
    }),
  )
})

test('a folder that is one tile is what its largest file is', () => {
  const tree = new FileTree()
  tree.add([entry('a/b/small', 'file', 1), entry('a/b/large', 'file', 9), entry('a/c', 'file', 5)])
  expect(tree.name(mainFile(tree, rootId))).toBe('large')
})
