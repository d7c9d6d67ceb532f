import type { BuildInputs } from '../analysis.ts'
import type { Dockerfile, Instruction } from '../dockerfile/syntax.ts'
import { saysTheSame } from '../dockerfile/placed-instruction.ts'
import { expandWord } from '../dockerfile/variables.ts'
import type { GlobalArguments } from './global-arguments.ts'
import { referenceProblem } from './image-reference.ts'
import { readPlatform, type Platform } from './platforms.ts'

/** Where something comes from, with stages by index: ids are given later. */
export type DraftSource =
  | { readonly kind: 'stage'; readonly index: number }
  | { readonly kind: 'image'; readonly reference: string }
  | { readonly kind: 'scratch' }
  | { readonly kind: 'context'; readonly name: string }
  | { readonly kind: 'unresolved'; readonly text: string }

/** A FROM and what belongs to it. */
export interface StageDraft {
  readonly index: number
  readonly from: Instruction
  /** The stage's own instructions, the FROM not among them. */
  readonly instructions: readonly Instruction[]
  /** Lower case; '' for an unnamed stage. */
  readonly name: string
  readonly writtenName: string | null
  readonly writtenBase: string
  readonly base: string
  readonly baseSource: DraftSource
  readonly baseProblem: BaseProblem | null
  /** As written in --platform; null where there is none. */
  readonly platform: string | null
  /** What it is built for; null where --platform cannot be read. */
  readonly resolvedPlatform: Platform | null
  /** A build context of the stage's name takes its place: its own instructions do not run. */
  readonly replacedByContext: boolean
  /** One object as long as nothing that is written in the stage changes, wherever it stands. */
  readonly written: object
}

export interface BaseProblem {
  readonly kind: 'needs-value' | 'blank' | 'not-expandable' | 'invalid-reference'
  readonly message: string
  /** Names of arguments that are declared without a value. */
  readonly missing: readonly string[]
}

/** The stages of a file. Those of `before`, which was made with the same inputs and arguments, are taken over where they are the same. */
export function stageDrafts(
  file: Dockerfile,
  inputs: BuildInputs,
  globals: GlobalArguments,
  before: readonly StageDraft[],
): StageDraft[] {
  const { instructions } = file
  const drafts: StageDraft[] = []
  const earlier = new EarlierStages(drafts)
  let namesAreSame = true
  let start = instructions.findIndex(({ keyword }) => keyword === 'FROM')
  for (let from = instructions[start]; from !== undefined; from = instructions[start]) {
    let end = start + 1
    while (end < instructions.length && instructions[end]?.keyword !== 'FROM') end++
    const own = instructions.slice(start + 1, end)
    const old = before[drafts.length]
    const written = old !== undefined && isWrittenAlike(old, from, own) ? old.written : {}
    const draft: StageDraft =
      old?.written === written && isResolvedAlike(old, drafts, namesAreSame ? null : earlier)
        ? placedAt(old, from, own)
        : readFrom(from, own, written, drafts, file, inputs, globals, earlier)
    drafts.push(draft)
    namesAreSame &&= draft.name === old?.name
    start = end
  }
  return drafts
}

/** Stages by name while they are being read, the last one of each. */
class EarlierStages {
  private readonly drafts: readonly StageDraft[]
  private readonly indexByName = new Map<string, number>()
  private known = 0

  constructor(drafts: readonly StageDraft[]) {
    this.drafts = drafts
  }

  get(name: string): number | undefined {
    for (; this.known < this.drafts.length; this.known++) {
      const draft = this.drafts[this.known]
      if (draft !== undefined && draft.name !== '') this.indexByName.set(draft.name, this.known)
    }
    return this.indexByName.get(name)
  }
}

function isWrittenAlike(old: StageDraft, from: Instruction, instructions: readonly Instruction[]): boolean {
  return (
    saysTheSame(old.from, from) &&
    old.instructions.length === instructions.length &&
    instructions.every((instruction, index) => saysTheSame(instruction, old.instructions[index] ?? from))
  )
}

/** Whether the base is still the same stage of the same platform, or still none. `earlier` is null where no name changed. */
function isResolvedAlike(
  { base, baseSource, resolvedPlatform, replacedByContext }: StageDraft,
  drafts: readonly StageDraft[],
  earlier: EarlierStages | null,
): boolean {
  if (replacedByContext) return false
  const index = baseSource.kind === 'stage' ? baseSource.index : undefined
  if (earlier !== null && earlier.get(base) !== index) return false
  return index === undefined || drafts[index]?.resolvedPlatform === resolvedPlatform
}

/** Whether nothing but its place has changed. */
export function isReadAlike(old: StageDraft | undefined, draft: StageDraft | undefined): boolean {
  return old?.written === draft?.written && old?.baseSource === draft?.baseSource
}

function placedAt(old: StageDraft, from: Instruction, instructions: readonly Instruction[]): StageDraft {
  return old.from === from && instructions.every((instruction, index) => instruction === old.instructions[index])
    ? old
    : { ...old, from, instructions }
}

function readFrom(
  from: Instruction,
  instructions: readonly Instruction[],
  written: object,
  drafts: readonly StageDraft[],
  file: Dockerfile,
  inputs: BuildInputs,
  globals: GlobalArguments,
  earlier: EarlierStages,
): StageDraft {
  const { arguments: words, flags } = from.unplaced
  const writtenBase = words[0]?.text ?? ''
  const writtenName = words[1]?.text.toLowerCase() === 'as' ? (words[2]?.text ?? null) : null
  const name = writtenName?.toLowerCase() ?? ''
  const platform = flags.find(flag => flag.name === 'platform')?.value ?? null
  const replacedByContext = name !== '' && name !== 'scratch' && name !== 'context' && hasContext(inputs, name)
  const resolved = resolveBase(writtenBase, file, inputs, globals, earlier)
  const { baseSource } = resolved
  return {
    index: drafts.length,
    from,
    instructions,
    name,
    writtenName,
    writtenBase,
    platform,
    // FROM a stage takes that stage's, whatever is written.
    resolvedPlatform:
      baseSource.kind === 'stage'
        ? (drafts[baseSource.index]?.resolvedPlatform ?? null)
        : resolvePlatform(platform ?? '', file, inputs, globals),
    replacedByContext,
    ...resolved,
    baseSource: replacedByContext ? { kind: 'context', name } : baseSource,
    written,
  }
}

function resolvePlatform(
  written: string,
  file: Dockerfile,
  { buildPlatform, targetPlatform }: BuildInputs,
  globals: GlobalArguments,
): Platform | null {
  if (written === '') return targetPlatform ?? buildPlatform
  const result = expandWord(written, globals.values, file.escape)
  const read = result.kind === 'lexed' ? readPlatform(result.lexed.text, buildPlatform) : result
  return read.kind === 'platform' ? read.platform : null
}

function resolveBase(
  written: string,
  file: Dockerfile,
  inputs: BuildInputs,
  globals: GlobalArguments,
  earlier: EarlierStages,
): Pick<StageDraft, 'base' | 'baseSource' | 'baseProblem'> {
  const unresolved = { kind: 'unresolved', text: written } as const
  const result = expandWord(written, globals.values, file.escape)
  if (result.kind === 'failed') {
    const baseProblem = { kind: 'not-expandable', message: result.message, missing: [] } as const
    return { base: written, baseSource: unresolved, baseProblem }
  }
  const base = result.lexed.text
  const missing = result.lexed.unmatched.filter(name => globals.declared.has(name))
  if (base === '') {
    const message = `base name (${written}) should not be blank`
    return {
      base: written,
      baseSource: unresolved,
      baseProblem: { kind: missing.length > 0 ? 'needs-value' : 'blank', message, missing },
    }
  }
  const index = earlier.get(base)
  if (index !== undefined) return { base, baseSource: { kind: 'stage', index }, baseProblem: null }
  const outside = sourceOutside(base, inputs)
  if (typeof outside !== 'string') return { base, baseSource: outside, baseProblem: null }
  const message = `failed to parse stage name "${base}": ${outside}`
  const kind = missing.length > 0 ? 'needs-value' : 'invalid-reference'
  return { base, baseSource: unresolved, baseProblem: { kind, message, missing } }
}

/** What a base means that no stage bears the name of; what is wrong with it where it is no image either. */
export function sourceOutside(base: string, inputs: BuildInputs): Exclude<DraftSource, { kind: 'stage' }> | string {
  if (base === 'scratch') return { kind: 'scratch' }
  if (hasContext(inputs, base)) return { kind: 'context', name: base }
  return referenceProblem(base) ?? { kind: 'image', reference: base }
}

/** Contexts are named like images: `golang` and `golang:latest` are the same. */
export function hasContext(inputs: BuildInputs, name: string): boolean {
  if (inputs.namedContexts.length === 0) return false
  const plain = withoutLatest(name.toLowerCase())
  return inputs.namedContexts.some(context => withoutLatest(context.toLowerCase()) === plain)
}

function withoutLatest(name: string): string {
  return name.endsWith(':latest') ? name.slice(0, -':latest'.length) : name
}
