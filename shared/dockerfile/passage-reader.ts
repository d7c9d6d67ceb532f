import { endOfWord, skipSpaces, trimEnd } from './characters.ts'
import { joinedCommand, readContinuedLine, type ContinuedLine } from './continuation.ts'
import { HeredocReader } from './heredoc-bodies.ts'
import { heredocOperators } from './heredocs.ts'
import { mayHaveHeredocs } from './instruction.ts'
import { isKeyword, keywordAt } from './keywords.ts'
import { lineEnd, nextLine } from './lines.ts'
import { Passage, type PassageHeader } from './passage.ts'

const hash = 0x23
const noHeader: PassageHeader = { to: 0, lines: 0 }

/** Finds where instructions begin and end, and leaves what they say for later. */
export class PassageReader {
  private readonly text: string
  private readonly escape: '\\' | '`'
  private readonly isPart: boolean
  private readonly heredocReader: HeredocReader

  /** `isPart` where the text is one of many, of which each passage must not hold on to the whole. */
  constructor(text: string, escape: '\\' | '`', isPart: boolean) {
    this.text = text
    this.escape = escape
    this.isPart = isPart
    this.heredocReader = new HeredocReader(text)
  }

  /** The passage that starts at `origin`, the start of a line; null where no instruction follows. */
  read(origin: number, header = noHeader): Passage | null {
    const { text } = this
    let line = header.lines + 1
    for (let start = origin + header.to; start < text.length; line++) {
      const next = nextLine(text, start)
      const end = lineEnd(text, start, next)
      const content = skipSpaces(text, start, end)
      if (content < end && text.charCodeAt(content) !== hash)
        return this.readCommand(origin, header, line, content, end, next)
      start = next
    }
    return null
  }

  private readCommand(
    origin: number,
    header: PassageHeader,
    line: number,
    content: number,
    end: number,
    next: number,
  ): Passage {
    const { text, escape } = this
    const continued = readContinuedLine(text, origin, content, end, next, escape.charCodeAt(0))
    const commandEnd = continued?.end ?? end
    const commandNext = continued?.next ?? next
    const own = this.part(origin, commandNext)
    const from = content - origin
    const to = commandEnd - origin
    const keyword = readKeyword(own, from, to, continued)
    const passage = new Passage(own, escape, keyword, header, from, to, line, continued)
    if (!mayAnnounceHeredocs(passage) || !mayHaveHeredocs(passage.unplaced)) return passage
    const { logical } = passage.unplaced
    const operators = heredocOperators(logical.text)
    if (operators.length === 0) return passage
    const bodies = this.heredocReader.read(operators, logical, origin, commandEnd, commandNext)
    return passage.withBodies(this.part(origin, origin + bodies.next), bodies)
  }

  private part(from: number, to: number): string {
    const part = this.text.slice(from, to)
    // A slice keeps all of what it was cut from in memory; this makes a string of its own.
    return this.isPart ? (JSON.parse(JSON.stringify(part)) as string) : part
  }
}

function readKeyword(text: string, from: number, to: number, continued: ContinuedLine | null): string {
  const end = endOfWord(text, from, to)
  const keyword = keywordAt(text, from, end)
  if ((continued === null || end - from < (continued.seams[0]?.at ?? continued.length)) && isKeyword(keyword))
    return keyword
  // The word itself may be continued, or end with white space that does not part words.
  const { text: command } = joinedCommand(text, from, to, continued)
  const start = skipSpaces(command, 0, command.length)
  return keywordAt(command, start, endOfWord(command, start, trimEnd(command, start, command.length)))
}

/** Without reading it. A continuation may part the two signs. */
function mayAnnounceHeredocs({ keyword, text, continued }: Passage): boolean {
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
