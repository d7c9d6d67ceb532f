import type { BuildInputs } from '../analysis.ts'
import { flagValueRange } from '../dockerfile/flags.ts'
import { readHeredocWord } from '../dockerfile/heredocs.ts'
import type { Dockerfile, Instruction } from '../dockerfile/syntax.ts'
import { expandWord } from '../dockerfile/variables.ts'
import type { TextRange } from '../text/text-edit.ts'
import { referenceProblem } from './image-reference.ts'
import { readMount } from '../dockerfile/mounts.ts'
import { hasContext, type DraftSource, type StageDraft } from './stage-drafts.ts'

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

/** Resolves everything that the stages read. Names stand for the last stage that bears them, wherever it is. */
export function collectReferences(file: Dockerfile, inputs: BuildInputs, drafts: readonly StageDraft[]): Reference[] {
  const indexByName = new Map<string, number>()
  for (const draft of drafts) if (draft.name !== '') indexByName.set(draft.name, draft.index)
  const resolver = new Resolver(file, inputs, drafts.length, indexByName)
  const references: Reference[] = []
  for (const draft of drafts) {
    if (draft.replacedByContext) continue
    if (draft.baseSource.kind === 'stage')
      for (const instruction of drafts[draft.baseSource.index]?.instructions ?? [])
        if (instruction.trigger !== null)
          references.push(...resolver.read(instruction.trigger, draft.index, draft.from, true))
    for (const instruction of draft.instructions)
      references.push(...resolver.read(instruction, draft.index, instruction, false))
  }
  return references
}

class Resolver {
  private readonly file: Dockerfile
  private readonly inputs: BuildInputs
  private readonly count: number
  private readonly indexByName: ReadonlyMap<string, number>

  constructor(file: Dockerfile, inputs: BuildInputs, count: number, indexByName: ReadonlyMap<string, number>) {
    this.file = file
    this.inputs = inputs
    this.count = count
    this.indexByName = indexByName
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
    const words = instruction.arguments
    const sources: string[] = []
    for (let index = 0; index < words.length - 1; index++) {
      const text = words[index]?.text ?? ''
      if (instruction.heredocs.length === 0 || readHeredocWord(text) === null) sources.push(text)
    }
    const destination = words.at(-1)?.text ?? ''
    const flag =
      instruction.keyword === 'COPY' ? instruction.flags.find(candidate => candidate.name === 'from') : undefined
    const text = flag?.value ?? ''
    if (text === '' && sources.length === 0) return []
    const { source, problem } = text === '' ? fromMainContext : this.resolveCopy(text)
    const sourceRange = onbuild ? null : (flag?.valueRange ?? null)
    const kind = text === '' ? 'context' : 'copy'
    return [{ kind, stage, source, text, sourceRange, sources, destination, origin, instruction, onbuild, problem }]
  }

  private resolveCopy(text: string): { source: DraftSource; problem: ReferenceProblem | null } {
    const expanded = expandWord(text, noVariables, this.file.escape)
    if (expanded.kind === 'failed' || expanded.lexed.text !== text)
      return { source: { kind: 'unresolved', text }, problem: { kind: 'variable', message: variableInFrom } }
    const index = readIndex(text)
    if (index === null) return this.resolveName(text)
    if (index < 0 || index >= this.count)
      return {
        source: { kind: 'unresolved', text },
        problem: { kind: 'invalid-index', message: `invalid stage index ${index}` },
      }
    return { source: { kind: 'stage', index: Math.abs(index) }, problem: null }
  }

  private resolveName(text: string): { source: DraftSource; problem: ReferenceProblem | null } {
    const index = this.indexByName.get(text.toLowerCase())
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
    for (const flag of instruction.flags) {
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
      const range = flagValueRange(instruction, flag, mount.from.valueFrom, mount.from.valueTo)
      references.push({ ...base, source, problem, text, sourceRange: onbuild ? null : range })
    }
    return references
  }
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
