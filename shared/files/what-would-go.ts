import type { Analysis } from '../analysis.ts'
import type { EdgeId, Stage } from '../graph/stage-graph.ts'
import type { FileId, FileTree } from './file-tree.ts'
import { copiedInto, isSame } from './provenance.ts'

/** What the target as it was built has only through one COPY --from. */
export interface Loss {
  readonly into: Stage
  readonly files: number
  readonly bytes: number
}

/** Which part of what a COPY takes, by the place in the stage it takes it from. */
export type Part = (source: FileId) => boolean

/** Listings do not change: what was worked out of them holds as long as every COPY takes the same. */
const known = new WeakMap<FileTree, Map<string, Loss>>()

/**
 * What would vanish from the target without a COPY --from, or without a part of what it takes: files that came through it
 * as they are, also by way of other stages. What steps made of them cannot be known. Null without listings; `name` tells
 * one part from another.
 */
export function lossWithout(analysis: Analysis, edge: EdgeId, name = '', part: Part = () => true): Loss | null {
  const { graph, surroundings, artifacts } = analysis
  const into = graph.stages.find(({ id }) => id === graph.target)
  const tree = into === undefined ? undefined : surroundings.listed?.trees.get(into.id)
  if (into === undefined || tree === undefined || !artifacts.byEdge.has(edge)) return null
  const takes = Array.from(artifacts.byEdge.values(), each => [
    each.edge.id,
    each.edge.to,
    each.destination,
    ...each.sources.map(({ path }) => path),
  ])
  const key = JSON.stringify([edge, name, takes])
  const losses = known.get(tree) ?? new Map<string, Loss>()
  known.set(tree, losses)
  const loss = losses.get(key) ?? measure(analysis, into, tree, edge, part)
  losses.set(key, loss)
  return loss
}

function measure(analysis: Analysis, into: Stage, tree: FileTree, edge: EdgeId, part: Part): Loss {
  const gone = goneFrom(analysis, into, { edge, part }, new Map())
  let bytes = 0
  for (const id of gone.values()) bytes += tree.size(id)
  return { into, files: gone.size, bytes }
}

/** By path, what a stage would no longer have. */
type Gone = ReadonlyMap<string, FileId>

function goneFrom(
  analysis: Analysis,
  stage: Stage,
  without: { readonly edge: EdgeId; readonly part: Part },
  found: Map<Stage, Gone>,
): Gone {
  const before = found.get(stage)
  if (before !== undefined) return before
  const gone = new Map<string, FileId>()
  // A stage that takes from itself, in a text that BuildKit refuses, must not lead in circles.
  found.set(stage, gone)
  const { stages } = analysis.graph
  const trees = analysis.surroundings.listed?.trees
  const tree = trees?.get(stage.id)
  if (tree === undefined) return gone
  const { baseSource } = stage
  const base = stages.find(({ id }) => baseSource.kind === 'stage' && id === baseSource.stage)
  const below = base === undefined ? undefined : trees?.get(base.id)
  const isBelow = below === undefined ? null : pathsOf(below)
  const goneBelow: Gone = base === undefined ? new Map() : goneFrom(analysis, base, without, found)
  const copied = copiedInto(analysis, stage, tree)
  for (let id = 1; id <= tree.count; id++) {
    if (tree.isFolder(id)) continue
    const path = tree.path(id)
    const copy = copied.get(path)
    const wasBelow = isBelow?.get(path)
    const isGoneBelow = goneBelow.has(path)
    if (copy?.size !== tree.size(id)) {
      if (isGoneBelow && below !== undefined && wasBelow !== undefined && isSame(below.row(wasBelow), tree.row(id)))
        gone.set(path, id)
      continue
    }
    // What lies below in its place comes to light.
    if (wasBelow !== undefined && !isGoneBelow) continue
    const { edge, stage: from } = copy.bringer
    const source = stages.find(each => each.id === from)
    if (edge === without.edge ? without.part(copy.source) : isGoneThere(source, copy.source)) gone.set(path, id)
  }
  return gone

  function isGoneThere(source: Stage | undefined, file: FileId): boolean {
    const sourceTree = source === undefined ? undefined : trees?.get(source.id)
    if (source === undefined || sourceTree === undefined) return false
    return goneFrom(analysis, source, without, found).has(sourceTree.path(file))
  }
}

function pathsOf(tree: FileTree): ReadonlyMap<string, FileId> {
  const paths = new Map<string, FileId>()
  for (let id = 1; id <= tree.count; id++) if (!tree.isFolder(id)) paths.set(tree.path(id), id)
  return paths
}
