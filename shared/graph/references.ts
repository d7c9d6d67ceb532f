import type { BuildInputs } from '../analysis.ts'
import { flagValueRange } from '../dockerfile/flags.ts'
import { readHeredocWord } from '../dockerfile/heredocs.ts'
import type { Dockerfile, Instruction } from '../dockerfile/syntax.ts'
import { shiftRange } from '../dockerfile/placed-instruction.ts'
import { expandWord } from '../dockerfile/variables.ts'
import { packed } from '../packed.ts'
import type { TextRange } from '../text/text-edit.ts'
import { heldBase, triggersOf } from './base-images.ts'
import { referenceProblem } from './image-reference.ts'
import { readMount } from '../dockerfile/mounts.ts'
import { hasContext, isReadAlike, type DraftSource, type StageDraft } from './stage-drafts.ts'
import type { StageNames } from './stage-names.ts'

/** Something a stage reads from elsewhere, by COPY, ADD or RUN --mount. */
export interface Reference {
  readonly kind: 'copy' | 'mount' | 'context'
  /** Index of the stage that reads. */
  readonly stage: number
  readonly source: DraftSource
  /** As written after `--from=` or `from=`; '' where nothing is written. */
  readonly text: string
  readonly sourceRange: TextRange | null
  readonly sources: readonly string[]
  readonly destination: string
  /** What makes the edge: the child's FROM for a trigger. */
  readonly origin: Instruction
  /** The COPY, ADD or RUN itself. */
  readonly instruction: Instruction
  readonly onbuild: boolean
  readonly problem: ReferenceProblem | null
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
  /** What of it was there before: `kept` all of it, `moved` all but the places. */
  readonly since: 'new' | 'moved' | 'kept'
  /** What is read, maybe with the places it had when it was resolved. */
  readonly resolved: readonly Reference[]
  readonly resolvedFor: Reader
  readonly parent: StageDraft | undefined
  private placed: readonly Reference[] | null = null

  constructor(
    { draft, parent }: Reader,
    since: StageReads['since'],
    resolved: readonly Reference[],
    resolvedFor: Reader,
  ) {
    this.draft = draft
    this.parent = parent
    this.since = since
    this.resolved = resolved
    this.resolvedFor = resolvedFor
  }

  /** At their places, which is work that typing does without. */
  get references(): readonly Reference[] {
    return (this.placed ??=
      this.resolvedFor.draft === this.draft ? this.resolved : movedReferences(this.resolved, this.resolvedFor, this))
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
      return new StageReads(reader, 'new', readAll(resolver, reader, inputs), reader)
    return new StageReads(reader, old.draft === draft ? 'kept' : 'moved', old.resolved, old.resolvedFor)
  })
}

function readAll(resolver: Resolver, { draft, parent }: Reader, { images }: BuildInputs): readonly Reference[] {
  if (draft.replacedByContext) return []
  const references: Reference[] = []
  const image = heldBase(draft, images)
  for (const trigger of image === null ? [] : triggersOf(image))
    references.push(...resolver.read(trigger, draft.index, draft.from, true))
  for (const { trigger } of parent?.instructions ?? [])
    if (trigger !== null) references.push(...resolver.read(trigger, draft.index, draft.from, true))
  for (const instruction of draft.instructions)
    references.push(...resolver.read(instruction, draft.index, instruction, false))
  return packed(references)
}

/** The same references where the stage, and the stage below with its triggers, are now. */
function movedReferences(references: readonly Reference[], before: Reader, now: Reader): Reference[] {
  const by = now.draft.place.offset - before.draft.place.offset
  return references.map(reference => {
    const { onbuild, sourceRange } = reference
    // A trigger of an image stands in no file.
    if (onbuild && now.parent === undefined) return { ...reference, origin: now.draft.from }
    const [from, to] = onbuild ? [before.parent, now.parent] : [before.draft, now.draft]
    const written = to?.instructions[reference.instruction.index - (from?.from.index ?? 0) - 1] ?? now.draft.from
    return {
      ...reference,
      origin: onbuild ? now.draft.from : written,
      instruction: onbuild ? (written.trigger ?? written) : written,
      sourceRange: sourceRange === null ? null : shiftRange(sourceRange, by),
    }
  })
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

  read(instruction: Instruction, stage: number, origin: Instruction, onbuild: boolean): Reference[] {
    switch (instruction.keyword) {
      case 'COPY':
      case 'ADD':
        return this.readCopy(instruction, stage, origin, onbuild)
      case 'RUN':
        return this.readMounts(instruction, stage, origin, onbuild)
      default:
        return []
    }
  }

  private readCopy(instruction: Instruction, stage: number, origin: Instruction, onbuild: boolean): Reference[] {
    const { arguments: words, flags, heredocs } = instruction.unplaced
    const written = words.slice(0, -1).map(word => word.text)
    const sources = heredocs.length === 0 ? written : written.filter(text => readHeredocWord(text) === null)
    const destination = words.at(-1)?.text ?? ''
    const flag = instruction.keyword === 'COPY' ? flags.find(candidate => candidate.name === 'from') : undefined
    const text = flag?.value ?? ''
    if (text === '' && sources.length === 0) return []
    const { source, problem } = text === '' ? fromMainContext : this.resolveCopy(text)
    const sourceRange = onbuild ? null : placed(instruction, flag?.valueRange ?? null)
    const kind = text === '' ? 'context' : 'copy'
    return [{ kind, stage, source, text, sourceRange, sources, destination, origin, instruction, onbuild, problem }]
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

  private readMounts(instruction: Instruction, stage: number, origin: Instruction, onbuild: boolean): Reference[] {
    const references: Reference[] = []
    for (const flag of instruction.unplaced.flags) {
      if (flag.name !== 'mount' || flag.value === null) continue
      const mount = readMount(flag.value)
      const base = {
        stage,
        sources: mount.source === '' ? [] : [mount.source],
        destination: mount.target,
        origin,
        instruction,
        onbuild,
        kind: 'mount',
      } as const
      const text = mount.from?.value ?? ''
      if (mount.from === null || text === '') {
        if (mount.type === 'bind')
          references.push({ ...base, source: mainContext, text: '', sourceRange: null, problem: null })
        continue
      }
      const dollar = text.indexOf('$')
      const { source, problem } =
        dollar >= 0 && dollar < text.length - 1
          ? {
              source: { kind: 'unresolved', text } as const,
              problem: { kind: 'variable', message: variableInMount } as const,
            }
          : this.resolveName(text)
      const range = flagValueRange(instruction.unplaced, flag, mount.from.valueFrom, mount.from.valueTo)
      references.push({ ...base, source, problem, text, sourceRange: onbuild ? null : placed(instruction, range) })
    }
    return references
  }
}

/** A range of the unplaced instruction, where the instruction is. */
function placed(instruction: Instruction, range: TextRange | null): TextRange | null {
  return range === null ? null : shiftRange(range, instruction.range.from - instruction.unplaced.range.from)
}

const mainContext: DraftSource = { kind: 'context', name: '' }
const fromMainContext: { source: DraftSource; problem: ReferenceProblem | null } = {
  source: mainContext,
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
