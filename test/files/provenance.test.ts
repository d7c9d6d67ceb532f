import { expect, test } from 'vitest'
import { analyze } from '../../shared/analysis.ts'
import { FileTree } from '../../shared/files/file-tree.ts'
import { lowestStage, provenanceOf } from '../../shared/files/provenance.ts'
import { entry } from './naive-tree.ts'

const text = `FROM alpine AS build
RUN make
FROM alpine AS base
RUN prepare
FROM base AS final
COPY --from=build /out/ /app/
COPY --from=build /out/tool /app/tool
RUN change
`

function tree(files: Readonly<Record<string, number>>): FileTree {
  const grown = new FileTree()
  grown.add(Object.entries(files).map(([path, size]) => entry(path, 'file', size)))
  return grown
}

test('every file has one origin: the last COPY of that content, the same file below, or the own steps', () => {
  const pinned = analyze(text)
  const files = [
    tree({ 'out/app': 100, 'out/tool': 20, 'out/config': 5 }),
    tree({ 'etc/os': 7, 'etc/changed': 3 }),
    tree({ 'etc/os': 7, 'etc/changed': 4, 'app/app': 100, 'app/tool': 20, 'app/config': 6, made: 1 }),
  ]
  const trees = new Map(pinned.graph.stages.map(({ id, index }) => [id, files[index] ?? new FileTree()]))
  const analysis = pinned.within({ ...pinned.surroundings, listed: { pinned, trees } })
  const [, base, final] = analysis.graph.stages
  const provenance = final && provenanceOf(analysis, final.id)
  const told = provenance?.origins.map(origin => {
    const edge = analysis.graph.edges.find(({ id }) => id === origin.edge)
    const by = edge?.sources.join(' ') ?? analysis.graph.stages.find(({ id }) => id === origin.stage)?.name
    return [by, origin.files, origin.bytes]
  })
  expect(told).toEqual([
    ['base', 1, 7],
    ['final', 3, 11],
    ['/out/', 1, 100],
    ['/out/tool', 1, 20],
  ])
  const whole = provenance?.origins.reduce((sum, { bytes }) => sum + bytes, 0)
  expect(whole).toBe(files[2]?.size(0))
  const unlisted = pinned.within({ ...pinned.surroundings, listed: { pinned, trees: new Map() } })
  expect(base && provenanceOf(unlisted, base.id)).toBeNull()
})

test('what is as in the image below the stages came with it, what differs is a step', () => {
  const pinned = analyze('FROM alpine AS base\nRUN prepare\nFROM base AS final\nRUN change\n')
  const [base, final] = pinned.graph.stages
  if (base === undefined || final === undefined) throw new Error('Two stages were written.')
  const trees = new Map([
    [base.id, tree({ 'bin/sh': 9, 'etc/a': 2, prepared: 1 })],
    [final.id, tree({ 'bin/sh': 9, 'etc/a': 3, prepared: 1, changed: 4 })],
  ])
  const analysis = pinned.within({ ...pinned.surroundings, listed: { pinned, trees } })
  const image = tree({ 'bin/sh': 9, 'etc/a': 1 })
  const told = provenanceOf(analysis, final.id, image)?.origins.map(each => [each.stage, each.isImage, each.bytes])
  expect(told).toEqual([
    [base.id, true, 9],
    [base.id, false, 1],
    [final.id, false, 7],
  ])
  expect(lowestStage(analysis.graph, final)).toBe(base)
})
