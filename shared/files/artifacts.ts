import type { Checked } from '../checks/check.ts'
import { unchangedText } from '../builds/current-marks.ts'
import type { Instruction, Word } from '../dockerfile/syntax.ts'
import { resolved } from '../edits/build-outputs.ts'
import { builtStages, expandedArgument, type BuiltInstruction, type BuiltStage } from '../graph/environment.ts'
import type { EdgeId, GraphEdge, StageGraph, StageId } from '../graph/stage-graph.ts'
import { matchSource, type SourceMatch } from './copy-match.ts'
import type { BuildInputs } from '../analysis.ts'
import type { ListedStages } from '../surroundings.ts'
import type { FileId, FileTree } from './file-tree.ts'

/** One source of a COPY --from, looked up in its stage as it was built. */
export interface ArtifactSource {
  /** With variables expanded, from the root. */
  readonly path: string
  readonly word: Word
  readonly match: SourceMatch
}

/** What a COPY --from carries. */
export interface Artifact {
  readonly edge: GraphEdge
  /** The COPY itself, which within a trigger is not where the edge is written. */
  readonly instruction: Instruction
  readonly from: StageId
  readonly tree: FileTree
  /** Whether the stage it copies from, with all below it, still reads as it did when it was built. */
  readonly isCurrent: boolean
  readonly sources: readonly ArtifactSource[]
  readonly files: number
  readonly bytes: number
  /** From the root, a final slash kept; null where the working directory is an image's own and not known. */
  readonly destination: string | null
}

/** What is known of a stage's files. */
export interface StageWeight {
  readonly files: number
  readonly bytes: number
  /** Of it, what COPY --from takes from here; null where nothing does. */
  readonly shippedBytes: number | null
  /** What its files are for, where several platforms were built. */
  readonly platform?: string
}

/** What stages and edges weigh: all that the canvas shows of their files. */
export interface Loads {
  readonly byEdge: ReadonlyMap<EdgeId, Pick<Artifact, 'isCurrent' | 'files' | 'bytes'>>
  /** Stages that read as they did when they were built. */
  readonly weights: ReadonlyMap<StageId, StageWeight>
}

export interface Artifacts extends Loads {
  readonly byEdge: ReadonlyMap<EdgeId, Artifact>
}

export const noArtifacts: Artifacts = { byEdge: new Map(), weights: new Map() }

const known = new WeakMap<Checked, Artifacts>()

/** Looks up every COPY --from of the text as it stands in the listings of the last build. */
export function artifactsOf(checked: Checked): Artifacts {
  const artifacts = known.get(checked) ?? lookUp(checked)
  known.set(checked, artifacts)
  return artifacts
}

function lookUp(checked: Checked): Artifacts {
  const { file, inputs, surroundings, derivation } = checked
  const { graph, globals, drafts, edgesOf, reads } = derivation
  const { listed } = surroundings
  if (listed === null || listed.trees.size === 0) return noArtifacts
  const current = currentStages(graph, unchangedText(listed.pinned, { file, graph }).stages)
  // Looked for at their places, where those of the checks may be stages that have moved since.
  const built = builtStages({ escape: file.escape, inputs, globals, surroundings }, drafts)
  const byEdge = new Map<EdgeId, Artifact>()
  for (const [index, { references }] of reads.entries()) {
    const copies = new Map(built[index]?.instructions.map(step => [step.instruction, step]))
    const workingDirectories = workingDirectoriesOf(built, inputs.images, index)
    for (const [at, { instruction }] of references.entries()) {
      // The first edge of a stage is its base.
      const edge = edgesOf[index]?.edges[at + 1]
      const step = copies.get(instruction)
      if (edge?.kind !== 'copy' || edge.from.kind !== 'stage' || step === undefined) continue
      const tree = listed.trees.get(edge.from.stage)
      if (tree === undefined) continue
      const sources = sourcesOf(step, tree)
      byEdge.set(edge.id, {
        edge,
        instruction,
        from: edge.from.stage,
        tree,
        isCurrent: current.has(edge.from.stage),
        sources,
        files: sum(sources, ({ match }) => match.files),
        bytes: sum(sources, ({ match }) => match.bytes),
        destination: destinationOf(step, workingDirectories.get(instruction) ?? null),
      })
    }
  }
  return { byEdge, weights: weightsOf(current, listed, [...byEdge.values()]) }
}

function sourcesOf(step: BuiltInstruction, tree: FileTree): readonly ArtifactSource[] {
  const { instruction } = step
  const flags = instruction.flags
  const exclude = flags.flatMap(({ name, value }) => (name === 'exclude' && value !== null ? [value] : []))
  const parents = flags.some(({ name, value }) => name === 'parents' && value !== 'false')
  return instruction.arguments.slice(0, -1).map((word, at) => {
    const path = expandedArgument(step, at)
    return { path, word, match: matchSource(tree, { path, exclude, parents }) }
  })
}

/** A stage's files are those of the listing only while it and all that it takes from stay the same. */
function currentStages(graph: StageGraph, unchanged: ReadonlySet<StageId>): ReadonlySet<StageId> {
  const current = new Set(unchanged)
  let before: number
  do {
    before = current.size
    for (const { from, to } of graph.edges) if (from.kind === 'stage' && !current.has(from.stage)) current.delete(to)
  } while (current.size < before)
  return current
}

/** The working directory at each instruction, as far as the text and the images at hand tell. */
function workingDirectoriesOf(
  stages: readonly BuiltStage[],
  images: BuildInputs['images'],
  index: number,
): ReadonlyMap<Instruction, string> {
  const at = new Map<Instruction, string>()
  const enter = (stage: number): string | null => {
    const built = stages[stage]
    if (built === undefined) return null
    const { baseSource } = built.draft
    let directory: string | null = null
    if (baseSource.kind === 'scratch') directory = '/'
    else if (baseSource.kind === 'stage' && baseSource.index < stage) directory = enter(baseSource.index)
    else if (baseSource.kind === 'image') {
      const image = images[baseSource.reference]
      directory = image === undefined ? null : image.workingDirectory === '' ? '/' : image.workingDirectory
    }
    for (const step of built.instructions) {
      if (directory !== null) at.set(step.instruction, directory)
      if (step.instruction.keyword !== 'WORKDIR') continue
      const path = expandedArgument(step, 0)
      directory = directory === null && !path.startsWith('/') ? null : (resolved(path, directory) ?? directory)
    }
    return directory
  }
  enter(index)
  return at
}

function destinationOf(step: BuiltInstruction, workingDirectory: string | null): string | null {
  const written = expandedArgument(step, step.instruction.arguments.length - 1)
  if (written.startsWith('/')) return written
  return workingDirectory === null ? null : `${workingDirectory}/${written}`
}

function weightsOf(
  current: ReadonlySet<StageId>,
  { trees, platform }: ListedStages,
  artifacts: readonly Artifact[],
): ReadonlyMap<StageId, StageWeight> {
  const weights = new Map<StageId, StageWeight>()
  for (const [stage, tree] of trees) {
    if (!current.has(stage)) continue
    const taken = artifacts.filter(({ from }) => from === stage)
    weights.set(stage, {
      files: tree.files(0),
      bytes: tree.size(0),
      shippedBytes: taken.length === 0 ? null : distinctBytes(tree, taken),
      ...(platform !== undefined && { platform }),
    })
  }
  return weights
}

/** What several COPYs take together: what two of them take counts once, and a part of a folder that is filtered as a whole. */
function distinctBytes(tree: FileTree, artifacts: readonly Artifact[]): number {
  const whole = new Set<FileId>()
  let filtered = 0
  for (const { match } of artifacts.flatMap(({ sources }) => sources))
    if (match.keeps === null) for (const { id } of match.roots) whole.add(id)
    else filtered += match.bytes
  const isInside = (id: FileId) => {
    for (let at = tree.parent(id); at >= 0; at = tree.parent(at)) if (whole.has(at)) return true
    return false
  }
  const bytes = sum([...whole], id => (isInside(id) ? 0 : tree.size(id)))
  return Math.min(tree.size(0), bytes + filtered)
}

function sum<Value>(values: readonly Value[], of: (value: Value) => number): number {
  return values.reduce((total, value) => total + of(value), 0)
}
