import type { Analysis } from '../analysis.ts'
import { knownFlags } from '../dockerfile/keywords.ts'
import type { Dockerfile, Flag, Instruction } from '../dockerfile/syntax.ts'
import type { TextEdit } from '../text/text-edit.ts'
import { refused, type EditOutcome } from './edit-outcome.ts'
import { flagValue, withFlags, withoutFlag } from './flag-edits.ts'
import { notAStep, stepAt, withStepEdits } from './step-edits.ts'

/**
 * Flags by their names: a text or null for none, on or off for a switch, all values there are to be for a list. What is
 * left out stays as it is.
 */
export type FlagChanges = Readonly<Record<string, string | boolean | readonly string[] | null | undefined>>

/** Adds, changes and takes away flags of a step, given by its index among the file's instructions, also within ONBUILD. */
export function setFlags(analysis: Analysis, instruction: number, changes: FlagChanges): EditOutcome {
  const found = stepAt(analysis, instruction)
  if (found === null) return refused(notAStep)
  const effective = found.step.trigger ?? found.step
  const reason = flagsRefusal(effective, changes)
  if (reason !== null) return refused(reason)
  return withStepEdits(analysis, found.step, flagEdits(analysis.file, effective, changes))
}

/** Why the instruction cannot have such flags, or null. */
export function flagsRefusal(instruction: Instruction, changes: FlagChanges): string | null {
  const known = knownFlags(instruction.keyword)
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) continue
    const type = known?.get(name)
    if (type === undefined) return `${instruction.keyword} has no --${name}.`
    const fits = type === 'switch' ? typeof value === 'boolean' : type === 'list' ? Array.isArray(value) : isText(value)
    if (!fits) return `--${name} takes ${type === 'switch' ? 'on or off' : type === 'list' ? 'a list' : 'one value'}.`
    const texts = typeof value === 'string' ? [value] : isList(value) ? value : []
    const odd = texts.find(text => flagValue(text) === null)
    if (odd !== undefined)
      return `\`${odd}\` cannot be the value of a flag: it must not be empty or hold quotes, \`\\\` or line breaks.`
  }
  return null
}

function isText(value: FlagChanges[string]): boolean {
  return value === null || typeof value === 'string'
}

function isList(value: FlagChanges[string]): value is readonly string[] {
  return Array.isArray(value)
}

/** The flags that go, those that change their value in place, and behind the rest those that come. */
export function flagEdits(file: Dockerfile, instruction: Instruction, changes: FlagChanges): readonly TextEdit[] {
  const gone: Flag[] = []
  const changed: TextEdit[] = []
  const added: string[] = []
  for (const [name, value] of Object.entries(changes)) {
    const flags = instruction.flags.filter(flag => flag.name === name)
    const [flag] = flags
    if (value === undefined) continue
    if (isList(value)) {
      gone.push(...flags.filter(each => !value.includes(each.value ?? '')))
      const written = flags.map(each => each.value)
      added.push(...value.filter(each => !written.includes(each)).map(each => withValue(name, each)))
    } else if (value === null || value === false) {
      if (value === null || isOn(flag)) gone.push(...flags)
    } else if (flag === undefined) added.push(withValue(name, value))
    else if (value === true ? !isOn(flag) : flag.value !== value)
      changed.push({ ...flag.range, insert: withValue(name, value) })
  }
  const kept = instruction.flags.filter(flag => !gone.includes(flag))
  return [
    ...gone.map(flag => withoutFlag(file, instruction, flag)),
    ...changed,
    ...(added.length === 0 ? [] : [withFlags(instruction, kept, added)]),
  ]
}

function isOn(flag: Flag | undefined): boolean {
  return flag !== undefined && flag.value?.toLowerCase() !== 'false'
}

function withValue(name: string, value: string | true): string {
  return value === true ? `--${name}` : `--${name}=${flagValue(value) ?? ''}`
}
