import type { Analysis } from '../analysis.ts'
import type { EdgeId, Stage, StageGraph, StageId } from '../graph/stage-graph.ts'
import { destinationPaths } from './copy-match.ts'
import type { FileId, FileTree } from './file-tree.ts'

/** What brought files into a stage, and how much of what is there it brought. */
export interface Origin {
  /** The COPY --from that brought them; null for what the stage's image and its own steps made. */
  readonly edge: EdgeId | null
  /** The stage that they come from. */
  readonly stage: StageId
  /** Whether they come from the image that the stage begins with, and not from its steps. */
  readonly isImage: boolean
  readonly files: number
  readonly bytes: number
}

export interface Provenance {
  /** Those that brought anything, in the order of the text. */
  readonly origins: readonly Origin[]
  /** Of a file: its place among `origins`; -1 for folders. */
  readonly originOf: (id: FileId) => number
}

/** Who brought a file: an edge, or the steps of a stage. */
type Bringer = Pick<Origin, 'edge' | 'stage' | 'isImage'>

/**
 * Tells for every file of a listed stage what brought it: a COPY --from, as long as its size is that of its source; the
 * stage or image below, as long as nothing about it differs from there; else the stage's own steps. Null without a
 * listing. `image` is what the first stage below begins with, as far as that is known: else it counts as steps of it.
 */
export function provenanceOf(analysis: Analysis, stage: StageId, image: FileTree | null = null): Provenance | null {
  const tree = analysis.surroundings.listed?.trees.get(stage)
  const found = analysis.graph.stages.find(({ id }) => id === stage)
  if (tree === undefined || found === undefined) return null
  const bringers = bringersIn(analysis, found, tree, image)
  const totals = new Map<Bringer, { files: number; bytes: number }>()
  for (let id = 1; id <= tree.count; id++) {
    const bringer = bringers[id]
    if (bringer === undefined) continue
    const total = totals.get(bringer) ?? { files: 0, bytes: 0 }
    totals.set(bringer, { files: total.files + 1, bytes: total.bytes + tree.size(id) })
  }
  const inOrder = [...totals.keys()].sort((a, b) => lineOf(analysis, a) - lineOf(analysis, b))
  const places = new Map(inOrder.map((bringer, at) => [bringer, at]))
  return {
    origins: inOrder.map(bringer => ({ ...bringer, ...(totals.get(bringer) ?? { files: 0, bytes: 0 }) })),
    originOf(id) {
      const bringer = bringers[id]
      return bringer === undefined ? -1 : (places.get(bringer) ?? -1)
    },
  }
}

/** By file; folders have none. */
function bringersIn(
  analysis: Analysis,
  stage: Stage,
  tree: FileTree,
  image: FileTree | null,
): readonly (Bringer | undefined)[] {
  const own: Bringer = { edge: null, stage: stage.id, isImage: false }
  const below = inherited(analysis, stage, image)
  const copied = copiedInto(analysis, stage, tree)
  const bringers: (Bringer | undefined)[] = []
  for (let id = 1; id <= tree.count; id++) {
    if (tree.isFolder(id)) continue
    const path = tree.path(id)
    const copy = copied.get(path)
    bringers[id] = copy?.size === tree.size(id) ? copy.bringer : (below(path, tree, id) ?? own)
  }
  return bringers
}

/** A file as a COPY took it. */
export interface CopiedFile {
  readonly bringer: Bringer
  readonly size: number
  /** Where it was, in the stage it comes from. */
  readonly source: FileId
}

/** By path, without a leading slash. The last COPY to write a path is what brought it. */
export function copiedInto(analysis: Analysis, { id }: Stage, tree: FileTree): ReadonlyMap<string, CopiedFile> {
  const copied = new Map<string, CopiedFile>()
  for (const { edge, from, tree: source, sources, destination } of analysis.artifacts.byEdge.values()) {
    if (edge.to !== id || destination === null) continue
    const bringer: Bringer = { edge: edge.id, stage: from, isImage: false }
    for (const { match } of sources)
      for (const [path, file] of destinationPaths(source, match, destination, tree))
        copied.set(path, { bringer, size: source.size(file), source: file })
  }
  return copied
}

/** The stage at the bottom of those that a stage is built on, itself where that is an image. */
export function lowestStage(graph: StageGraph, stage: Stage): Stage {
  const { baseSource } = stage
  const base = graph.stages.find(({ id }) => baseSource.kind === 'stage' && id === baseSource.stage)
  return base === undefined || base.index >= stage.index ? stage : lowestStage(graph, base)
}

/** What the stage or image below says of a file that is the same there. */
function inherited(analysis: Analysis, stage: Stage, image: FileTree | null) {
  const { baseSource, index } = stage
  if (baseSource.kind === 'image' && image !== null) {
    const bringer: Bringer = { edge: null, stage: stage.id, isImage: true }
    return sameBelow(image, () => bringer)
  }
  const nothing = (): Bringer | undefined => undefined
  if (baseSource.kind !== 'stage') return nothing
  const base = analysis.graph.stages.find(({ id }) => id === baseSource.stage)
  const tree = analysis.surroundings.listed?.trees.get(baseSource.stage)
  if (base === undefined || base.index >= index || tree === undefined) return nothing
  const bringers = bringersIn(analysis, base, tree, image)
  return sameBelow(tree, id => bringers[id])
}

function sameBelow(tree: FileTree, bringerOf: (id: FileId) => Bringer | undefined) {
  const ids = new Map<string, FileId>()
  for (let id = 1; id <= tree.count; id++) if (!tree.isFolder(id)) ids.set(tree.path(id), id)
  return (path: string, above: FileTree, id: FileId): Bringer | undefined => {
    const same = ids.get(path)
    return same !== undefined && isSame(tree.row(same), above.row(id)) ? bringerOf(same) : undefined
  }
}

type Attributes = ReturnType<FileTree['row']>

export function isSame(a: Attributes, b: Attributes): boolean {
  return (['kind', 'size', 'mode', 'uid', 'gid', 'link', 'modified'] as const).every(name => a[name] === b[name])
}

/** An image comes before the steps of its stage. */
function lineOf({ graph }: Analysis, { edge, stage, isImage }: Bringer): number {
  const made = edge === null ? undefined : graph.edges.find(({ id }) => id === edge)
  const from = graph.stages.find(({ id }) => id === stage)?.startLine ?? 0
  return made?.line ?? (isImage ? from - 0.5 : from)
}
