import type { BuildInputs } from '../analysis.ts'
import { flagValueRange } from '../dockerfile/flags.ts'
import { readHeredocWord } from '../dockerfile/heredocs.ts'
import type { Dockerfile, Flag, Instruction } from '../dockerfile/syntax.ts'
import { shiftRange } from '../dockerfile/placed-instruction.ts'
import { expandWord } from '../dockerfile/variables.ts'
import { packed } from '../packed.ts'
import type { TextRange } from '../text/text-edit.ts'
import { heldBase, triggersOf } from './base-images.ts'
import { referenceProblem } from './image-reference.ts'
import { readMount } from '../dockerfile/mounts.ts'
import { hasContext, isReadAlike, type DraftSource, type StageDraft } from './stage-drafts.ts'
import type { StageNames } from './stage-names.ts'

/** Something a stage reads from elsewhere, by COPY, ADD or RUN --mount, wherever in a file the stage stands. */
export interface ResolvedReference {
  readonly kind: 'copy' | 'mount' | 'context'
  readonly source: DraftSource
  /** As written after `--from=` or `from=`; '' where nothing is written. */
  readonly text: string
  /** Where that is in `written`. */
  readonly writtenRange: TextRange | null
  readonly sources: readonly string[]
  readonly destination: string
  /** The COPY, ADD or RUN itself, unplaced. */
  readonly written: Instruction
  /** Which one it is, or its ONBUILD, behind the FROM of its stage; null where it stands in no file but in an image. */
  readonly at: number | null
  readonly onbuild: boolean
  readonly problem: ReferenceProblem | null
}

/** The same at its place. */
export interface Reference extends Omit<ResolvedReference, 'writtenRange' | 'written' | 'at'> {
  /** Index of the stage that reads. */
  readonly stage: number
  readonly sourceRange: TextRange | null
  /** What makes the edge: the child's FROM for a trigger. */
  readonly origin: Instruction
  /** The COPY, ADD or RUN itself. */
  readonly instruction: Instruction
}

export interface ReferenceProblem {
  readonly kind: 'variable' | 'invalid-index' | 'invalid-reference'
  readonly message: string
}

const variableInFrom =
  'variable expansion is not supported for --from, define a new stage with FROM using ARG from global scope as a workaround'
const variableInMount = "'from' doesn't support variable expansion, define alias stage instead"
const noVariables: ReadonlyMap<string, string> = new Map()

/** A stage with the one it stands on, whose triggers it runs. */
interface Reader {
  readonly draft: StageDraft
  readonly parent: StageDraft | undefined
}

/** What one stage reads, and the stage that reads it. */
export class StageReads {
  readonly draft: StageDraft
  readonly parent: StageDraft | undefined
  /** What of it was there before: `kept` all of it, `moved` all but the places. */
  readonly since: 'new' | 'moved' | 'kept'
  /** One object as long as nothing of it changes. */
  readonly resolved: readonly ResolvedReference[]
  private placed: readonly Reference[] | null = null

  constructor({ draft, parent }: Reader, since: StageReads['since'], resolved: readonly ResolvedReference[]) {
    this.draft = draft
    this.parent = parent
    this.since = since
    this.resolved = resolved
  }

  /** At their places, which is work that typing does without. */
  get references(): readonly Reference[] {
    return (this.placed ??= this.resolved.map(reference => placed(reference, this)))
  }
}

/**
 * Resolves everything that the stages read. Names stand for the last stage that bears them, wherever it is. What `before`
 * holds, made with the same inputs, arguments and names, is taken over where it is the same.
 */
export function collectReads(
  file: Dockerfile,
  inputs: BuildInputs,
  drafts: readonly StageDraft[],
  names: StageNames,
  before: readonly StageReads[],
): StageReads[] {
  const resolver = new Resolver(file, inputs, names)
  return drafts.map(draft => {
    const old = before[draft.index]
    const parent = draft.baseSource.kind === 'stage' ? drafts[draft.baseSource.index] : undefined
    const reader = { draft, parent }
    if (old === undefined || !isReadAlike(old.draft, draft) || !isReadAlike(before[parent?.index ?? -1]?.draft, parent))
      return new StageReads(reader, 'new', readAll(resolver, reader, inputs))
    return new StageReads(reader, old.draft === draft ? 'kept' : 'moved', old.resolved)
  })
}

function readAll(resolver: Resolver, { draft, parent }: Reader, { images }: BuildInputs): readonly ResolvedReference[] {
  if (draft.replacedByContext) return nothing
  const references: ResolvedReference[] = []
  const image = heldBase(draft, images)
  for (const trigger of image === null ? nothing : triggersOf(image)) resolver.read(trigger, null, true, references)
  parent?.written.passages.forEach((passage, at) => {
    const trigger = passage.keyword === 'ONBUILD' ? passage.unplaced.trigger : null
    if (trigger !== null) resolver.read(trigger, at, true, references)
  })
  draft.written.passages.forEach((passage, at) => {
    if (mayReadElsewhere(passage) && (passage.keyword !== 'RUN' || passage.mayHaveFlags))
      resolver.read(passage.unplaced, at, false, references)
  })
  return packed(references)
}

function mayReadElsewhere({ keyword }: Pick<Instruction, 'keyword'>): boolean {
  return keyword === 'COPY' || keyword === 'ADD' || keyword === 'RUN'
}

/** A reference where its stage, or the stage below with its triggers, is now. */
function placed(reference: ResolvedReference, { draft, parent }: Reader): Reference {
  const { kind, source, text, sources, destination, onbuild, problem, written, writtenRange, at } = reference
  const step = at === null ? written : ((onbuild ? parent : draft)?.place.instructions[at] ?? written)
  return {
    ...{ kind, source, text, sources, destination, onbuild, problem },
    stage: draft.index,
    sourceRange:
      onbuild || writtenRange === null ? null : shiftRange(writtenRange, step.range.from - written.range.from),
    origin: onbuild ? draft.from : step,
    instruction: onbuild ? (step.trigger ?? step) : step,
  }
}

/** What a COPY or an ADD reads. Its paths are looked at when they are asked for: what it hangs on is its source. */
class CopyReference implements ResolvedReference {
  readonly source: DraftSource
  readonly problem: ReferenceProblem | null
  readonly text: string
  readonly written: Instruction
  readonly at: number | null
  readonly onbuild: boolean
  private foundSources: readonly string[] | null = null

  constructor(
    source: DraftSource,
    problem: ReferenceProblem | null,
    text: string,
    written: Instruction,
    at: number | null,
    onbuild: boolean,
  ) {
    this.source = source
    this.problem = problem
    this.text = text
    this.written = written
    this.at = at
    this.onbuild = onbuild
  }

  get kind(): 'copy' | 'context' {
    return this.text === '' ? 'context' : 'copy'
  }

  get writtenRange(): TextRange | null {
    return fromFlag(this.written)?.valueRange ?? null
  }

  get sources(): readonly string[] {
    return (this.foundSources ??= copySources(this.written))
  }

  get destination(): string {
    return this.written.arguments.at(-1)?.text ?? ''
  }
}

/** ADD has none, whatever is written. */
function fromFlag({ keyword, flags }: Instruction): Flag | undefined {
  return keyword === 'COPY' ? flags.find(({ name }) => name === 'from') : undefined
}

/** All words but the last; heredocs are no paths. */
function copySources({ arguments: words, heredocs }: Instruction): readonly string[] {
  const sources = words.slice(0, -1).map(word => word.text)
  return heredocs.length === 0 ? sources : sources.filter(text => readHeredocWord(text) === null)
}

class Resolver {
  private readonly file: Dockerfile
  private readonly inputs: BuildInputs
  private readonly names: StageNames

  constructor(file: Dockerfile, inputs: BuildInputs, names: StageNames) {
    this.file = file
    this.inputs = inputs
    this.names = names
  }

  /** Adds what an instruction reads to `into`. */
  read(written: Instruction, at: number | null, onbuild: boolean, into: ResolvedReference[]): void {
    if (written.keyword === 'RUN') this.readMounts(written, at, onbuild, into)
    else if (mayReadElsewhere(written)) this.readCopy(written, at, onbuild, into)
  }

  private readCopy(written: Instruction, at: number | null, onbuild: boolean, into: ResolvedReference[]): void {
    const text = fromFlag(written)?.value ?? ''
    if (text === '' && copySources(written).length === 0) return
    const { source, problem } = text === '' ? fromMainContext : this.resolveCopy(text)
    into.push(new CopyReference(source, problem, text, written, at, onbuild))
  }

  private resolveCopy(text: string): { source: DraftSource; problem: ReferenceProblem | null } {
    const expanded = expandWord(text, noVariables, this.file.escape)
    if (expanded.kind === 'failed' || expanded.lexed.text !== text)
      return { source: { kind: 'unresolved', text }, problem: { kind: 'variable', message: variableInFrom } }
    const index = readIndex(text)
    if (index === null) return this.resolveName(text)
    if (index < 0 || index >= this.names.all.length)
      return {
        source: { kind: 'unresolved', text },
        problem: { kind: 'invalid-index', message: `invalid stage index ${index}` },
      }
    return { source: { kind: 'stage', index: Math.abs(index) }, problem: null }
  }

  private resolveName(text: string): { source: DraftSource; problem: ReferenceProblem | null } {
    const index = this.names.last(text.toLowerCase())
    if (index !== undefined) return { source: { kind: 'stage', index }, problem: null }
    if (text === 'scratch') return { source: { kind: 'scratch' }, problem: null }
    if (hasContext(this.inputs, text)) return { source: { kind: 'context', name: text }, problem: null }
    const problem = referenceProblem(text)
    if (problem === null) return { source: { kind: 'image', reference: text }, problem: null }
    const message = `failed to parse stage name "${text}": ${problem}`
    return { source: { kind: 'unresolved', text }, problem: { kind: 'invalid-reference', message } }
  }

  private readMounts(written: Instruction, at: number | null, onbuild: boolean, into: ResolvedReference[]): void {
    for (const flag of written.flags) {
      if (flag.name !== 'mount' || flag.value === null) continue
      const { type, from, source: path, target } = readMount(flag.value)
      const text = from?.value ?? ''
      if (text === '' && type !== 'bind') continue
      const { source, problem } = text === '' ? fromMainContext : this.resolveMount(text)
      into.push({
        kind: 'mount',
        source,
        text,
        writtenRange: from === null || text === '' ? null : flagValueRange(written, flag, from.valueFrom, from.valueTo),
        sources: path === '' ? nothing : [path],
        destination: target,
        written,
        at,
        onbuild,
        problem,
      })
    }
  }

  private resolveMount(text: string): { source: DraftSource; problem: ReferenceProblem | null } {
    const dollar = text.indexOf('$')
    return dollar >= 0 && dollar < text.length - 1
      ? { source: { kind: 'unresolved', text }, problem: { kind: 'variable', message: variableInMount } }
      : this.resolveName(text)
  }
}

const nothing: readonly never[] = []
const fromMainContext: { source: DraftSource; problem: ReferenceProblem | null } = {
  source: { kind: 'context', name: '' },
  problem: null,
}

/** A decimal integer with an optional sign, as Go's `Atoi` takes it; null for anything else. */
export function readIndex(text: string): number | null {
  const sign = text.startsWith('+') || text.startsWith('-') ? 1 : 0
  if (text.length === sign) return null
  for (let position = sign; position < text.length; position++) {
    const code = text.charCodeAt(position)
    if (code < 0x30 || code > 0x39) return null
  }
  const value = Number(text)
  return Math.abs(value) > 2 ** 63 ? null : value
}
