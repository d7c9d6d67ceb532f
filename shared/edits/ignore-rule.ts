import type { Analysis } from '../analysis.ts'
import { readDirective } from '../dockerfile/directives.ts'
import type { Instruction } from '../dockerfile/syntax.ts'
import type { TextEdit, TextRange } from '../text/text-edit.ts'
import { refused, type EditOutcome } from './edit-outcome.ts'
import { withoutSideEffects } from './side-effects.ts'
import { lineEnd, lineStart, nextLine } from './source-lines.ts'
import { becomesDirective } from './stage-text.ts'

/** Lets the whole file go without a rule: BuildKit's own `# check=skip=…`, added to the directive that is there. */
export function ignoreInFile(analysis: Analysis, rule: string): EditOutcome {
  const { text, directives, lineEnding } = analysis.file
  const directive = directives.find(({ name }) => name === 'check')
  const title = `Ignore ${rule} in this file`
  if (directive !== undefined)
    return withoutSideEffects(analysis, { title, edits: [skipAdded(text, directive.valueRange, rule)] })
  if (text.startsWith('#!')) return refused('Write `# check=skip=` below the first line, which belongs to the system.')
  const last = directives.at(-1)
  const at = last === undefined ? lineStart(text, 0) : nextLine(text, last.range.to)
  return withoutSideEffects(analysis, { title, edits: [{ from: at, to: at, insert: skipLine(rule) + lineEnding }] })
}

/** Lets one instruction go without a rule, by a comment above it: the first such comment counts. */
export function ignoreAtInstruction(analysis: Analysis, instruction: Instruction, rule: string): EditOutcome {
  const { text } = analysis.file
  const title = `Ignore ${rule} on line ${instruction.line}`
  const written = checkComment(text, instruction)
  if (written !== null) return withoutSideEffects(analysis, { title, edits: [skipAdded(text, written, rule)] })
  const edit = commentAbove(analysis, instruction, skipLine(rule))
  return edit === null
    ? refused(`A comment above line ${instruction.line} would speak for the whole file.`)
    : withoutSideEffects(analysis, { title, edits: [edit] })
}

/** False at the top of a file, where such a comment would speak for all of it. */
export function canIgnoreAt(analysis: Analysis, instruction: Instruction): boolean {
  const { text } = analysis.file
  return checkComment(text, instruction) !== null || commentAbove(analysis, instruction, skipLine('A')) !== null
}

function skipLine(rule: string): string {
  return `# check=skip=${rule}`
}

/** Adds the rule to `skip=A;error=true`. What follows the first blank is a remark. */
function skipAdded(text: string, { from, to }: TextRange, rule: string): TextEdit {
  const options = text.slice(from, to).split(' ', 1)[0] ?? ''
  let end = from
  for (const part of options.split(';')) {
    end += part.length
    if (part.startsWith('skip=')) return { from: end, to: end, insert: `,${rule}` }
    end += 1
  }
  const at = from + options.length
  return { from: at, to: at, insert: `;skip=${rule}` }
}

/** The value of the check comment above an instruction. */
function checkComment(text: string, { comment }: Instruction): TextRange | null {
  if (comment === null) return null
  for (let start = lineStart(text, comment.range.from); start < comment.range.to; start = nextLine(text, start)) {
    const found = readDirective(text, start, lineEnd(text, start))
    if (found?.name === 'check') return found
  }
  return null
}

/** Above the instruction's own comments, so that the last of them still describes it; below where it would be a directive. */
function commentAbove({ file }: Analysis, instruction: Instruction, line: string): TextEdit | null {
  const places = [instruction.comment?.range.from ?? instruction.range.from, instruction.range.from]
  const at = places.map(place => lineStart(file.text, place)).find(place => !becomesDirective(file, place, line))
  return at === undefined ? null : { from: at, to: at, insert: line + file.lineEnding }
}
