import type { TextRange } from '../text/text-edit.ts'
import { flagValueRange } from './flags.ts'
import { isKeyword } from './keywords.ts'
import { logicalOffset, rawRange } from './logical-text.ts'
import { readMount } from './mounts.ts'
import { isNameCharacter } from './shell-lexer.ts'
import { Painter, type HighlightSpan } from './spans.ts'
import type { Dockerfile, Instruction, Trivia } from './syntax.ts'

/** What to colour between `from` and `to`: spans in order, without overlaps, that may reach beyond both ends. */
export function highlightSpans(file: Dockerfile, from: number, to: number): HighlightSpan[] {
  const spans: HighlightSpan[] = []
  const { instructions } = file
  let index = firstReaching(instructions, from)
  for (; index <= instructions.length; index++) {
    for (const trivia of file.triviaBefore(index)) {
      const kind = triviaKind(trivia)
      if (kind !== null) spans.push({ ...trivia.range, kind })
    }
    const instruction = instructions[index]
    if (instruction === undefined || instruction.range.from > to) break
    spans.push(...instructionSpans(instruction))
  }
  return spans.filter(span => span.to > from && span.from < to)
}

/** Index of the first instruction that does not end before `from`. */
function firstReaching(instructions: readonly Instruction[], from: number): number {
  let low = 0
  let high = instructions.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((instructions[middle]?.range.to ?? 0) < from) low = middle + 1
    else high = middle
  }
  return low
}

function triviaKind(trivia: Trivia): 'comment' | 'directive' | null {
  return trivia.kind === 'comment' || trivia.kind === 'directive' ? trivia.kind : null
}

function instructionSpans(instruction: Instruction): HighlightSpan[] {
  const painter = new Painter(instruction.range)
  paintNode(painter, instruction)
  for (const heredoc of instruction.heredocs) {
    painter.paint('heredoc-delimiter', heredoc.operatorRange)
    painter.paint('heredoc-body', heredoc.body)
    if (heredoc.terminatorRange !== null) painter.paint('heredoc-delimiter', heredoc.terminatorRange)
  }
  paintSeams(painter, instruction)
  return painter.spans()
}

function paintNode(painter: Painter, node: Instruction): void {
  painter.paint(isKeyword(node.keyword) ? 'keyword' : 'unknown-keyword', node.keywordRange)
  if (node.trigger === null) paintArguments(painter, node)
  for (const flag of node.flags) {
    painter.paint('flag', flag.range)
    if (flag.valueRange !== null) painter.paint('flag-value', flag.valueRange)
    if (flag.name === 'from' && flag.valueRange !== null) painter.paint('stage-name', flag.valueRange)
    if (flag.name === 'mount' && flag.value !== null) {
      const { from } = readMount(flag.value)
      if (from !== null) painter.paint('stage-name', flagValueRange(node, flag, from.valueFrom, from.valueTo))
    }
    if (flag.valueRange !== null) paintText(painter, node, flag.valueRange, false)
  }
  if (node.trigger !== null) paintNode(painter, node.trigger)
}

function paintArguments(painter: Painter, node: Instruction): void {
  if (node.keyword === 'FROM') {
    const [base, as, name] = node.arguments
    if (base !== undefined) painter.paint('image', base.range)
    if (as !== undefined) painter.paint('as-keyword', as.range)
    if (name !== undefined) painter.paint('stage-name', name.range)
  }
  for (const pair of node.pairs) painter.paint('key', pair.key.range)
  if (node.isJson) for (const word of node.arguments) painter.paint('string', word.range)
  paintText(painter, node, node.argumentsRange, !node.isJson)
}

/** Quoted strings and variables of a stretch of shell-like text. */
function paintText(painter: Painter, node: Instruction, range: TextRange, withStrings: boolean): void {
  const { logical } = node
  const { text } = logical
  const end = range.to > range.from ? logicalOffset(logical, range.to - 1) + 1 : 0
  let closing = -1
  for (let position = logicalOffset(logical, range.from); position < end; position++) {
    const character = text.charAt(position)
    if (character === '\\') position++
    else if (character === '$') {
      const stop = variableEnd(text, position + 1, end)
      if (stop < 0) continue
      painter.paint('variable', rawRange(logical, position, stop))
      position = stop - 1
    } else if (!withStrings || position === closing) closing = -1
    else if (character === '"' && closing < 0) {
      closing = closingQuote(text, position + 1, end)
      if (closing >= 0) painter.paint('string', rawRange(logical, position, closing + 1))
    } else if (character === "'" && closing < 0) {
      const close = text.indexOf("'", position + 1)
      if (close < 0 || close >= end) continue
      painter.paint('string', rawRange(logical, position, close + 1))
      position = close
    }
  }
}

function closingQuote(text: string, from: number, end: number): number {
  for (let position = from; position < end; position++) {
    if (text.charAt(position) === '\\') position++
    else if (text.charAt(position) === '"') return position
  }
  return -1
}

/** End of `name` or `{name…}` after a `$`; -1 where nothing of the kind follows. */
function variableEnd(text: string, from: number, end: number): number {
  let position = from
  if (text.charAt(from) === '{') {
    let depth = 0
    for (const last = Math.min(end, from + longestVariable); position < last; position++) {
      if (text.charAt(position) === '{') depth++
      else if (text.charAt(position) === '}' && --depth === 0) return position + 1
    }
    return -1
  }
  while (position < end && isNameCharacter(text.charCodeAt(position))) position++
  return position > from ? position : -1
}

/** Braces that do not close within this many characters are no variable. */
const longestVariable = 1000

/** Between the pieces of a continued line: escape tokens, and comments of their own. */
function paintSeams(painter: Painter, instruction: Instruction): void {
  const { logical, embedded } = instruction
  let before = { at: 0, from: logical.from }
  for (const seam of logical.seams) {
    const end = before.from + seam.at - before.at
    painter.paint('continuation', { from: end, to: end + 1 })
    before = seam
  }
  for (const trivia of embedded) if (trivia.kind === 'comment') painter.paint('comment', trivia.range)
}
