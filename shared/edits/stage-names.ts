import type { Analysis } from '../analysis.ts'
import { readIndex } from '../graph/references.ts'
import { stageTitle, type Stage } from '../graph/stage-graph.ts'
import type { TextEdit } from '../text/text-edit.ts'
import { inCase, type Habits } from './habits.ts'
import { fromInstruction } from './stage-text.ts'

/** Names BuildKit looks up in no build context; a stage that bears one hides the empty base or the context. */
const reservedNames: readonly string[] = ['scratch', 'context']

/** What messages call a stage: `build`, or stage 2 where it has no name. */
export function quoted(stage: Stage): string {
  return stage.writtenName === null ? stageTitle(stage) : `\`${stage.writtenName}\``
}

/** BuildKit's rule for lower-case names: `^[a-z][a-z0-9-_.]*$`. */
export function isStageName(name: string): boolean {
  if (name === '' || !isBetween(name.charAt(0), 'a', 'z')) return false
  return Array.from(name).every(
    character => isBetween(character, 'a', 'z') || isBetween(character, '0', '9') || '-_.'.includes(character),
  )
}

/** Why a stage cannot be called so, or null. `renamed` is the stage that bears the name afterwards, null for a new one. */
export function nameRefusal(analysis: Analysis, name: string, renamed: Stage | null): string | null {
  const lower = name.toLowerCase()
  if (name !== lower && isStageName(lower)) return `Stage names are lower case: write \`${lower}\`.`
  if (!isStageName(name))
    return `\`${name}\` is no stage name: it must start with a letter and hold only lower-case letters, digits, \`-\`, \`_\` and \`.\`.`
  if (reservedNames.includes(name)) return `\`${name}\` is reserved by BuildKit: choose another name.`
  const other = analysis.graph.stages.find(stage => stage.name === name && stage.id !== renamed?.id)
  if (other !== undefined)
    return `There is already a stage \`${name}\` on line ${other.startLine}: choose another name.`
  if (analysis.inputs.namedContexts.includes(name))
    return `\`${name}\` is a named build context, which would replace the stage: choose another name.`
  return null
}

/** Writes, changes or, with '', takes away the name of a FROM, in another document's hand where it goes there. */
export function nameEdit(analysis: Analysis, stage: Stage, name: string, habits: Habits): TextEdit {
  const [base, , written] = fromInstruction(analysis, stage).arguments
  const at = base?.range.to ?? stage.fromRange.to
  if (written === undefined)
    return { from: at, to: at, insert: name === '' ? '' : ` ${inCase('AS', habits.asCase)} ${name}` }
  return name === '' ? { from: at, to: written.range.to, insert: '' } : { ...written.range, insert: name }
}

/** What `COPY --from=` has to say to mean this stage: its name, or its index where the name means another one. */
export function copyReference(analysis: Analysis, stage: Stage, index = stage.index): string {
  // BuildKit takes the last stage of that name, wherever the COPY stands.
  const last = analysis.graph.stages.findLast(other => other.name === stage.name)
  const named = isStageName(stage.name) && last?.id === stage.id
  return named ? (stage.writtenName ?? stage.name) : String(index)
}

/** What FROM has to say at stage position `index` to mean this stage; null where no name of it reaches that far. */
export function baseReference(analysis: Analysis, stage: Stage, index: number): string | null {
  if (!isStageName(stage.name)) return null
  const nearest = analysis.graph.stages.findLast(other => other.index < index && other.name === stage.name)
  return nearest?.id === stage.id ? stage.name : null
}

/** Why a text cannot be written as an image reference, or null. */
export function imageRefusal(analysis: Analysis, reference: string): string | null {
  if (reference === '') return 'Name an image, such as `alpine:3.20`.'
  if (Array.from(reference).some(character => character.trim() === ''))
    return `An image reference has no blanks in it: \`${reference}\`.`
  if (reference.startsWith('-') || reference.endsWith(analysis.file.escape))
    return `\`${reference}\` is no image reference.`
  return null
}

/** A name that no stage has yet and that no line takes an image by: `wanted`, or `wanted-2` and so on. */
export function freeName(analysis: Analysis, wanted: string, others: ReadonlySet<string> = new Set()): string {
  const { stages, edges } = analysis.graph
  const taken = new Set([...stages.map(stage => stage.name), ...analysis.inputs.namedContexts, ...reservedNames])
  for (const { from } of edges) if (from.kind === 'image') taken.add(from.reference)
  let name = wanted
  for (let number = 2; taken.has(name) || others.has(name); number++) name = `${wanted}-${number}`
  return name
}

/** `build` for `build-2`, whose copy is `build-3`. */
export function withoutNumber(name: string): string {
  const dash = name.lastIndexOf('-')
  const number = dash > 0 ? readIndex(name.slice(dash + 1)) : null
  return number === null ? name : name.slice(0, dash)
}

/** A name for a stage that is an image: `tool` for `example.org/some/tool:1.2`. Variables leave their names. */
export function nameForImage(analysis: Analysis, reference: string): string {
  const path = reference.slice(reference.lastIndexOf('/') + 1)
  const ends = [path.indexOf(':'), path.indexOf('@')].filter(end => end > 0)
  const plain = Array.from(path.slice(0, Math.min(path.length, ...ends)).toLowerCase())
    .map(character => (isStageName(`a${character}`) ? character : ' '))
    .join('')
    .trim()
    .replaceAll(' ', '-')
  return freeName(analysis, isStageName(plain) ? plain : 'image')
}

function isBetween(character: string, first: string, last: string): boolean {
  return character >= first && character <= last
}
