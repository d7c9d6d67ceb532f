import type { Checked } from '../checks/check.ts'
import { builtStages, expandedArgument, type BuiltInstruction } from '../graph/environment.ts'
import type { Reference } from '../graph/references.ts'
import { isSameContext, type DraftSource } from '../graph/stage-drafts.ts'
import type { Stage } from '../graph/stage-graph.ts'
import type { TextRange } from '../text/text-edit.ts'
import { isRemote } from './context-path.ts'
import { eachKept, matchSource, type SourceMatch } from './copy-match.ts'
import { rootId, type FileId, type FileTree } from './file-tree.ts'

/** An instruction that reads from the build context, with what of it is there. */
export interface ContextUse {
  readonly stage: Stage
  /** FROM, COPY, ADD or RUN. */
  readonly keyword: string
  /** 1-based; of the child's FROM for a trigger. */
  readonly line: number
  readonly range: TextRange
  /** Each with variables expanded. Addresses and heredocs are no part of the context. */
  readonly sources: readonly { readonly path: string; readonly match: SourceMatch }[]
  readonly files: number
  readonly bytes: number
}

/**
 * All that read from a build context, in the order of the file: from the main one, or from the one of a name. `tree` holds
 * what its ignore file leaves.
 */
export function contextUses(checked: Checked, tree: FileTree, name = ''): readonly ContextUse[] {
  const { file, inputs, surroundings, derivation } = checked
  const { graph, globals, drafts, reads } = derivation
  const built = builtStages({ escape: file.escape, inputs, globals, surroundings }, drafts)
  const isMeant = (source: DraftSource | undefined): boolean => {
    if (source?.kind === 'context') return isSameContext(source.name, name)
    const stage = source?.kind === 'stage' ? drafts[source.index] : undefined
    return stage?.replacedByContext === true && isSameContext(stage.name, name)
  }
  return graph.stages.flatMap((stage, index) => {
    const { startLine: line, fromRange: range } = stage
    const base = drafts[index]
    // What takes from a stage that a context takes the place of takes from the context.
    const isBase = base !== undefined && !base.replacedByContext && isMeant(base.baseSource)
    const sources = isBase ? [wholeOf(tree)] : []
    const whole = sources.map(source => ({ stage, keyword: 'FROM', line, range, sources, ...sizeOf([source]) }))
    const steps = new Map(built[index]?.instructions.map(step => [step.instruction, step]))
    const taken = (reads[index]?.references ?? []).flatMap((reference): readonly ContextUse[] => {
      const { instruction, origin } = reference
      const step = steps.get(instruction)
      if (step === undefined || !isMeant(reference.source)) return []
      const sources = sourcesOf(step, reference, tree)
      if (sources.length === 0) return []
      const { line, range } = origin
      return [{ stage, keyword: instruction.keyword, line, range, sources, ...sizeOf(sources) }]
    })
    return [...whole, ...taken]
  })
}

function wholeOf(tree: FileTree): ContextUse['sources'][number] {
  return { path: '/', match: matchSource(tree, { path: '/', exclude: [], parents: false }) }
}

function sizeOf(sources: ContextUse['sources']): Pick<ContextUse, 'files' | 'bytes'> {
  const files = sources.reduce((sum, { match }) => sum + match.files, 0)
  const bytes = sources.reduce((sum, { match }) => sum + match.bytes, 0)
  return { files, bytes }
}

/** Entries that the engine asks for to build the target, by id: BuildKit is sent what some instruction names, no more. */
export function wantedEntries(tree: FileTree, uses: readonly ContextUse[]): Uint8Array {
  const wanted = new Uint8Array(tree.count + 1)
  const want = (id: FileId) => {
    for (let at = id; at > rootId && wanted[at] === 0; at = tree.parent(at)) wanted[at] = 1
  }
  for (const { stage, sources } of uses)
    if (stage.reachable)
      for (const { match } of sources)
        for (const { id } of match.roots) {
          want(id)
          eachKept(tree, id, match.keeps, (_, kept) => want(kept))
        }
  return wanted
}

function sourcesOf(step: BuiltInstruction, reference: Reference, tree: FileTree): ContextUse['sources'] {
  const { instruction } = step
  const exclude = instruction.flags.flatMap(({ name, value }) => (name === 'exclude' && value !== null ? [value] : []))
  const parents = instruction.flags.some(({ name, value }) => name === 'parents' && value !== 'false')
  const paths =
    reference.kind === 'mount'
      ? [expandedField(step, reference.sources[0] ?? '/')]
      : instruction.arguments
          .slice(0, -1)
          .flatMap((word, at) => (reference.sources.includes(word.text) ? [expandedArgument(step, at)] : []))
          .filter(path => !isRemote(path))
  return paths.map(path => ({ path, match: matchSource(tree, { path, exclude, parents }) }))
}

function expandedField({ expanded }: BuiltInstruction, written: string): string {
  return expanded.find(word => word.written === written)?.text ?? written
}
