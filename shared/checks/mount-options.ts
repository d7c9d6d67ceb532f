import { goQuote } from '../dockerfile/go-quote.ts'
import { readMount, type Mount, type MountField } from '../dockerfile/mounts.ts'
import type { Instruction } from '../dockerfile/syntax.ts'
import { passedOn, type BuiltStage } from '../graph/environment.ts'
import { builtInstructionCheck } from './check.ts'
import { suggestion } from './suggest.ts'

const types = ['bind', 'cache', 'tmpfs', 'secret', 'ssh']
const sharingModes = ['shared', 'private', 'locked']
const keys =
  'type from source src target dst destination readonly ro readwrite rw required size id sharing mode uid gid env'.split(
    ' ',
  )
const withoutValue = ['readonly', 'ro', 'readwrite', 'rw']

/** Options of `RUN --mount`. Where a variable stands in one, what hangs on its value is left alone. */
export const mountOptions = builtInstructionCheck('mount-options', (instruction, stage) => {
  if (instruction.keyword !== 'RUN') return null
  for (const flag of instruction.flags) {
    if (flag.name !== 'mount' || flag.value === null) continue
    const mount = readMount(flag.value)
    const message = fieldProblem(mount.fields) ?? typeProblem(mount) ?? targetProblem(mount, instruction, stage.built)
    if (message !== null) return { message, range: flag.range }
  }
  return null
})

/** Fields are read from left to right: `required` and `size` look at the type given so far. */
function fieldProblem(fields: readonly MountField[]): string | null {
  let type = 'bind'
  for (const { key, value, text } of fields) {
    const isCredential = type === 'secret' || type === 'ssh'
    if (value === null) {
      if (withoutValue.includes(key) || (key === 'required' && isCredential)) continue
      return key === 'required'
        ? `unexpected key '${key}' for mount type '${type}'`
        : `invalid field '${text}' must be a key=value pair`
    }
    if (!keys.includes(key)) return `unexpected key '${key}' in '${text}'${suggestion(key, keys)}`
    if (value.includes('$')) {
      if (key === 'type') return null
      continue
    }
    if (key === 'type') {
      if (!types.includes(value.toLowerCase()))
        return `unsupported mount type ${goQuote(value)}${suggestion(value, types)}`
      type = value.toLowerCase()
    }
    if ((key === 'required' && !isCredential) || (key === 'size' && type !== 'tmpfs'))
      return `unexpected key '${key}' for mount type '${type}'`
    if (key === 'sharing' && !sharingModes.includes(value.toLowerCase()))
      return `unsupported sharing value ${goQuote(value)}${suggestion(value, sharingModes)}`
  }
  return null
}

/** What goes with one type and not with another. */
function typeProblem({ type, fields, from, source }: Mount): string | null {
  const has = (key: string): boolean => fields.some(field => field.key === key && field.value !== '')
  if (type.includes('$')) return null
  if (type === 'bind' || type === 'tmpfs')
    for (const key of ['mode', 'uid', 'gid']) if (has(key)) return `${key} not allowed for "${type}" type mounts`
  if (has('sharing') && type !== 'cache') return `invalid cache sharing set for ${type} mount`
  if (type === 'secret') {
    if (from !== null && from.value !== '') return 'secret mount should not have a from'
    if (has('id') && source !== '') return "both source and id can't be set"
    const isNamed = has('id') || source !== '' || ['target', 'dst', 'destination'].some(has)
    return isNamed ? null : 'invalid secret mount. one of source, target required'
  }
  return type === 'ssh' && source !== '' ? 'ssh does not support source' : null
}

/** Mounts cannot cover the root folder; a relative target starts at the WORKDIR. */
function targetProblem({ type, target }: Mount, instruction: Instruction, stage: BuiltStage): string | null {
  if (type === 'secret' || type === 'ssh' || type.includes('$')) return null
  const isRoot = target === '/' || (isHere(target) && !worksSomewhere(instruction, stage))
  return isRoot ? 'invalid mount target "/"' : null
}

function isHere(target: string): boolean {
  return target === '' || target === '.' || target === './'
}

/** Whether a WORKDIR holds at the instruction, set in its stage or in one below. An image's own is not known. */
function worksSomewhere(instruction: Instruction, { draft, parent }: BuiltStage): boolean {
  const above = draft.instructions.filter(({ index }) => index < instruction.index)
  return above.some(isWorkdir) || (parent !== null && hasWorkdir(parent))
}

const hasWorkdir = passedOn<boolean>((below, { draft }) => below === true || draft.instructions.some(isWorkdir))

function isWorkdir({ keyword }: Instruction): boolean {
  return keyword === 'WORKDIR'
}
