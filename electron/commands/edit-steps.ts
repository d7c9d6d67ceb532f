import { addInstruction } from '../../shared/edits/add-instruction.ts'
import { moveInstruction, moveInstructionDown, moveInstructionUp } from '../../shared/edits/move-instruction.ts'
import { removeInstruction } from '../../shared/edits/remove-instruction.ts'
import { setInstruction } from '../../shared/edits/set-instruction.ts'
import { setFlags, type FlagChanges } from '../../shared/edits/set-flags.ts'
import { addMount, removeMount, setMount, type MountChanges } from '../../shared/edits/set-mount.ts'
import { knownFlags } from '../../shared/dockerfile/keywords.ts'
import { mountFields, readMount } from '../../shared/dockerfile/mounts.ts'
import { UsageError } from './command.ts'
import { instructionOn, option, stageOf, word, type EditOperation, type OperationWords } from './edit-operation.ts'

export const stepOperations: readonly EditOperation[] = [
  {
    name: 'add-instruction',
    usage: 'STAGE TEXT [--after LINE]',
    summary: 'write an instruction into a stage, at its end unless --after says where',
    words: [2, 2],
    options: ['after'],
    run: request => {
      const after = option(request, 'after')
      const above = after === null ? null : instructionOn(request, after)
      return addInstruction(request.analysis, stageOf(request, word(request, 0)), word(request, 1), above)
    },
  },
  {
    name: 'set-instruction',
    usage: 'LINE TEXT',
    summary: 'write another instruction in its place',
    words: [2, 2],
    run: request => setInstruction(request.analysis, instructionOn(request, word(request, 0)), word(request, 1)),
  },
  {
    name: 'move-instruction',
    usage: 'LINE up|down|above [LINE]',
    summary: 'move an instruction within its stage',
    words: [2, 3],
    run: request => {
      const moved = instructionOn(request, word(request, 0))
      const [, where, above] = request.words
      if (where === 'up' && above === undefined) return moveInstructionUp(request.analysis, moved)
      if (where === 'down' && above === undefined) return moveInstructionDown(request.analysis, moved)
      if (where === 'above' && above !== undefined)
        return moveInstruction(request.analysis, moved, instructionOn(request, above))
      throw new UsageError('move-instruction takes a line and up, down, or above and another line.')
    },
  },
  {
    name: 'remove-instruction',
    usage: 'LINE',
    summary: 'take an instruction away',
    words: [1, 1],
    run: request => removeInstruction(request.analysis, instructionOn(request, word(request, 0))),
  },
  {
    name: 'set-flags',
    usage: 'LINE [--flag NAME[=VALUE]]… [--no-flag NAME]…',
    summary: 'add, change and take away flags of any instruction; a list is given as a whole',
    words: [1, 1],
    options: ['flag', 'no-flag'],
    run: request => setFlags(request.analysis, instructionOn(request, word(request, 0)), flagChanges(request)),
  },
  {
    name: 'add-mount',
    usage: 'LINE KEY[=VALUE],…',
    summary: 'write one more mount into a RUN',
    words: [2, 2],
    run: request =>
      addMount(request.analysis, instructionOn(request, word(request, 0)), mountChanges(word(request, 1), [])),
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
        instructionOn(request, word(request, 0)),
        mountNamed(request),
        mountChanges(word(request, 2), request.options['unset'] ?? []),
      ),
  },
  {
    name: 'remove-mount',
    usage: 'LINE TARGET',
    summary: 'take the mount with that target away',
    words: [2, 2],
    run: request => removeMount(request.analysis, instructionOn(request, word(request, 0)), mountNamed(request)),
  },
]

function flagChanges(request: OperationWords): FlagChanges {
  const step = request.analysis.file.instructions[instructionOn(request, word(request, 0))]
  const known = step === undefined ? null : knownFlags((step.trigger ?? step).keyword)
  const lists: Record<string, readonly string[]> = {}
  const changes: Record<string, string | boolean | null> = {}
  for (const text of request.options['flag'] ?? []) {
    const equals = text.indexOf('=')
    const name = equals < 0 ? text : text.slice(0, equals)
    const value = equals < 0 ? true : text.slice(equals + 1)
    if (known?.get(name) === 'list' && value !== true) lists[name] = [...(lists[name] ?? []), value]
    else changes[name] = value
  }
  for (const name of request.options['no-flag'] ?? []) {
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
function mountNamed(request: OperationWords): number {
  const [line = '', target = ''] = request.words
  const step = request.analysis.file.instructions[instructionOn(request, line)]
  const mounts = (step?.trigger ?? step)?.flags.filter(flag => flag.name === 'mount') ?? []
  const at = mounts.findIndex(flag => readMount(flag.value ?? '').target === target)
  if (at < 0) throw new UsageError(`Line ${line} has no mount at ${target}.`)
  return at
}
