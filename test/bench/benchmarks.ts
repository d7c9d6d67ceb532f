import { analyze } from '../../shared/analysis.ts'
import { reduceBuild, startBuild } from '../../shared/builds/build-state.ts'
import type { FileEntry } from '../../shared/files/file-listing.ts'
import { FileTree } from '../../shared/files/file-tree.ts'
import { FileOrder, findFiles, visibleFiles } from '../../shared/files/tree-view.ts'
import { layout, type LayoutEdge, type LayoutNode } from '../../shared/graph/layout.ts'
import { printSizes } from './measure.ts'

printSizes(
  'layout, by nodes with up to three sources each',
  null,
  [100, 260, 1_000].map(size => {
    const nodes: LayoutNode[] = Array.from({ length: size }, (_, index) => ({
      key: `n${index}`,
      width: 240,
      height: 60 + ((index * 53) % 120),
    }))
    const edges: LayoutEdge[] = nodes.flatMap((_, index) =>
      index === 0 ? [] : [2, 3, 7].map(step => ({ from: `n${Math.floor((index - 1) / step)}`, to: `n${index}` })),
    )
    return { size, run: () => layout(nodes, edges) }
  }),
)

printSizes(
  'reduceBuild: pieces of output over 1,000 steps, by pieces',
  null,
  [2_000, 20_000].map(size => {
    const request = { path: null, contextDirectory: null, target: null, tags: [], buildArgs: {}, noCache: false }
    const text = 'FROM scratch\n'
    const begun = startBuild({ ...request, text }, analyze(text), 0)
    const run = () => {
      let state = begun
      for (let index = 0; index < size; index++)
        state = reduceBuild(
          state,
          { kind: 'log', vertex: `v${index % 1_000}`, stream: 'stdout', text: `line ${index}\n` },
          0,
        )
    }
    return { size, run }
  }),
)

/** Folders of 99 files each, in batches as the host sends them. */
function listing(entries: number): readonly (readonly FileEntry[])[] {
  return Array.from({ length: entries / 1_000 }, (_, batch) =>
    Array.from({ length: 1_000 }, (_, index) => {
      const folder = `usr/lib${batch * 10 + Math.floor(index / 100)}`
      const common = { mode: 0o644, uid: 0, gid: 0, link: '', modified: 0 }
      return index % 100 === 0
        ? { ...common, path: folder, kind: 'directory' as const, size: 0 }
        : { ...common, path: `${folder}/module-${index % 100}.js`, kind: 'file' as const, size: index }
    }),
  )
}

printSizes(
  'a file tree: taken in, every folder open, searched, by entries',
  null,
  [25_000, 50_000, 200_000].map(size => {
    const batches = listing(size)
    const run = () => {
      const tree = new FileTree()
      for (const batch of batches) tree.add(batch)
      const open = new Set(Array.from({ length: tree.count }, (_, index) => index + 1))
      const matches = findFiles(tree, 'module-42.js')
      return visibleFiles(tree, new FileOrder(tree), { sort: 'name', open, matches })
    }
    return { size, run }
  }),
)
