import type { Analysis } from '../../shared/analysis.ts'
import type { StageBase } from '../../shared/edits/add-stage.ts'
import type { EditOutcome } from '../../shared/edits/edit-outcome.ts'
import { makerOf } from '../../shared/edits/references.ts'
import type { EdgeId, GraphEdge, StageId } from '../../shared/graph/stage-graph.ts'
import { UsageError } from './command.ts'
import { chooseStage } from './words.ts'

/** What was said behind the operation's name. */
export interface OperationWords {
  readonly analysis: Analysis
  readonly words: readonly string[]
  readonly options: Readonly<Record<string, readonly string[]>>
}

/** A gesture as the command line knows it. */
export interface EditOperation {
  readonly name: string
  /** The words that follow the name. */
  readonly usage: string
  readonly summary: string
  /** Fewest and most words. */
  readonly words: readonly [number, number]
  readonly options?: readonly string[]
  /** @throws UsageError, HostError for a stage that is not there */
  run(request: OperationWords): EditOutcome
}

export function word({ words }: OperationWords, at: number): string {
  return words[at] ?? ''
}

/** The last one given, null where none is. */
export function option({ options }: OperationWords, name: string): string | null {
  return options[name]?.at(-1) ?? null
}

export function stageOf({ analysis }: OperationWords, name: string): StageId {
  return chooseStage(analysis.graph, name).stage.id
}

/** A stage's name means the stage, `scratch` the empty base, anything else an image. */
export function baseOf({ analysis }: OperationWords, text: string): StageBase {
  const stage = analysis.graph.stages.findLast(each => each.name !== '' && each.name === text)
  if (stage !== undefined) return { kind: 'stage', stage: stage.id }
  return text === 'scratch' ? { kind: 'scratch' } : { kind: 'image', reference: text }
}

/** The instruction on a line, 1-based, as its index in the file. */
export function instructionOn({ analysis }: OperationWords, line: string): number {
  const number = Number(line)
  const found = analysis.file.instructions.find(each => each.line <= number && number <= each.endLine)
  if (found === undefined) throw new UsageError(`There is no instruction on line ${line}.`)
  return found.index
}

/** The connection that the instruction on a line makes; `path` chooses among the mounts of a RUN by their target. */
export function edgeOn(request: OperationWords, line: string, path: string | null = null): EdgeId {
  const edges = edgesOn(request, line)
  const named = path === null ? edges : edges.filter(each => each.destination === path)
  const [edge] = named.length === 0 && edges.every(each => each.kind !== 'mount') ? edges : named
  if (edge === undefined)
    throw new UsageError(`Line ${line} takes nothing from elsewhere${path === null ? '' : ` to ${path}`}.`)
  if (named.length > 1 && edge.kind === 'mount' && named.some(each => each.destination !== edge.destination))
    throw new UsageError(`Line ${line} has several mounts: name one by its target.`)
  return edge.id
}

function edgesOn(request: OperationWords, line: string): readonly GraphEdge[] {
  const { analysis } = request
  const instruction = analysis.file.instructions[instructionOn(request, line)]
  return analysis.graph.edges.filter(edge => makerOf(analysis, edge) === instruction)
}

export function onOrOff(name: string, text: string): boolean {
  if (text === 'on') return true
  if (text === 'off') return false
  throw new UsageError(`--${name} takes on or off; not "${text}".`)
}
