import { addInstruction } from '../../shared/edits/add-instruction.ts'
import { moveInstruction, moveInstructionDown, moveInstructionUp } from '../../shared/edits/move-instruction.ts'
import { removeInstruction } from '../../shared/edits/remove-instruction.ts'
import { setInstruction } from '../../shared/edits/set-instruction.ts'
import { ignoreAtInstruction, ignoreInFile } from '../../shared/edits/ignore-rule.ts'
import { setArguments, setWords } from '../../shared/edits/set-arguments.ts'
import { setForm } from '../../shared/edits/set-form.ts'
import { setFlags, type FlagChanges } from '../../shared/edits/set-flags.ts'
import { addMount, removeMount, setMount, type MountChanges } from '../../shared/edits/set-mount.ts'
import { addPair, removePair, setPair } from '../../shared/edits/set-pairs.ts'
import { knownFlags } from '../../shared/dockerfile/keywords.ts'
import { mountFields, readMount } from '../../shared/dockerfile/mounts.ts'
import { UsageError } from './command.ts'
import type { EditOperation, EditRequest } from './edit-operation.ts'
import { oneOf } from './words.ts'

export const stepOperations: readonly EditOperation[] = [
  {
    name: 'add-instruction',
    usage: 'STAGE TEXT [--after LINE]',
    summary: 'write an instruction into a stage, at its end unless --after says where',
    words: [2, 2],
    options: ['after'],
    run: request => {
      const after = request.option('after')
      const above = after === null ? null : request.instructionOn(after)
      return addInstruction(request.analysis, request.stage(0), request.word(1), above)
    },
  },
  {
    name: 'set-instruction',
    usage: 'LINE TEXT',
    summary: 'write another instruction in its place',
    words: [2, 2],
    run: request => setInstruction(request.analysis, request.instruction(0), request.word(1)),
  },
  {
    name: 'move-instruction',
    usage: 'LINE up|down|above [LINE]',
    summary: 'move an instruction within its stage',
    words: [2, 3],
    run: request => {
      const moved = request.instruction(0)
      const [, where, above] = request.words
      if (where === 'up' && above === undefined) return moveInstructionUp(request.analysis, moved)
      if (where === 'down' && above === undefined) return moveInstructionDown(request.analysis, moved)
      if (where === 'above' && above !== undefined)
        return moveInstruction(request.analysis, moved, request.instruction(2))
      throw new UsageError('move-instruction takes a line and up, down, or above and another line.')
    },
  },
  {
    name: 'remove-instruction',
    usage: 'LINE',
    summary: 'take an instruction away',
    words: [1, 1],
    run: request => removeInstruction(request.analysis, request.instruction(0)),
  },
  {
    name: 'set-arguments',
    usage: 'LINE TEXT',
    summary: 'write something else behind keyword and flags',
    words: [2, 2],
    run: request => setArguments(request.analysis, request.instruction(0), request.word(1)),
  },
  {
    name: 'set-words',
    usage: 'LINE WORD…',
    summary: 'write these words behind keyword and flags, in the form that is there: JSON, or plain',
    words: [2, Infinity],
    run: request => setWords(request.analysis, request.instruction(0), request.words.slice(1)),
  },
  {
    name: 'set-form',
    usage: 'LINE json|shell',
    summary: 'write a command as a list that runs as it is, or as a text that the shell of its stage runs',
    words: [2, 2],
    run: request =>
      setForm(request.analysis, request.instruction(0), oneOf('set-form', request.word(1), ['json', 'shell'])),
  },
  {
    name: 'set-pair',
    usage: 'LINE KEY [VALUE] [--rename KEY]',
    summary: 'change the value of a variable or label, or its name; an ARG without VALUE loses its default',
    words: [2, 3],
    options: ['rename'],
    run: request => {
      const [, , value] = request.words
      const key = request.option('rename')
      const change = key === null ? { value: value ?? null } : { key, ...(value === undefined ? {} : { value }) }
      return setPair(request.analysis, request.instruction(0), pairNamed(request), change)
    },
  },
  {
    name: 'add-pair',
    usage: 'LINE KEY[=VALUE]',
    summary: 'write one more variable or label behind the others',
    words: [2, 2],
    run: request => addPair(request.analysis, request.instruction(0), request.word(1)),
  },
  {
    name: 'remove-pair',
    usage: 'LINE KEY',
    summary: 'take a variable or label away',
    words: [2, 2],
    run: request => removePair(request.analysis, request.instruction(0), pairNamed(request)),
  },
  {
    name: 'ignore',
    usage: 'RULE [LINE]',
    summary: 'let the file, or one instruction, go without a rule, by a check comment',
    words: [1, 2],
    run: request => {
      const rule = request.word(0)
      const instruction =
        request.words.length < 2 ? undefined : request.analysis.file.instructions[request.instruction(1)]
      return instruction === undefined
        ? ignoreInFile(request.analysis, rule)
        : ignoreAtInstruction(request.analysis, instruction, rule)
    },
  },
  {
    name: 'set-flags',
    usage: 'LINE [--flag NAME[=VALUE]]… [--no-flag NAME]…',
    summary: 'add, change and take away flags of any instruction; a list is given as a whole',
    words: [1, 1],
    options: ['flag', 'no-flag'],
    run: request => setFlags(request.analysis, request.instruction(0), flagChanges(request)),
  },
  {
    name: 'add-mount',
    usage: 'LINE KEY[=VALUE],…',
    summary: 'write one more mount into a RUN',
    words: [2, 2],
    run: request => addMount(request.analysis, request.instruction(0), mountChanges(request.word(1), [])),
  },
  {
    name: 'set-mount',
    usage: 'LINE TARGET [KEY[=VALUE],…] [--unset KEY]…',
    summary: 'change keys of the mount with that target',
    words: [2, 3],
    options: ['unset'],
    run: request =>
      setMount(
        request.analysis,
        request.instruction(0),
        mountNamed(request),
        mountChanges(request.word(2), request.list('unset') ?? []),
      ),
  },
  {
    name: 'remove-mount',
    usage: 'LINE TARGET',
    summary: 'take the mount with that target away',
    words: [2, 2],
    run: request => removeMount(request.analysis, request.instruction(0), mountNamed(request)),
  },
]

function flagChanges(request: EditRequest): FlagChanges {
  const step = request.analysis.file.instructions[request.instruction(0)]
  const known = step === undefined ? null : knownFlags((step.trigger ?? step).keyword)
  const lists: Record<string, readonly string[]> = {}
  const changes: Record<string, string | boolean | null> = {}
  for (const text of request.list('flag') ?? []) {
    const equals = text.indexOf('=')
    const name = equals < 0 ? text : text.slice(0, equals)
    const value = equals < 0 ? true : text.slice(equals + 1)
    if (known?.get(name) === 'list' && value !== true) lists[name] = [...(lists[name] ?? []), value]
    else changes[name] = value
  }
  for (const name of request.list('no-flag') ?? []) {
    const type = known?.get(name)
    if (type === 'list') lists[name] = []
    else changes[name] = type === 'switch' ? false : null
  }
  return { ...changes, ...lists }
}

function mountChanges(text: string, unset: readonly string[]): MountChanges {
  const written = text === '' ? [] : mountFields(text)
  return Object.fromEntries([
    ...written.map(({ key, value }) => [key, value ?? true] as const),
    ...unset.map(key => [key, null] as const),
  ])
}

/** The place of a mount among those of its RUN. */
function mountNamed(request: EditRequest): number {
  const [line = '', target = ''] = request.words
  const step = request.analysis.file.instructions[request.instruction(0)]
  const mounts = (step?.trigger ?? step)?.flags.filter(flag => flag.name === 'mount') ?? []
  const at = mounts.findIndex(flag => readMount(flag.value ?? '').target === target)
  if (at < 0) throw new UsageError(`Line ${line} has no mount at ${target}.`)
  return at
}

/** The place of a variable or label among those of its line. */
function pairNamed(request: EditRequest): number {
  const [line = '', key = ''] = request.words
  const step = request.analysis.file.instructions[request.instruction(0)]
  const at = (step?.trigger ?? step)?.pairs.findIndex(pair => pair.key.text === key) ?? -1
  if (at < 0) throw new UsageError(`Line ${line} sets no ${key}.`)
  return at
}
