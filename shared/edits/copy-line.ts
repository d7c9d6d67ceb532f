import type { Analysis } from '../analysis.ts'
import { parseDockerfile } from '../dockerfile/parse.ts'
import type { Instruction } from '../dockerfile/syntax.ts'
import type { Stage } from '../graph/stage-graph.ts'
import type { TextEdit } from '../text/text-edit.ts'
import { habitsOf, inCase, keywordCaseOf, partsStepsOf } from './habits.ts'
import { indentationAt } from './source-lines.ts'
import { quoted } from './stage-names.ts'
import { instructionsOf, lineAfter, lineBefore } from './stage-text.ts'

export interface CopyPaths {
  readonly source: string
  /** More sources behind the first one. */
  readonly others?: readonly string[]
  readonly destination: string
}

/** Why a COPY cannot hold these paths, or null. */
export function pathRefusal({ source, destination, others = [] }: CopyPaths): string | null {
  if (source.trim() === '') return 'Say what to copy: the source path is empty.'
  if (destination.trim() === '') return 'Say where to copy to: the destination path is empty.'
  if (
    [source, ...others, destination].some(path =>
      Array.from(path).some(character => character < ' ' || character === '\u007f'),
    )
  )
    return 'A path in a Dockerfile cannot hold line breaks or other control characters.'
  if (others.length > 0 && !destination.trim().endsWith('/'))
    return 'Several sources need a folder to go to: end the destination with /.'
  return null
}

/** One COPY for the stage, at the place where it belongs; from the build context where the reference is null. */
export function copyEdit(analysis: Analysis, to: Stage, reference: string | null, paths: CopyPaths): TextEdit {
  const keyword = inCase('COPY', keywordCaseOf(analysis, to))
  const from = reference === null ? '' : `--from=${reference} `
  const line = `${keyword} ${from}${copyArguments(paths, analysis.file.escape)}`
  return linePlaced(analysis, to, line, paths.destination.trim(), reference === null)
}

/**
 * Why no COPY can be written into a stage, or null: what stands above its place never ends, a heredoc or a line that
 * continues on nothing, and would take the COPY in.
 */
export function placeRefusal(analysis: Analysis, to: Stage): string | null {
  const { file, graph } = analysis
  if (file.errors.length === 0 && to.index < graph.stages.length - 1) return null
  // No RUN names a path that cannot be.
  const { from: place } = linePlaced(analysis, to, '', '\0', false)
  const above = instructionsOf(analysis, to).findLast(({ range }) => range.to <= place)
  if (above === undefined) return null
  const alone = parseDockerfile(`# escape=${file.escape}\n${above.raw}\nCOPY / /\n`)
  if (alone.instructions.length > 1) return null
  return `Nothing can be written into ${quoted(to)}: its ${above.keyword} on line ${above.line} never ends. Write its end first.`
}

/** A whole COPY or ADD at the place where it belongs. */
export function linePlaced(
  analysis: Analysis,
  to: Stage,
  line: string,
  destination: string,
  fromContext: boolean,
): TextEdit {
  return placed(analysis, to, line, destination, fromContext ? isContextCopy : isCopyFrom)
}

/** Paths as words, or in the JSON form where words would fall apart or mean something else. */
function copyArguments(paths: CopyPaths, escape: string): string {
  return pathList(
    [paths.source, ...(paths.others ?? []), paths.destination].map(path => path.trim()),
    escape,
  )
}

export function pathList(paths: readonly string[], escape: string): string {
  return areWords(paths, escape) ? paths.join(' ') : `[${paths.map(path => JSON.stringify(path)).join(', ')}]`
}

/** Whether paths, the destination last, can be written without the JSON form. */
export function areWords(paths: readonly string[], escape: string): boolean {
  const [first = ''] = paths
  return (
    paths.every(path => Array.from(path).every(character => character.trim() !== '') && !path.includes('<<')) &&
    !first.startsWith('[') &&
    !first.startsWith('--') &&
    paths.at(-1)?.endsWith(escape) !== true
  )
}

/** What a stage ends with and what a COPY should stand above, because it says how to run the image. */
const tailKeywords: readonly string[] = [
  'CMD',
  'ENTRYPOINT',
  'EXPOSE',
  'HEALTHCHECK',
  'ONBUILD',
  'STOPSIGNAL',
  'USER',
  'VOLUME',
]

/**
 * After the stage's last one of its kind; else before the first RUN that names the destination; else above the tail of CMD,
 * ENTRYPOINT, EXPOSE and the like; else at the end.
 */
function placed(
  analysis: Analysis,
  to: Stage,
  line: string,
  destination: string,
  isAlike: (instruction: Instruction) => boolean,
): TextEdit {
  const { file } = analysis
  const instructions = instructionsOf(analysis, to)
  const blank = partsStepsOf(analysis, to)
  const copy = instructions.findLast(isAlike)
  if (copy !== undefined) return lineAfter(file, copy, indentationAt(file.text, copy.range.from) + line, blank)
  const run = instructions.find(each => each.keyword === 'RUN' && namesPath(each.raw, destination))
  if (run !== undefined) return lineBefore(file, run, line, blank)
  const above = instructions.findLast(each => !tailKeywords.includes(each.keyword))
  const from = instructions[0]
  const anchor = above ?? from
  if (anchor === undefined) throw new Error(`Stage ${to.index} has no instruction.`)
  // Below a FROM, the steps' indentation counts, not that of the FROM.
  const step = anchor === from ? instructions[1] : anchor
  const indentation =
    step === undefined ? habitsOf(analysis).stepIndentation : indentationAt(file.text, step.range.from)
  return lineAfter(file, anchor, indentation + line, blank)
}

function isCopyFrom(instruction: Instruction): boolean {
  return instruction.keyword === 'COPY' && instruction.flags.some(flag => flag.name === 'from')
}

function isContextCopy(instruction: Instruction): boolean {
  return instruction.keyword === 'ADD' || (instruction.keyword === 'COPY' && !isCopyFrom(instruction))
}

/** Whether a command's text holds the path as a path of its own or as the start of a longer one. */
function namesPath(command: string, destination: string): boolean {
  let path = destination
  while (path.endsWith('/')) path = path.slice(0, -1)
  if (path === '' || path === '.') return false
  for (let at = command.indexOf(path); at >= 0; at = command.indexOf(path, at + 1))
    if (!isPathCharacter(command.charAt(at - 1)) && !isNameCharacter(command.charAt(at + path.length))) return true
  return false
}

function isNameCharacter(character: string): boolean {
  return (
    (character >= 'a' && character <= 'z') ||
    (character >= 'A' && character <= 'Z') ||
    (character >= '0' && character <= '9') ||
    (character !== '' && '-_.'.includes(character))
  )
}

function isPathCharacter(character: string): boolean {
  return character === '/' || isNameCharacter(character)
}
