import type { BuildInputs } from '../analysis.ts'
import { readHeredocWord } from '../dockerfile/heredocs.ts'
import { mountFields } from '../dockerfile/mounts.ts'
import { isPlainWord, lex } from '../dockerfile/shell-lexer.ts'
import type { Dockerfile, Instruction, Word } from '../dockerfile/syntax.ts'
import type { Surroundings } from '../surroundings.ts'
import type { TextRange } from '../text/text-edit.ts'
import { heldBase, triggersOf } from './base-images.ts'
import type { GlobalValues } from './global-arguments.ts'
import { isReadAlike, type StageDraft } from './stage-drafts.ts'
import { Scope } from './scope.ts'

/** A word of an instruction with something in it to resolve. */
export interface ExpandedWord {
  /** As written, quotes and variables and all. */
  readonly written: string
  readonly range: TextRange
  readonly text: string
  /** `text` parted at white space that was not quoted. */
  readonly words: readonly string[]
  readonly unset: readonly UnsetVariable[]
}

/** A variable that nothing before its use has set, and the names of those that are. */
export interface UnsetVariable {
  readonly name: string
  readonly known: readonly string[]
}

/** An instruction as it runs in a stage, with its words as they are at that place. */
export interface BuiltInstruction {
  readonly instruction: Instruction
  /** What BuildKit reports at: the instruction itself, or the child's FROM for a trigger. */
  readonly origin: Instruction
  /** Words without quotes, escapes and variables are left out. */
  readonly expanded: readonly ExpandedWord[]
}

/** What all stages of a file are built with. */
export interface BuildFrame {
  readonly escape: Dockerfile['escape']
  readonly inputs: BuildInputs
  readonly globals: GlobalValues
  readonly surroundings: Surroundings
}

/** What runs when a stage is built. */
export interface BuiltStage {
  /** As it was when the stage was last built anew: since then it may have moved. */
  readonly draft: StageDraft
  /** The stage that it stands on. */
  readonly parent: BuiltStage | null
  /** The variables behind its last step. */
  readonly scope: Scope
  /** Triggers of the base stage, or of the image where it is known, first. Empty where a build context takes the stage's place. */
  readonly instructions: readonly BuiltInstruction[]
  /** False where a build context lies below, or an image that the engine does not hold: no text tells their ENV. */
  readonly baseIsKnown: boolean
  readonly system: 'linux' | 'windows'
}

const nothing: readonly never[] = []

/** Arguments that BuildKit takes for itself: they set no variable and are never missed. */
export const silentArguments: ReadonlySet<string> = new Set(['BUILDKIT_SBOM_SCAN_CONTEXT', 'BUILDKIT_SBOM_SCAN_STAGE'])

/**
 * Follows ARG and ENV through every stage, as BuildKit does when it builds them all. Stages of `before`, which was made
 * with the same frame, are taken over where nothing in them and below them changed.
 */
export function builtStages(
  frame: BuildFrame,
  drafts: readonly StageDraft[],
  before: (index: number) => BuiltStage | undefined = () => undefined,
): BuiltStage[] {
  const walk = new Walk(frame)
  const stages: BuiltStage[] = []
  for (const draft of drafts) {
    const parent = draft.baseSource.kind === 'stage' ? (stages[draft.baseSource.index] ?? null) : null
    const old = before(draft.index)
    const isKept = old?.parent === parent && isReadAlike(old.draft, draft)
    stages.push(isKept ? old : built(walk, draft, parent, frame.inputs.images))
  }
  return stages
}

function built(walk: Walk, draft: StageDraft, parent: BuiltStage | null, images: BuildInputs['images']): BuiltStage {
  const scope = new Scope(parent?.scope ?? null)
  // Images that set nothing themselves have a PATH all the same.
  if (parent === null) scope.set('PATH', '')
  const image = heldBase(draft, images)
  for (const variable of image?.environment ?? nothing) scope.set(...nameAndValue(variable))
  const instructions: BuiltInstruction[] = []
  if (!draft.replacedByContext) {
    for (const trigger of image === null ? nothing : triggersOf(image))
      instructions.push(walk.step(trigger, draft.from, scope))
    for (const { trigger } of parent?.draft.instructions ?? nothing)
      if (trigger !== null) instructions.push(walk.step(trigger, draft.from, scope))
    for (const instruction of draft.instructions) instructions.push(walk.step(instruction, instruction, scope))
  }
  return {
    draft,
    parent,
    scope,
    instructions,
    baseIsKnown: parent?.baseIsKnown ?? (image !== null || draft.baseSource.kind === 'scratch'),
    system: draft.resolvedPlatform?.system === 'windows' ? 'windows' : 'linux',
  }
}

/**
 * Something that a stage takes over from the one below and passes on, worked out once for each: `step` gets what the
 * stage below passes on, null where there is none.
 */
export function passedOn<T extends object | string | boolean>(
  step: (below: T | null, stage: BuiltStage) => T,
): (stage: BuiltStage) => T {
  const known = new WeakMap<BuiltStage, T>()
  return stage => {
    const unknown: BuiltStage[] = []
    let found: T | null = null
    for (let at: BuiltStage | null = stage; at !== null && found === null; at = at.parent) {
      found = known.get(at) ?? null
      if (found === null) unknown.push(at)
    }
    for (let at = unknown.pop(); at !== undefined; at = unknown.pop()) {
      found = step(found, at)
      known.set(at, found)
    }
    return found ?? step(null, stage)
  }
}

function nameAndValue(variable: string): [string, string] {
  const equals = variable.indexOf('=')
  return equals < 0 ? [variable, ''] : [variable.slice(0, equals), variable.slice(equals + 1)]
}

class Walk {
  private readonly escape: string
  private readonly given: ReadonlyMap<string, string>
  private readonly globals: BuildFrame['globals']

  constructor({ escape, inputs, globals }: BuildFrame) {
    this.escape = escape
    this.given = new Map(Object.entries(inputs.buildArgs))
    this.globals = globals
  }

  /** Resolves the instruction's words in `scope`, and puts there what it sets. */
  step(instruction: Instruction, origin: Instruction, scope: Scope): BuiltInstruction {
    const expanded: ExpandedWord[] = []
    switch (instruction.keyword) {
      case 'ARG':
        this.declare(instruction, scope, expanded)
        break
      case 'ENV':
      case 'LABEL': {
        const set: [string, string][] = []
        for (const { key, value } of instruction.pairs) {
          const name = this.expand(key, scope, expanded)
          set.push([name, value === null ? '' : this.expand(value, scope, expanded)])
        }
        // All of them are resolved before any of them is set.
        if (instruction.keyword === 'ENV') for (const [name, value] of set) scope.set(name, value)
        break
      }
      case 'ADD':
      case 'COPY':
        this.expandCopy(instruction, scope, expanded)
        break
      case 'RUN':
        for (const { name, value, range } of instruction.flags)
          if (name === 'mount' && value !== null && value.includes('$'))
            for (const field of mountFields(value))
              if (field.value !== null) this.expand({ text: field.value, range }, scope, expanded)
        break
      case 'EXPOSE':
      case 'STOPSIGNAL':
      case 'USER':
      case 'VOLUME':
      case 'WORKDIR':
        for (const word of instruction.arguments) this.expand(word, scope, expanded)
        break
      default:
        break
    }
    return { instruction, origin, expanded: expanded.length === 0 ? nothing : expanded }
  }

  /** ARG takes its value from the build's arguments, its default, or the ARG of that name before the first FROM. */
  private declare(instruction: Instruction, scope: Scope, expanded: ExpandedWord[]): void {
    for (const { key, value } of instruction.pairs) {
      const name = key.text
      const argument =
        this.given.get(name) ?? (value === null ? this.globals.values.get(name) : this.expand(value, scope, expanded))
      if (argument !== undefined && !silentArguments.has(name)) scope.set(name, argument)
      scope.declare(name)
    }
  }

  private expandCopy(instruction: Instruction, scope: Scope, expanded: ExpandedWord[]): void {
    for (const { name, value, range } of instruction.flags)
      if (value !== null && (name === 'chown' || name === 'chmod' || (name === 'checksum' && isAdd(instruction))))
        this.expand({ text: value, range }, scope, expanded)
    for (const word of instruction.arguments)
      if (instruction.heredocs.length === 0 || readHeredocWord(word.text) === null) this.expand(word, scope, expanded)
    for (const { expand, content, body } of instruction.heredocs)
      if (expand && content.includes('$')) {
        // Quotes mean nothing in a body, and what they would hide is expanded.
        const text = content.replaceAll("'", ' ').replaceAll('"', ' ')
        this.expandWith('\\', { text, range: body }, scope, expanded)
      }
  }

  private expand(word: Word, scope: Scope, expanded: ExpandedWord[]): string {
    return this.expandWith(this.escape, word, scope, expanded)
  }

  private expandWith(escape: string, word: Word, scope: Scope, expanded: ExpandedWord[]): string {
    if (isPlainWord(word.text, escape)) return word.text
    const result = lex(word.text, { escape, lookUp: name => scope.get(name) })
    // What cannot be read is another rule's to tell, but for the variables in it.
    const unread = { text: word.text, words: nothing }
    const { text, words } = result.kind === 'lexed' ? result.lexed : unread
    const { unmatched } = result.kind === 'lexed' ? result.lexed : result
    const unset = unmatched.filter(name => !scope.isDeclared(name) && !silentArguments.has(name))
    const names = unset.length === 0 ? nothing : scope.names()
    expanded.push({
      written: word.text,
      range: word.range,
      text,
      words: words.map(part => part.text),
      unset: unset.length === 0 ? nothing : unset.map(name => ({ name, known: names })),
    })
    return text
  }
}

function isAdd(instruction: Instruction): boolean {
  return instruction.keyword === 'ADD'
}

/** The word at `index` as it is when the instruction runs. */
export function expandedArgument({ instruction, expanded }: BuiltInstruction, index: number): string {
  const word = instruction.arguments[index]
  if (word === undefined) return ''
  const found = expanded.find(({ range, written }) => range.from === word.range.from && written === word.text)
  return found?.text ?? word.text
}
