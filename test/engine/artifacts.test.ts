import { afterAll, beforeAll, expect } from 'vitest'
import { analyze, type Analysis } from '../../shared/analysis.ts'
import { destinationPaths } from '../../shared/files/copy-match.ts'
import { FileTree } from '../../shared/files/file-tree.ts'
import { baseImage, ensureBaseImage } from './base-image.ts'
import { buildAll, engineUnderTest, filesOf, requestFor } from './building.ts'
import { withBuildKit } from './with-buildkit.ts'

const engine = engineUnderTest()
beforeAll(ensureBaseImage)
afterAll(() => engine.close())

/** The sources and destinations that are tried, each into a folder of its own. */
const copies = [
  '/out/* /d/',
  '/out/*/b /d/',
  '/abslnk /d',
  '/filelnk /d',
  '/filelnk /d/',
  '/out/lnk/y.md /d/',
  '/out /d/',
  '/out/ /d',
  'out /d/deeper/still',
  '/out/z.txt /bin',
  '/out/z.txt /d/new-name',
  '/out/[[]o]dd /d/',
  '["/out/s*", "/d/"]',
  '/out/none* /d/',
  '/out/a/ /out/empty /out/z.txt /d/',
  '/out/*nk /d/',
  '/out/** /d/',
  '/out/hard /d/',
  '/out/./a/../z.txt /d/',
  '/out/[a-m]* /d/',
  '/out/[^a-m]* /d/',
  '/out/?.txt /d/',
  '/*/a/*.md /d/',
  '$where/a . ',
  '/out/a/y.md relative/',
]

const made = `FROM ${baseImage} AS made
RUN mkdir -p /out/a/b /out/.hid && echo 1 > /out/a/b/x.txt && echo 22 > /out/a/y.md && echo 333 > /out/z.txt \\
  && ln -s a /out/lnk && ln -s /out/a /abslnk && ln -s /out/z.txt /filelnk && echo odd > '/out/[o]dd' \\
  && echo sp > '/out/s p' && ln /out/z.txt /out/hard && mkdir /out/empty && echo h > /out/.hid/q
`
const taking = copies.map(
  paths =>
    `FROM ${baseImage}\nRUN mkdir -p /d /w && ln -s /w /d/w\nARG where=/out\nWORKDIR /d/w\nCOPY --from=made ${paths}`,
)
const gathered = copies.map((_, at) => `COPY --from=${at + 1} / /${at}/`)
const text = [made.trimEnd(), ...taking, 'FROM scratch', ...gathered, ''].join('\n')

async function listedAnalysis(): Promise<{ readonly analysis: Analysis; readonly trees: readonly FileTree[] }> {
  const told = await buildAll(engine, requestFor(text))
  expect(told.last).toMatchObject({ kind: 'succeeded' })
  const pinned = analyze(text)
  const trees = await Promise.all(
    pinned.graph.stages.map(async ({ index }) => {
      const tree = new FileTree()
      tree.add([...(await filesOf(engine, told.build, index)).values()])
      return tree
    }),
  )
  const listed = {
    pinned,
    trees: new Map(pinned.graph.stages.map(({ id, index }) => [id, trees[index] ?? new FileTree()])),
  }
  return { analysis: pinned.within({ ...pinned.surroundings, listed }), trees }
}

/** Everything but folders, with sizes; a hard link has that of its file. */
function sizesOf(tree: FileTree): Map<string, number> {
  const sizes = new Map<string, number>()
  for (let id = 1; id <= tree.count; id++) if (!tree.isFolder(id)) sizes.set(tree.path(id), tree.size(id))
  return sizes
}

withBuildKit('what every kind of source carries is what the engine put at its destination', async () => {
  const { analysis, trees } = await listedAnalysis()
  const before = sizesOf(trees[0] ?? new FileTree())
  const taken = [...analysis.artifacts.byEdge.values()].filter(({ from }) => from === analysis.graph.stages[0]?.id)
  expect(taken).toHaveLength(copies.length)
  for (const [at, { destination, files, sources, tree }] of taken.entries()) {
    const into = trees[at + 1] ?? new FileTree()
    const predicted = new Set<string>()
    for (const { match } of sources)
      for (const path of destinationPaths(tree, match, destination ?? '?', into).keys()) predicted.add(path)
    const after = sizesOf(into)
    const brought = [...after.keys()].filter(path => !before.has(path) && path !== 'd/w')
    expect([copies[at], [...predicted].sort()]).toEqual([copies[at], brought.sort()])
    expect([copies[at], files]).toEqual([copies[at], predicted.size])
  }
})

withBuildKit('bytes and files of an edge are those of the folder that it fills', async () => {
  const { analysis, trees } = await listedAnalysis()
  const last = trees.at(-1) ?? new FileTree()
  const weighed = [...analysis.artifacts.byEdge.values()].filter(({ edge }) => edge.sources[0] === '/')
  expect(weighed).toHaveLength(copies.length)
  for (const [at, { files, bytes, isCurrent }] of weighed.entries()) {
    const folder = last.child(0, String(at)) ?? 0
    expect([at, files, bytes, isCurrent]).toEqual([at, last.files(folder), last.size(folder), true])
  }
})
