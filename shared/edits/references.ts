import type { Analysis } from '../analysis.ts'
import { flagValueRange } from '../dockerfile/flags.ts'
import { readMount } from '../dockerfile/mounts.ts'
import type { Flag, Instruction } from '../dockerfile/syntax.ts'
import { readIndex } from '../graph/references.ts'
import type { GraphEdge, StageId } from '../graph/stage-graph.ts'
import type { TextEdit, TextRange } from '../text/text-edit.ts'
import { instructionAt, instructionsOf, stageById } from './stage-text.ts'

/** One place in the text that names where something comes from: the word of a FROM, a --from, a mount's from. */
export interface Reference {
  readonly kind: 'base' | 'copy' | 'mount'
  /** The instruction as it stands in the file: for a trigger, its ONBUILD. */
  readonly instruction: Instruction
  /** As BuildKit reads it. */
  readonly value: string
  /** As written, quotes included. */
  readonly range: TextRange
  /** The flag that holds it; null for a FROM. */
  readonly flag: Flag | null
  /** What the text means there: none in a trigger that no stage of this file sets off, several where many do. */
  readonly edges: readonly GraphEdge[]
}

export function referencesOf(analysis: Analysis): readonly Reference[] {
  const edgesByMaker = new Map<Instruction, GraphEdge[]>()
  for (const edge of analysis.graph.edges) {
    const maker = makerOf(analysis, edge)
    const edges = maker === null ? undefined : edgesByMaker.get(maker)
    if (edges !== undefined) edges.push(edge)
    else if (maker !== null) edgesByMaker.set(maker, [edge])
  }
  return analysis.file.instructions.flatMap(instruction => {
    const edges = edgesByMaker.get(instruction) ?? []
    return writtenReferences(instruction).map(written => ({
      ...written,
      edges: edges.filter(edge => edge.kind === written.kind && isMadeBy(edge, written)),
    }))
  })
}

/** The instruction that makes an edge: for one that comes from a trigger, the ONBUILD in the stage built on. */
export function makerOf(analysis: Analysis, edge: GraphEdge): Instruction | null {
  const instruction = instructionAt(analysis.file, edge.range.from)
  if (!edge.onbuild) return instruction
  const child = stageById(analysis, edge.to)
  const parent = child?.baseSource.kind === 'stage' ? stageById(analysis, child.baseSource.stage) : null
  if (parent === null) return null
  // Triggers that say the same, but for where they take it from, run in their order.
  const alike = analysis.graph.edges.filter(each => each.onbuild && each.to === edge.to && saysTheSame(each, edge))
  const triggers = instructionsOf(analysis, parent).filter(
    each => each.trigger !== null && couldMake(each.trigger, edge),
  )
  return triggers[alike.findIndex(({ id }) => id === edge.id)] ?? triggers.at(-1) ?? null
}

function saysTheSame(edge: GraphEdge, other: GraphEdge): boolean {
  return (
    edge.keyword === other.keyword &&
    edge.kind === other.kind &&
    edge.destination === other.destination &&
    edge.sources.join('\n') === other.sources.join('\n')
  )
}

/** Those that mean the stage, by name or by index. */
export function referencesTo(analysis: Analysis, stage: StageId): readonly Reference[] {
  return referencesOf(analysis).filter(reference =>
    reference.edges.some(edge => edge.from.kind === 'stage' && edge.from.stage === stage),
  )
}

/**
 * Keeps `COPY --from=N` pointing at the same stage when stages change their positions; null takes a reference out of
 * account because its line goes away. Numbers that are out of range stay so.
 */
export function renumbered(analysis: Analysis, newIndex: (index: number) => number | null): readonly TextEdit[] {
  return referencesOf(analysis).flatMap(reference => {
    const number = reference.kind === 'copy' ? readIndex(reference.value) : null
    if (number === null || number < 0) return []
    // A trigger that no stage of this file sets off counts the stages of another file.
    if (reference.instruction.trigger !== null && reference.edges.length === 0) return []
    const index = newIndex(number)
    return index === null || index === number ? [] : [{ ...reference.range, insert: String(index) }]
  })
}

type WrittenReference = Omit<Reference, 'edges'>

function writtenReferences(instruction: Instruction): readonly WrittenReference[] {
  const effective = instruction.trigger ?? instruction
  switch (effective.keyword) {
    case 'FROM': {
      const word = effective.arguments[0]
      return word === undefined ? [] : [{ kind: 'base', instruction, value: word.text, range: word.range, flag: null }]
    }
    case 'COPY':
      return effective.flags.flatMap(flag =>
        flag.name === 'from' && flag.value !== null && flag.valueRange !== null
          ? [{ kind: 'copy' as const, instruction, value: flag.value, range: flag.valueRange, flag }]
          : [],
      )
    case 'RUN':
      return effective.flags.flatMap(flag => {
        const from = flag.name === 'mount' && flag.value !== null ? readMount(flag.value).from : null
        if (from?.value === null || from === null) return []
        const range = flagValueRange(effective, flag, from.valueFrom, from.valueTo)
        return [{ kind: 'mount' as const, instruction, value: from.value, range, flag }]
      })
    default:
      return []
  }
}

/** Whether a trigger reads what the edge says: an edge of a trigger lies at its child's FROM and bears no offset of it. */
function couldMake(trigger: Instruction, edge: GraphEdge): boolean {
  if (trigger.keyword !== edge.keyword) return false
  if (trigger.keyword === 'RUN') return mountFlagOf(trigger, edge) !== null
  const words = trigger.arguments.map(word => word.text)
  const written = trigger.flags.find(flag => flag.name === 'from')?.value ?? ''
  return (
    words.at(-1) === edge.destination &&
    edge.sources.every(path => words.includes(path)) &&
    (edge.kind === 'copy') === (written !== '')
  )
}

/** The --mount that makes an edge of a RUN; null where there is none. */
export function mountFlagOf(run: Instruction, edge: GraphEdge): Flag | null {
  const mounts = run.flags.filter(flag => flag.name === 'mount' && flag.value !== null)
  const { sourceRange } = edge
  const holding = mounts.find(
    flag => sourceRange !== null && flag.range.from <= sourceRange.from && sourceRange.to <= flag.range.to,
  )
  if (holding !== undefined) return holding
  return (
    mounts.find(flag => {
      const mount = readMount(flag.value ?? '')
      const ofContext = edge.from.kind === 'context' && edge.from.name === ''
      return mount.target === edge.destination && ofContext === ((mount.from?.value ?? '') === '')
    }) ?? null
  )
}

/** Among the edges of one instruction: mounts are told apart by their flag, triggers by what they name. */
function isMadeBy(edge: GraphEdge, written: WrittenReference): boolean {
  if (written.kind !== 'mount') return true
  return mountFlagOf(written.instruction.trigger ?? written.instruction, edge) === written.flag
}
