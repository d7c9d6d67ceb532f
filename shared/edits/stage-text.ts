import type { Analysis } from '../analysis.ts'
import { isDirectiveName, readDirective } from '../dockerfile/directives.ts'
import type { Dockerfile, Instruction } from '../dockerfile/syntax.ts'
import type { Stage, StageId } from '../graph/stage-graph.ts'
import type { TextEdit, TextRange } from '../text/text-edit.ts'
import type { Habits } from './habits.ts'
import {
  blankLinesAbove,
  indentationAt,
  isBlankLine,
  isCommentLine,
  lineEnd,
  lineStart,
  lineText,
  nextLine,
  previousLine,
  skipBlankLines,
} from './source-lines.ts'

export function stageById(analysis: Analysis, id: StageId): Stage | null {
  return analysis.graph.stages.find(stage => stage.id === id) ?? null
}

/** @throws Error when the stage is of another analysis: a bug in the caller. */
export function fromInstruction(analysis: Analysis, stage: Stage): Instruction {
  const from = instructionAt(analysis.file, stage.fromRange.from)
  if (from?.range.from !== stage.fromRange.from) throw new Error(`No FROM at offset ${stage.fromRange.from}.`)
  return from
}

/** The last instruction that starts at `offset` or before it. */
export function instructionAt(file: Dockerfile, offset: number): Instruction | null {
  const { instructions } = file
  let low = 0
  let high = instructions.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((instructions[middle]?.range.from ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return instructions[low - 1] ?? null
}

/** A stage's instructions in order, its FROM first. */
export function instructionsOf(analysis: Analysis, stage: Stage): readonly Instruction[] {
  const steps = stage.steps.flatMap(step => analysis.file.instructions[step.instruction] ?? [])
  return [fromInstruction(analysis, stage), ...steps]
}

/**
 * Where an instruction starts together with its own comments: the lines directly above it, without a blank line in
 * between. Parser directives are never anyone's comment.
 */
export function ownStart(file: Dockerfile, instruction: Instruction): number {
  const floor = ownFloor(file, instruction)
  let start = lineStart(file.text, instruction.range.from)
  for (;;) {
    const line = previousLine(file.text, start)
    if (line === null || line < floor || !isCommentLine(file.text, line)) return start
    start = line
  }
}

/** Where the lines begin that no instruction or parser directive above this one takes. */
function ownFloor(file: Dockerfile, instruction: Instruction): number {
  const above = file.instructions[instruction.index - 1]
  const directive = file.directives.at(-1)
  return Math.max(
    above === undefined ? 0 : nextLine(file.text, above.range.to),
    directive === undefined ? 0 : nextLine(file.text, directive.range.to),
  )
}

/**
 * From a stage's own comments to the end of its last instruction, or of the comment that `ownEnd` gives it. The heading
 * above it is its own where the next stage has one, too, or where there is none: else it heads several.
 */
export function ownRange(analysis: Analysis, stage: Stage): TextRange {
  const next = analysis.graph.stages[stage.index + 1]
  const headsOne = next === undefined || headingStart(analysis, next) !== null
  const heading = headsOne ? headingStart(analysis, stage) : null
  return { from: heading ?? ownStart(analysis.file, fromInstruction(analysis, stage)), to: ownEnd(analysis, stage) }
}

/** Start of the comments above a stage that blank lines part from it and from the stage before; null where there are none. */
function headingStart(analysis: Analysis, stage: Stage): number | null {
  const { file, graph } = analysis
  const above = graph.stages[stage.index - 1]
  if (above === undefined) return null
  return headingAbove(file, fromInstruction(analysis, stage), nextLine(file.text, ownEnd(analysis, above)))
}

/** Start of the comments that blank lines part from an instruction and its own comments, not above `floor`; null where there are none. */
export function headingAbove(
  file: Dockerfile,
  instruction: Instruction,
  floor = ownFloor(file, instruction),
): number | null {
  let heading: number | null = null
  let top = ownStart(file, instruction)
  for (;;) {
    const bottom = blankLinesAbove(file.text, top).from
    let from = bottom
    for (;;) {
      const line = previousLine(file.text, from)
      if (line === null || line < floor || !isCommentLine(file.text, line)) break
      from = line
    }
    const isParted = from === 0 || blankLinesAbove(file.text, from).count > 0
    if (bottom === top || from === bottom || !isParted) return heading
    heading = from
    top = from
  }
}

/**
 * The comment directly below a stage's last instruction is the stage's own where a blank line parts it from the next
 * FROM, and where BuildKit reads nothing for that FROM from it: BuildKit counts comments to what follows them.
 */
function ownEnd(analysis: Analysis, stage: Stage): number {
  const { text } = analysis.file
  const next = analysis.graph.stages[stage.index + 1]
  const last = lineEnd(text, stage.range.to)
  let end = last
  let line = nextLine(text, end)
  while (line < text.length && isCommentLine(text, line)) {
    if (next !== undefined && speaksOf(next, text, line)) return last
    end = lineEnd(text, line)
    line = nextLine(text, line)
  }
  return line === text.length || isBlankLine(text, line) ? end : last
}

/** Whether a comment line is the description of the stage below it, or a `check=` for its FROM. */
function speaksOf(stage: Stage, text: string, line: number): boolean {
  const end = lineEnd(text, line)
  const content = text.slice(line + 1, end).trimStart()
  const isDescription = stage.name !== '' && content.startsWith(`${stage.name} `)
  return isDescription || readDirective(text, line, end)?.name === 'check'
}

/** A line after an instruction, already indented. */
export function lineAfter(file: Dockerfile, instruction: Instruction, line: string, blank: boolean): TextEdit {
  const at = lineEnd(file.text, instruction.range.to)
  const gap = file.lineEnding.repeat(blank ? 2 : 1)
  return { from: at, to: at, insert: gap + line }
}

/** A line before an instruction and its own comments, at its indentation. */
export function lineBefore(file: Dockerfile, instruction: Instruction, line: string, blank: boolean): TextEdit {
  const at = ownStart(file, instruction)
  const gap = file.lineEnding.repeat(blank ? 2 : 1)
  return { from: at, to: at, insert: indentationAt(file.text, instruction.range.from) + line + gap }
}

/** Whether a blank line parts the instruction and its comments from what is above. */
export function isParted(file: Dockerfile, instruction: Instruction): boolean {
  return blankLinesAbove(file.text, ownStart(file, instruction)).count > 0
}

/**
 * Takes an instruction's lines away; comments above it stay. Of blank lines on both sides the longer run stays. A file
 * without a final line end still has none after.
 */
export function withoutInstruction(file: Dockerfile, instruction: Instruction): TextEdit {
  const { text } = file
  const line = lineStart(text, instruction.range.from)
  const below = nextLine(text, instruction.range.to)
  const to = skipBlankLines(text, below)
  const above = blankLinesAbove(text, line)
  if (below === text.length && text[below - 1] !== '\n') {
    const last = previousLine(text, above.from)
    return { from: last === null ? above.from : lineEnd(text, last), to: below, insert: '' }
  }
  if (above.count === 0 || (to === below && to < text.length)) return { from: line, to: below, insert: '' }
  return above.count > blankLinesAbove(text, to).count && to < text.length
    ? { from: line, to, insert: '' }
    : { from: above.from, to: below, insert: '' }
}

/** Takes a stage away: its text, its own comments and the blank lines that parted it from the next stage. */
export function withoutStage(analysis: Analysis, stage: Stage): TextEdit {
  const { text } = analysis.file
  const { from, to } = ownRange(analysis, stage)
  const below = nextLine(text, to)
  const following = skipBlankLines(text, below)
  if (following < text.length) {
    // A comment that moved up to where directives stand would become one: an empty line prevents that.
    const guarded = becomesDirective(analysis.file, from, text.slice(following))
    return { from, to: following, insert: guarded ? analysis.file.lineEnding : '' }
  }
  const start = blankLinesAbove(text, from).from
  if (text.endsWith('\n')) return { from: start, to: below, insert: '' }
  const above = previousLine(text, start)
  return { from: above === null ? start : lineEnd(text, above), to: text.length, insert: '' }
}

/** Whether the first line of `text`, come to stand at `offset` of the file, would be read as a parser directive. */
export function becomesDirective(file: Dockerfile, offset: number, text: string): boolean {
  const last = file.directives.at(-1)
  const directivesEnd = last === undefined ? lineStart(file.text, 0) : nextLine(file.text, last.range.to)
  if (offset !== directivesEnd) return false
  const end = lineEnd(text, 0)
  const read = readDirective(text, end - lineText(text, 0).trimStart().length, end)
  return read !== null && isDirectiveName(read.name)
}

/** Puts a stage's text, without a final line end, above another stage or, with null, at the end of the file. */
export function withStage(analysis: Analysis, stageText: string, above: Stage | null, habits: Habits): TextEdit {
  const { file } = analysis
  const { lineEnding } = file
  if (above === null) return stageAtEnd(analysis, stageText, habits)
  const before = analysis.graph.stages[above.index - 1]
  const blank = blankLinesOver(stageText, habits)
  if (before !== undefined && headingStart(analysis, above) !== null) {
    // Above the heading, whose distance stays.
    const end = ownEnd(analysis, before)
    return { from: end, to: end, insert: lineEnding.repeat(1 + blank) + stageText }
  }
  const at = ownStart(file, fromInstruction(analysis, above))
  const guarded = becomesDirective(file, at, stageText)
  const missing = above.index > 0 ? Math.max(0, blank - blankLinesAbove(file.text, at).count) : guarded ? 1 : 0
  const below = lineEnding.repeat(1 + blankLinesBelow(stageText, habits))
  return { from: at, to: at, insert: lineEnding.repeat(missing) + stageText + below }
}

/** Between a text and the stage above it: a heading stays apart from that stage's last step. */
function blankLinesOver(text: string, habits: Habits): number {
  let line = 0
  while (line < text.length && isCommentLine(text, line)) line = nextLine(text, line)
  const isHeaded = line > 0 && line < text.length && isBlankLine(text, line)
  return Math.max(isHeaded ? 1 : 0, habits.blankLinesBetweenStages)
}

/** Between a text and the stage below it: a comment that ends the text stays apart from that FROM. */
export function blankLinesBelow(text: string, habits: Habits): number {
  const isComment = isCommentLine(text, Math.max(0, text.length - 1))
  return Math.max(isComment ? 1 : 0, habits.blankLinesBetweenStages)
}

function stageAtEnd(analysis: Analysis, stageText: string, habits: Habits): TextEdit {
  const { text, lineEnding } = analysis.file
  const at = text.length
  const empty = lineStart(text, 0) === at
  const endsLine = empty || text.endsWith('\n')
  const isFirst = analysis.graph.stages.length === 0
  const blank = isFirst ? 0 : Math.max(blankLinesBelow(text, habits), blankLinesOver(stageText, habits))
  const missing = Math.max(0, blank - (endsLine ? blankLinesAbove(text, at).count : 0))
  const insert = (endsLine ? '' : lineEnding) + lineEnding.repeat(missing) + stageText + (endsLine ? lineEnding : '')
  return { from: at, to: at, insert }
}

/** Deletions that overlap, as one; everything else as it is. In order. */
export function merged(edits: readonly TextEdit[]): readonly TextEdit[] {
  const result: TextEdit[] = []
  for (const edit of [...edits].sort((a, b) => a.from - b.from || a.to - b.to)) {
    const last = result.at(-1)
    if (last !== undefined && last.insert === '' && edit.insert === '' && edit.from < last.to)
      result[result.length - 1] = { from: last.from, to: Math.max(last.to, edit.to), insert: '' }
    else result.push(edit)
  }
  return result
}
