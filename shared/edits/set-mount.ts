import type { Analysis } from '../analysis.ts'
import { flagValueRange } from '../dockerfile/flags.ts'
import { mountFields } from '../dockerfile/mounts.ts'
import { parseDockerfile } from '../dockerfile/parse.ts'
import type { Flag, Instruction } from '../dockerfile/syntax.ts'
import { applyEdits, type TextEdit } from '../text/text-edit.ts'
import { refused, type EditOutcome } from './edit-outcome.ts'
import { flagValue, withFlags, withoutFlag } from './flag-edits.ts'
import { notAStep, stepAt, withStepEdits } from './step-edits.ts'

/** Keys of a mount: a text, true for a key alone (`readonly`), null to take it away. What is left out stays. */
export type MountChanges = Readonly<Record<string, string | true | null>>

/** Keys that mean the same to BuildKit; the one that is written stays. */
const aliases: readonly (readonly string[])[] = [
  ['source', 'src'],
  ['target', 'dst', 'destination'],
  ['readonly', 'ro'],
  ['readwrite', 'rw'],
]

/** Writes one more `--mount` into a RUN, given by its index among the file's instructions, also within ONBUILD. */
export function addMount(analysis: Analysis, instruction: number, fields: MountChanges): EditOutcome {
  const found = runAt(analysis, instruction)
  if (found.kind === 'refused') return found
  const value = changedFields([], fields).join(',')
  if (hasComma(fields)) return unwritable(fields)
  if (value === '') return refused('Say what to mount: a mount needs a type or a target.')
  const flag = mountFlag(value)
  if (flag === null) return unwritable(fields)
  return withStepEdits(analysis, found.step, [withFlags(found.run, found.run.flags, [flag])])
}

/** Changes keys of the `at`th mount of a RUN, from 0. */
export function setMount(analysis: Analysis, instruction: number, at: number, changes: MountChanges): EditOutcome {
  const found = mountAt(analysis, instruction, at)
  if (found.kind === 'refused') return found
  if (hasComma(changes)) return unwritable(changes)
  const { step, run, flag } = found
  const before = flag.value ?? ''
  const after = changedFields(writtenFields(before), changes).join(',')
  if (after === before) return withStepEdits(analysis, step, [])
  if (after === '') return refused('Nothing would be left of that mount: take it away as a whole.')
  const whole = mountFlag(after)
  const candidates = [
    valueEdit(run, flag, before, after),
    ...(whole === null ? [] : [{ ...flag.range, insert: whole }]),
  ]
  const edit = candidates.find(each => mountAfter(analysis, step, each, at) === after)
  return edit === undefined ? unwritable(changes) : withStepEdits(analysis, step, [edit])
}

/** Takes the `at`th mount of a RUN away, from 0. */
export function removeMount(analysis: Analysis, instruction: number, at: number): EditOutcome {
  const found = mountAt(analysis, instruction, at)
  if (found.kind === 'refused') return found
  return withStepEdits(analysis, found.step, [withoutFlag(analysis.file, found.step, found.flag)])
}

type Refusal = Extract<EditOutcome, { kind: 'refused' }>

function runAt(
  analysis: Analysis,
  instruction: number,
): Refusal | { readonly kind: 'run'; readonly step: Instruction; readonly run: Instruction } {
  const found = stepAt(analysis, instruction)
  if (found === null) return { kind: 'refused', reason: notAStep }
  const { step } = found
  const run = step.trigger ?? step
  return run.keyword === 'RUN'
    ? { kind: 'run', step, run }
    : { kind: 'refused', reason: `Line ${step.line} is no RUN, and only a RUN has mounts.` }
}

function mountAt(
  analysis: Analysis,
  instruction: number,
  at: number,
): Refusal | { readonly kind: 'mount'; readonly step: Instruction; readonly run: Instruction; readonly flag: Flag } {
  const found = runAt(analysis, instruction)
  if (found.kind === 'refused') return found
  const flag = mountsOf(found.run)[at]
  return flag === undefined
    ? { kind: 'refused', reason: `Line ${found.step.line} has no such mount.` }
    : { ...found, kind: 'mount', flag }
}

function mountsOf(run: Instruction): readonly Flag[] {
  return run.flags.filter(flag => flag.name === 'mount')
}

interface WrittenField {
  /** As written. */
  readonly key: string
  readonly text: string
}

/** The fields with the quotes around them. */
function writtenFields(value: string): readonly WrittenField[] {
  let start = 0
  return mountFields(value).map(field => {
    const comma = value.indexOf(',', field.valueTo)
    const text = value.slice(start, comma < 0 ? value.length : comma)
    start += text.length + 1
    return { key: field.text.slice(0, field.key.length), text }
  })
}

/** New keys stand behind the others, `type` before all: BuildKit reads some keys by the type so far. */
function changedFields(fields: readonly WrittenField[], changes: MountChanges): readonly string[] {
  const list = fields.slice()
  for (const [key, value] of Object.entries(changes)) {
    const names = aliases.find(each => each.includes(key)) ?? [key]
    const at = list.findLastIndex(field => names.includes(field.key.toLowerCase()))
    if (value === null) list.splice(0, list.length, ...list.filter(field => !names.includes(field.key.toLowerCase())))
    else {
      const written = list[at]?.key ?? key
      const field = { key: written, text: value === true ? written : `${written}=${value}` }
      if (at >= 0) list[at] = field
      else if (key === 'type') list.unshift(field)
      else list.push(field)
    }
  }
  return list.map(field => field.text)
}

/** Only what differs, as one piece. */
function valueEdit(run: Instruction, flag: Flag, before: string, after: string): TextEdit {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start += 1
  let end = 0
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end += 1
  const insert = after.slice(start, after.length - end)
  const to = before.length - end
  if (to > start || start === 0) return { ...flagValueRange(run, flag, start, to), insert }
  // Behind the character before it, and so before a closing quote.
  const place = flagValueRange(run, flag, start - 1, start).to
  return { from: place, to: place, insert }
}

function mountFlag(value: string): string | null {
  const written = flagValue(value)
  return written === null ? null : `--mount=${written}`
}

/** What BuildKit would read as the mount then; null where the line would be another one. */
function mountAfter(analysis: Analysis, step: Instruction, edit: TextEdit, at: number): string | null {
  const { from } = step.range
  const raw = applyEdits(step.raw, [{ from: edit.from - from, to: edit.to - from, insert: edit.insert }])
  const escape = analysis.file.escape === '\\' ? '' : `# escape=${analysis.file.escape}\n`
  const [read] = parseDockerfile(escape + raw).instructions
  return read === undefined ? null : (mountsOf(read.trigger ?? read)[at]?.value ?? null)
}

/** A comma would part one key from the next. */
function hasComma(changes: MountChanges): boolean {
  return Object.values(changes).some(value => typeof value === 'string' && value.includes(','))
}

function unwritable(changes: MountChanges): EditOutcome {
  const values = Object.values(changes).filter(value => typeof value === 'string')
  return refused(
    `${values.map(value => `\`${value}\``).join(', ')} cannot stand in a mount: leave out quotes, commas, \`\\\` and line breaks.`,
  )
}
