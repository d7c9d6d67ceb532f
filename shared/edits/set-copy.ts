import type { Analysis } from '../analysis.ts'
import { knownFlags } from '../dockerfile/keywords.ts'
import type { Dockerfile, Flag, Instruction } from '../dockerfile/syntax.ts'
import type { TextEdit } from '../text/text-edit.ts'
import { applyEdits } from '../text/text-edit.ts'
import { areWords, pathList, pathRefusal } from './copy-line.ts'
import { withoutSource } from './disconnect.ts'
import { edits, refused, type EditOutcome } from './edit-outcome.ts'
import { flagValue, withFlags, withoutFlag } from './flag-edits.ts'
import { makerOf } from './references.ts'
import { merged } from './stage-text.ts'
import { notAStep, stepAt, withInstructions, writtenInstructions } from './step-edits.ts'

/** What is to change about a COPY or ADD; what is left out stays as it is. */
export interface CopyChanges {
  readonly sources?: readonly string[]
  readonly destination?: string
  /** Null takes the flag away, as for the next. */
  readonly chown?: string | null
  readonly chmod?: string | null
  readonly link?: boolean
  readonly parents?: boolean
  /** All patterns there are to be. */
  readonly exclude?: readonly string[]
}

/** Changes paths and flags of a COPY or ADD, given by its index among the file's instructions, also within ONBUILD. */
export function setCopy(analysis: Analysis, instruction: number, changes: CopyChanges): EditOutcome {
  const found = stepAt(analysis, instruction)
  if (found === null) return refused(notAStep)
  const { step } = found
  const copy = step.trigger ?? step
  if (copy.keyword !== 'COPY' && copy.keyword !== 'ADD') return refused(`Line ${step.line} is no COPY or ADD.`)
  if (copy.arguments.length < 2) return refused(`Line ${step.line} cannot be read: correct it first.`)
  const reason = pathsRefusal(step, copy, changes) ?? flagsRefusal(copy, changes)
  if (reason !== null) return refused(reason)
  const list = merged([...flagEdits(analysis.file, copy, changes), ...pathEdits(analysis.file, copy, changes)])
  const title = `Change ${copy.keyword} on line ${step.line}`
  if (list.length === 0) return edits(title, [])
  const { from } = step.range
  const raw = applyEdits(
    step.raw,
    list.map(edit => ({ from: edit.from - from, to: edit.to - from, insert: edit.insert })),
  )
  return withInstructions(
    analysis,
    { title, edits: list, changes: edge => makerOf(analysis, edge) === step },
    writtenInstructions(analysis.file).map((written, index) => (index === instruction ? raw : written)),
  )
}

function pathsRefusal(step: Instruction, copy: Instruction, changes: CopyChanges): string | null {
  const { sources, destination } = changes
  if (sources?.length === 0) return 'Say what to copy: there is no source path.'
  for (const source of sources ?? ['.']) {
    const reason = pathRefusal({ source, destination: destination ?? '.' })
    if (reason !== null) return reason
  }
  if (copy.heredocs.length === 0) return null
  if (sources !== undefined)
    return `Line ${step.line} writes files out of the Dockerfile itself: change it in the text.`
  return destination !== undefined && !areWords([destination.trim()], '\\')
    ? `\`${destination.trim()}\` cannot stand behind a heredoc: write it without blanks.`
    : null
}

function flagsRefusal(copy: Instruction, changes: CopyChanges): string | null {
  const known = knownFlags(copy.keyword)
  for (const name of ['chown', 'chmod', 'link', 'parents', 'exclude'] as const)
    if (changes[name] !== undefined && known?.has(name) !== true) return `${copy.keyword} has no --${name}.`
  for (const value of [changes.chown ?? null, changes.chmod ?? null, ...(changes.exclude ?? [])])
    if (value !== null && flagValue(value) === null)
      return `\`${value}\` cannot be the value of a flag: it must not be empty or hold quotes, \`\\\` or line breaks.`
  return null
}

/** The flags that go, those that change their value in place, and behind the rest those that come. */
function flagEdits(file: Dockerfile, copy: Instruction, changes: CopyChanges): readonly TextEdit[] {
  const gone: Flag[] = []
  const changed: TextEdit[] = []
  const added: string[] = []
  const named = (name: string) => copy.flags.filter(flag => flag.name === name)
  for (const name of ['chown', 'chmod'] as const) {
    const value = changes[name]
    const flags = named(name)
    const [flag] = flags
    if (value === undefined) continue
    if (value === null) gone.push(...flags)
    else if (flag === undefined) added.push(`--${name}=${flagValue(value) ?? ''}`)
    else if (flag.value !== value) changed.push({ ...flag.range, insert: `--${name}=${flagValue(value) ?? ''}` })
  }
  for (const name of ['link', 'parents'] as const) {
    const wanted = changes[name]
    const flags = named(name)
    const [flag] = flags
    if (wanted === undefined || (flag !== undefined && wanted === (flag.value?.toLowerCase() !== 'false'))) continue
    if (!wanted) gone.push(...flags)
    else if (flag === undefined) added.push(`--${name}`)
    else changed.push({ ...flag.range, insert: `--${name}` })
  }
  if (changes.exclude !== undefined) {
    const wanted = changes.exclude
    const patterns = named('exclude')
    gone.push(...patterns.filter(flag => !wanted.includes(flag.value ?? '')))
    const written = patterns.map(flag => flag.value)
    added.push(...wanted.filter(each => !written.includes(each)).map(each => `--exclude=${flagValue(each) ?? ''}`))
  }
  const kept = copy.flags.filter(flag => !gone.includes(flag))
  return [
    ...gone.map(flag => withoutFlag(file, copy, flag)),
    ...changed,
    ...(added.length === 0 ? [] : [withFlags(copy, kept, added)]),
  ]
}

function pathEdits(file: Dockerfile, copy: Instruction, changes: CopyChanges): readonly TextEdit[] {
  const words = copy.arguments.map(word => word.text)
  const sources = changes.sources?.map(path => path.trim()) ?? words.slice(0, -1)
  const destination = changes.destination?.trim() ?? words.at(-1) ?? ''
  const wanted = [...sources, destination]
  const isNew = (path: string) => !words.includes(path)
  const fits =
    copy.isJson ||
    !wanted.some(isNew) ||
    areWords(
      wanted.map(path => (isNew(path) ? path : '.')),
      file.escape,
    )
  const firstFits = copy.isJson || areWords([wanted[0] ?? '', '.'], file.escape) || wanted[0] === words[0]
  if (!fits || !firstFits) return [{ ...copy.argumentsRange, insert: pathList(wanted, file.escape) }]
  const written = (path: string) => (copy.isJson ? JSON.stringify(path) : path)
  const last = copy.arguments.at(-1)
  const end = last === undefined || last.text === destination ? [] : [{ ...last.range, insert: written(destination) }]
  return [...sourceEdits(file, copy, sources, written), ...end]
}

/** Word by word where as many stay, sources that only come or go as such, else all of them anew. */
function sourceEdits(
  file: Dockerfile,
  copy: Instruction,
  sources: readonly string[],
  written: (path: string) => string,
): readonly TextEdit[] {
  const old = copy.arguments.slice(0, -1)
  const separator = copy.isJson ? ', ' : ' '
  if (old.length === sources.length)
    return old.flatMap((word, at) => {
      const path = sources[at] ?? word.text
      return path === word.text ? [] : [{ ...word.range, insert: written(path) }]
    })
  const first = old[0]?.range.from ?? copy.argumentsRange.from
  const end = old.at(-1)?.range.to ?? first
  if (old.every((word, at) => word.text === sources[at])) {
    const added = sources.slice(old.length).map(path => separator + written(path))
    return [{ from: end, to: end, insert: added.join('') }]
  }
  const left = old.filter(word => sources.includes(word.text))
  if (left.length === sources.length && left.every((word, at) => word.text === sources[at]))
    return old.flatMap((word, at) => (left.includes(word) ? [] : [withoutSource(file, copy, at)]))
  return [{ from: first, to: end, insert: sources.map(written).join(separator) }]
}
