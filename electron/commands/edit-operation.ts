import type { Analysis } from '../../shared/analysis.ts'
import type { EditOutcome } from '../../shared/edits/edit-outcome.ts'
import { makerOf } from '../../shared/edits/references.ts'
import type { EdgeId, StageId } from '../../shared/graph/stage-graph.ts'
import { UsageError } from './command.ts'
import { chooseStage } from './words.ts'

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
  run(request: EditRequest): EditOutcome
}

/** What was said behind the operation's name. Words are counted from 0; an option that is not given is null. */
export class EditRequest {
  readonly analysis: Analysis
  readonly words: readonly string[]
  private readonly options: Readonly<Record<string, readonly string[]>>

  constructor(analysis: Analysis, words: readonly string[], options: Readonly<Record<string, readonly string[]>>) {
    this.analysis = analysis
    this.words = words
    this.options = options
  }

  word(at: number): string {
    return this.words[at] ?? ''
  }

  /** The last one given. */
  option(name: string): string | null {
    return this.options[name]?.at(-1) ?? null
  }

  /** All that were given, those that are empty left out; null where there is none. */
  list(name: string): readonly string[] | null {
    return this.options[name]?.filter(text => text !== '') ?? null
  }

  /** True for on, false for off. */
  switched(name: string): boolean | null {
    const text = this.option(name)
    if (text === null || text === 'on' || text === 'off') return text === null ? null : text === 'on'
    throw new UsageError(`--${name} takes on or off; not "${text}".`)
  }

  stage(at: number): StageId {
    return this.stageNamed(this.word(at))
  }

  stages(): readonly StageId[] {
    return this.words.map(name => this.stageNamed(name))
  }

  stageOption(name: string): StageId | null {
    const text = this.option(name)
    return text === null ? null : this.stageNamed(text)
  }

  /** The instruction on that line, as its index in the file. */
  instruction(at: number): number {
    return this.instructionOn(this.word(at))
  }

  instructionOn(line: string): number {
    const number = Number(line)
    const found = this.analysis.file.instructions.find(each => each.line <= number && number <= each.endLine)
    if (found === undefined) throw new UsageError(`There is no instruction on line ${line}.`)
    return found.index
  }

  /** The connection that the instruction on that line makes; `path` chooses among the mounts of a RUN by their target. */
  edge(at: number, path: string | null = null): EdgeId {
    const line = this.word(at)
    const maker = this.analysis.file.instructions[this.instruction(at)]
    const edges = this.analysis.graph.edges.filter(edge => makerOf(this.analysis, edge) === maker)
    const named = path === null ? edges : edges.filter(each => each.destination === path)
    const [edge] = named.length === 0 && edges.every(each => each.kind !== 'mount') ? edges : named
    if (edge === undefined)
      throw new UsageError(`Line ${line} takes nothing from elsewhere${path === null ? '' : ` to ${path}`}.`)
    if (named.length > 1 && edge.kind === 'mount' && named.some(each => each.destination !== edge.destination))
      throw new UsageError(`Line ${line} has several mounts: name one by its target.`)
    return edge.id
  }

  private stageNamed(name: string): StageId {
    return chooseStage(this.analysis.graph, name).stage.id
  }
}
