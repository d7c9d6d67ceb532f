import { isBlank, skipSpaces, trimEnd } from './characters.ts'
import { readContinuedLine, type ContinuedLine } from './continuation.ts'
import { HeredocReader } from './heredoc-bodies.ts'
import { heredocOperators } from './heredocs.ts'
import { joinedCommand, mayHaveHeredocs, upperCase } from './instruction.ts'
import { isKeyword } from './keywords.ts'
import { countLines, lineEnd, nextLine } from './lines.ts'
import { logicalText } from './logical-text.ts'
import { mayBeTooLong } from './long-lines.ts'
import { Passage, type PassageOutline } from './passage.ts'

const hash = 0x23
const lineFeed = 0x0a
const nothing: readonly never[] = []

/** Finds where instructions begin and end, and leaves what they say for later. */
export class PassageReader {
  private readonly text: string
  private readonly escape: '\\' | '`'
  private readonly isPart: boolean
  private readonly heredocReader: HeredocReader
  /** Start of the line after the passage that was read last. */
  next = 0

  /** `isPart` where the text is one of many, of which each passage must not hold on to the whole. */
  constructor(text: string, escape: '\\' | '`', isPart: boolean) {
    this.text = text
    this.escape = escape
    this.isPart = isPart
    this.heredocReader = new HeredocReader(text)
  }

  /** The passage that starts at `origin`, the start of a line; null where no instruction follows. */
  read(origin: number, commentsFrom = origin, linesToComments = 0): Passage | null {
    const { text } = this
    let line = linesToComments + 1
    // A byte order mark may stand before the first line.
    let isLong = mayBeTooLong(commentsFrom + 1 - origin)
    for (let start = commentsFrom; start < text.length; line++) {
      const next = nextLine(text, start)
      const end = lineEnd(text, start, next)
      const content = skipSpaces(text, start, end)
      isLong ||= mayBeTooLong(next + 1 - start)
      if (content < end && text.charCodeAt(content) !== hash) {
        const above = { commentsFrom: commentsFrom - origin, linesToComments, line }
        return this.readCommand(origin, content, end, next, above, isLong)
      }
      start = next
    }
    return null
  }

  private readCommand(
    origin: number,
    content: number,
    end: number,
    next: number,
    above: Pick<PassageOutline, 'commentsFrom' | 'linesToComments' | 'line'>,
    isLong: boolean,
  ): Passage {
    const { text, escape } = this
    const continued = readContinuedLine(text, origin, content, end, next, escape.charCodeAt(0))
    const commandEnd = continued?.end ?? end
    const commandNext = continued?.next ?? next
    const command: PassageOutline = {
      text: this.part(origin, commandNext),
      escape,
      keyword: this.keyword(origin, content, end, commandNext, continued),
      ...above,
      range: { from: content - origin, to: commandEnd - origin },
      endLine: above.line - 1 + (continued?.lines ?? 1),
      commandNext: commandNext - origin,
      continued,
      heredocs: nothing,
      isUnterminated: false,
      isOpen: continued?.isOpen === true || text.charCodeAt(commandNext - 1) !== lineFeed,
      mayHaveLongLines: isLong || (continued !== null && mayBeTooLong(commandNext - content)),
    }
    this.next = commandNext
    const passage = new Passage(command)
    if (!mayAnnounceHeredocs(command) || !mayHaveHeredocs(passage.unplaced)) return passage
    const logical = joinedCommand(command)
    const operators = heredocOperators(logical.text)
    if (operators.length === 0) return passage
    const bodies = this.heredocReader.read(operators, logical, origin, commandEnd, commandNext)
    this.next = bodies.next
    return new Passage({
      ...command,
      text: this.part(origin, bodies.next),
      range: { from: content - origin, to: Math.max(content, bodies.end) - origin },
      endLine: above.line - 1 + countLines(text, content, bodies.next),
      heredocs: bodies.heredocs,
      isUnterminated: bodies.unterminated,
      isOpen: bodies.unterminated || text.charCodeAt(bodies.next - 1) !== lineFeed,
    })
  }

  private keyword(
    origin: number,
    from: number,
    to: number,
    commandNext: number,
    continued: ContinuedLine | null,
  ): string {
    const { text } = this
    const end = endOfWord(text, from, to)
    const keyword = upperCase(text.slice(from, end))
    const token = continued?.pieces[0]?.to ?? Infinity
    if (end - origin < token && isKeyword(keyword)) return keyword
    // The word itself may be continued, or end with white space that does not part words.
    const pieces = continued?.pieces ?? [{ from: from - origin, to: to - origin }]
    const command = logicalText(text.slice(origin, commandNext), pieces).text
    const start = skipSpaces(command, 0, command.length)
    return upperCase(command.slice(start, endOfWord(command, start, trimEnd(command, start, command.length))))
  }

  private part(from: number, to: number): string {
    const part = this.text.slice(from, to)
    // A slice keeps all of what it was cut from in memory; this makes a string of its own.
    return this.isPart ? (JSON.parse(JSON.stringify(part)) as string) : part
  }
}

function endOfWord(text: string, from: number, to: number): number {
  let end = from
  while (end < to && !isBlank(text.charCodeAt(end))) end++
  return end
}

/** Without reading it. A continuation may part the two signs. */
function mayAnnounceHeredocs({ keyword, text, continued }: PassageOutline): boolean {
  switch (keyword) {
    case 'RUN':
    case 'COPY':
    case 'ADD':
    case 'ONBUILD':
      return text.includes(continued === null ? '<<' : '<')
    default:
      return false
  }
}
