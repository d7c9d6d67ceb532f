import type { BuildInputs } from '../analysis.ts'
import type { Dockerfile, Instruction } from '../dockerfile/syntax.ts'
import { shiftRange } from '../dockerfile/placed-instruction.ts'
import type { PlacedSection, Section } from '../dockerfile/section.ts'
import { expandWord } from '../dockerfile/variables.ts'
import type { TextRange } from '../text/text-edit.ts'
import { sameValues, type GlobalArguments } from './global-arguments.ts'
import { referenceProblem } from './image-reference.ts'
import { readPlatform, type Platform } from './platforms.ts'

/** Where something comes from, with stages by index: ids are given later. */
export type DraftSource =
  | { readonly kind: 'stage'; readonly index: number }
  | { readonly kind: 'image'; readonly reference: string }
  | { readonly kind: 'scratch' }
  | { readonly kind: 'context'; readonly name: string }
  | { readonly kind: 'unresolved'; readonly text: string }

/** What a FROM says, wherever it stands. */
interface StageMeaning {
  readonly index: number
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
}

/** A FROM and what belongs to it. */
export class StageDraft implements StageMeaning {
  readonly place: PlacedSection
  private readonly meaning: StageMeaning
  private own: readonly Instruction[] | null = null

  constructor(place: PlacedSection, meaning: StageMeaning) {
    this.place = place
    this.meaning = meaning
  }

  /** The same, where it is now. */
  at(place: PlacedSection): StageDraft {
    return place === this.place ? this : new StageDraft(place, this.meaning)
  }

  /** One object as long as nothing that is written in the stage changes, wherever it stands. */
  get written(): Section {
    return this.place.section
  }

  get from(): Instruction {
    return this.place.instructions[0] ?? noFrom(this.place)
  }

  /** Known without placing the stage's instructions. */
  get fromRange(): TextRange {
    return shiftRange(this.place.section.passages[0]?.range ?? noFrom(this.place), this.place.offset)
  }

  /** Line of the FROM. */
  get line(): number {
    return this.place.lines + (this.place.section.passages[0]?.line ?? noFrom(this.place))
  }

  /** The stage's own instructions, the FROM not among them. */
  get instructions(): readonly Instruction[] {
    return (this.own ??= this.place.instructions.slice(1))
  }

  get index(): number {
    return this.meaning.index
  }

  get name(): string {
    return this.meaning.name
  }

  get writtenName(): string | null {
    return this.meaning.writtenName
  }

  get writtenBase(): string {
    return this.meaning.writtenBase
  }

  get base(): string {
    return this.meaning.base
  }

  get baseSource(): DraftSource {
    return this.meaning.baseSource
  }

  get baseProblem(): BaseProblem | null {
    return this.meaning.baseProblem
  }

  get platform(): string | null {
    return this.meaning.platform
  }

  get resolvedPlatform(): Platform | null {
    return this.meaning.resolvedPlatform
  }

  get replacedByContext(): boolean {
    return this.meaning.replacedByContext
  }
}

export interface BaseProblem {
  readonly kind: 'needs-value' | 'blank' | 'not-expandable' | 'invalid-reference'
  readonly message: string
  /** Names of arguments that are declared without a value. */
  readonly missing: readonly string[]
}

function noFrom({ offset }: PlacedSection): never {
  throw new RangeError(`No FROM stands at offset ${offset}.`)
}

/** The stages of a file. Those of `before`, which was made with the same inputs but for build arguments, are taken over where they are the same. */
export function stageDrafts(
  file: Dockerfile,
  inputs: BuildInputs,
  globals: GlobalArguments,
  before: { readonly drafts: readonly StageDraft[]; readonly globals: GlobalArguments } | null,
): StageDraft[] {
  const drafts: StageDraft[] = []
  const earlier = new EarlierStages(drafts)
  const globalsAreSame = before !== null && sameValues(before.globals, globals)
  let namesAreSame = true
  for (const place of file.sections.slice(1)) {
    const old: StageDraft | undefined = before?.drafts[drafts.length]
    const known = old?.written === place.section ? old : null
    const isSame =
      known !== null &&
      (globalsAreSame || !hasVariables(known)) &&
      isResolvedAlike(known, drafts, namesAreSame ? null : earlier)
    const read = isSame ? known : readFrom(place, drafts, file, inputs, globals, earlier)
    const draft: StageDraft = known !== null && meansTheSame(known, read) ? known.at(place) : read
    drafts.push(draft)
    namesAreSame &&= draft.name === old?.name
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

function hasVariables({ writtenBase, platform }: StageDraft): boolean {
  return writtenBase.includes('$') || platform?.includes('$') === true
}

/** Whether two readings of one FROM come to the same base. */
function meansTheSame(a: StageDraft, b: StageDraft): boolean {
  if (a === b) return true
  const isSameSource =
    a.baseSource.kind === 'stage'
      ? b.baseSource.kind === 'stage' && a.baseSource.index === b.baseSource.index
      : a.baseSource.kind === b.baseSource.kind
  const isRefused = a.baseProblem !== null || b.baseProblem !== null
  return isSameSource && !isRefused && a.base === b.base && a.resolvedPlatform === b.resolvedPlatform
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

function readFrom(
  place: PlacedSection,
  drafts: readonly StageDraft[],
  file: Dockerfile,
  inputs: BuildInputs,
  globals: GlobalArguments,
  earlier: EarlierStages,
): StageDraft {
  const { arguments: words, flags } = (place.section.passages[0] ?? noFrom(place)).unplaced
  const writtenBase = words[0]?.text ?? ''
  const writtenName = words[1]?.text.toLowerCase() === 'as' ? (words[2]?.text ?? null) : null
  const name = writtenName?.toLowerCase() ?? ''
  const platform = flags.find(flag => flag.name === 'platform')?.value ?? null
  const replacedByContext = name !== '' && name !== 'scratch' && name !== 'context' && hasContext(inputs, name)
  const { base, baseSource, baseProblem } = resolveBase(writtenBase, file, inputs, globals, earlier)
  return new StageDraft(place, {
    index: drafts.length,
    name,
    writtenName,
    writtenBase,
    base,
    baseSource: replacedByContext ? { kind: 'context', name } : baseSource,
    baseProblem,
    platform,
    // FROM a stage takes that stage's, whatever is written.
    resolvedPlatform:
      baseSource.kind === 'stage'
        ? (drafts[baseSource.index]?.resolvedPlatform ?? null)
        : resolvePlatform(platform ?? '', file, inputs, globals),
    replacedByContext,
  })
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

export function hasContext(inputs: BuildInputs, name: string): boolean {
  return inputs.namedContexts.some(context => isSameContext(context, name))
}

/** Contexts are named like images: `golang` and `golang:latest` are the same. */
export function isSameContext(one: string, other: string): boolean {
  return withoutLatest(one.toLowerCase()) === withoutLatest(other.toLowerCase())
}

function withoutLatest(name: string): string {
  return name.endsWith(':latest') ? name.slice(0, -':latest'.length) : name
}
