import { expect, test } from 'vitest'
import { analyze } from '../../shared/analysis.ts'
import { FileTree } from '../../shared/files/file-tree.ts'
import { lossWithout } from '../../shared/files/what-would-go.ts'
import { entry } from './naive-tree.ts'

const text = `FROM alpine AS tools
RUN make
FROM alpine AS bundle
COPY --from=tools /out/ /bundle/
FROM alpine AS base
RUN prepare
FROM base AS final
COPY --from=bundle /bundle/ /app/
COPY --from=tools /out/extra /etc/config
`

function tree(files: Readonly<Record<string, number>>): FileTree {
  const grown = new FileTree()
  grown.add(Object.entries(files).map(([path, size]) => entry(path, 'file', size)))
  return grown
}
const built = [
  tree({ 'out/app': 100, 'out/lib/a': 20, 'out/extra': 5 }),
  tree({ 'bundle/app': 100, 'bundle/lib/a': 20, 'bundle/extra': 5, 'bundle/made': 1 }),
  tree({ 'etc/config': 7 }),
  tree({ 'etc/config': 5, 'app/app': 100, 'app/lib/a': 21, 'app/extra': 5, 'app/made': 1 }),
]
const pinned = analyze(text)
const trees = new Map(pinned.graph.stages.map(({ id, index }) => [id, built[index] ?? new FileTree()]))
const analysis = pinned.within({ ...pinned.surroundings, listed: { pinned, trees } })
const edgeOf = (line: number) => {
  const edge = analysis.graph.edges.find(each => each.line === line)
  if (edge === undefined) throw new Error(`There is no edge on line ${line}.`)
  return edge.id
}
const loss = (line: number, name?: string, part?: (id: number) => boolean) => {
  const found = lossWithout(analysis, edgeOf(line), name, part)
  return found === null ? null : [found.into.name, found.files, found.bytes]
}

test('without a COPY into the target goes what came by it unchanged', () => {
  // What a step changed on the way, `lib/a`, is the step's.
  expect(loss(8)).toEqual(['final', 3, 106])
})

test('without a COPY further up goes what came through it all the way, and not what steps added', () => {
  expect(loss(4)).toEqual(['final', 2, 105])
})

test('what lies below in the place of a file comes to light, so that nothing goes', () => {
  expect(loss(9)).toEqual(['final', 0, 0])
})

test('a narrower COPY loses what it leaves out', () => {
  const [tools] = built
  expect(loss(4, 'app only', id => tools?.name(id) !== 'app')).toEqual(['final', 1, 5])
})

test('nothing is said without listings', () => {
  expect(lossWithout(pinned, edgeOf(8))).toBeNull()
})
