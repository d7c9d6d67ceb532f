import type { BuildEvent } from './build-events.ts'

export type LogStream = Extract<BuildEvent, { kind: 'log' }>['stream']

/** One line of a step's output, ANSI sequences included. */
export interface LogLine {
  readonly text: string
  readonly stream: LogStream
}

/** A run of whole lines that no longer changes; `first` is the number of its first line since the step began. */
interface LogChunk {
  readonly first: number
  readonly lines: readonly LogLine[]
  readonly characters: number
}

/** A line still being written. `returned`: a carriage return stands behind it, so the next character replaces it. */
interface OpenLine {
  readonly text: string
  readonly returned: boolean
}

/**
 * The output of one step: immutable, shares everything but its last lines with the value before it, and forgets its
 * oldest lines beyond a bound. Lines are numbered from 0 since the step began, forgotten ones counted.
 */
export interface LogBuffer {
  readonly chunks: readonly LogChunk[]
  readonly tail: LogChunk
  readonly open: Readonly<Record<LogStream, OpenLine>>
  /** Lines forgotten to stay within the bound. */
  readonly dropped: number
  /** Characters in `chunks`. */
  readonly characters: number
}

/** Together about what a step may hold in memory. Whole chunks are forgotten, so a little less may remain. */
export const maximumLines = 50_000
const maximumCharacters = 8 << 20
/** Longer lines are broken: a terminal would, and one endless line must not defeat the bound. */
export const maximumLineLength = 1 << 14

const chunkLines = 256
const chunkCharacters = 1 << 16
const nothingOpen: OpenLine = { text: '', returned: false }
const emptyTail: LogChunk = { first: 0, lines: [], characters: 0 }

export const emptyLog: LogBuffer = {
  chunks: [],
  tail: emptyTail,
  open: { stdout: nothingOpen, stderr: nothingOpen },
  dropped: 0,
  characters: 0,
}

/** An empty buffer of which so many lines are forgotten. */
export function logAfter(lines: number): LogBuffer {
  return { ...emptyLog, tail: { ...emptyTail, first: lines }, dropped: lines }
}

/**
 * Adds a piece of output, which may begin and end anywhere within a line. A line feed ends a line; what follows a
 * carriage return replaces the line, as progress bars expect. However the output is cut, the buffer is the same.
 */
export function appendLog(buffer: LogBuffer, stream: LogStream, text: string): LogBuffer {
  const writer = new LogWriter(buffer, stream)
  let start = 0
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
    writer.write(text.slice(start, end))
    writer.endLine()
    start = end + 1
  }
  writer.write(text.slice(start))
  return writer.buffer()
}

/** Lines that can be shown, those still being written included. */
export function logLength(buffer: LogBuffer): number {
  return endOfWholeLines(buffer) - buffer.dropped + openLines(buffer).length
}

/** The line at `position`, 0 being the oldest that is still held; undefined beyond the end. */
export function logLine(buffer: LogBuffer, position: number): LogLine | undefined {
  const number = buffer.dropped + position
  const end = endOfWholeLines(buffer)
  if (number >= end) return openLines(buffer)[number - end]
  if (number >= buffer.tail.first) return buffer.tail.lines[number - buffer.tail.first]
  let low = 0
  let high = buffer.chunks.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((buffer.chunks[middle]?.first ?? 0) <= number) low = middle
    else high = middle - 1
  }
  const chunk = buffer.chunks[low]
  return chunk?.lines[number - chunk.first]
}

/** The lines from `from` up to `to`, counted like `logLine`. */
export function logLines(buffer: LogBuffer, from = 0, to = logLength(buffer)): readonly LogLine[] {
  const lines: LogLine[] = []
  for (let position = Math.max(0, from); position < to; position++) {
    const line = logLine(buffer, position)
    if (line === undefined) break
    lines.push(line)
  }
  return lines
}

function endOfWholeLines(buffer: LogBuffer): number {
  return buffer.tail.first + buffer.tail.lines.length
}

function openLines(buffer: LogBuffer): readonly LogLine[] {
  const { stdout, stderr } = buffer.open
  const lines: LogLine[] = []
  if (stdout.text !== '') lines.push({ text: stdout.text, stream: 'stdout' })
  if (stderr.text !== '') lines.push({ text: stderr.text, stream: 'stderr' })
  return lines
}

/** Writes one piece of output: copies the tail once, however many lines the piece holds. */
class LogWriter {
  readonly #before: LogBuffer
  readonly #stream: LogStream
  #chunks: LogChunk[] | null = null
  #characters: number
  #dropped: number
  #first: number
  #lines: LogLine[] | null = null
  #tailCharacters: number
  #text: string
  #returned: boolean

  constructor(buffer: LogBuffer, stream: LogStream) {
    this.#before = buffer
    this.#stream = stream
    this.#characters = buffer.characters
    this.#dropped = buffer.dropped
    this.#first = buffer.tail.first
    this.#tailCharacters = buffer.tail.characters
    this.#text = buffer.open[stream].text
    this.#returned = buffer.open[stream].returned
  }

  /** Text without a line feed. */
  write(text: string): void {
    let start = 0
    for (let end = text.indexOf('\r'); end >= 0; end = text.indexOf('\r', start)) {
      this.#put(text.slice(start, end))
      this.#returned = true
      start = end + 1
    }
    this.#put(start === 0 ? text : text.slice(start))
  }

  endLine(): void {
    this.#push(this.#text)
    this.#text = ''
    this.#returned = false
  }

  buffer(): LogBuffer {
    const before = this.#before
    const open: OpenLine = { text: this.#text, returned: this.#returned }
    return {
      chunks: this.#chunks ?? before.chunks,
      tail:
        this.#lines === null
          ? before.tail
          : { first: this.#first, lines: this.#lines, characters: this.#tailCharacters },
      open: this.#stream === 'stdout' ? { ...before.open, stdout: open } : { ...before.open, stderr: open },
      dropped: this.#dropped,
      characters: this.#characters,
    }
  }

  #put(text: string): void {
    if (text === '') return
    if (this.#returned) this.#text = ''
    this.#returned = false
    let start = 0
    while (this.#text.length + text.length - start > maximumLineLength) {
      const end = start + maximumLineLength - this.#text.length
      this.#push(this.#text + text.slice(start, end))
      this.#text = ''
      start = end
    }
    this.#text += start === 0 ? text : text.slice(start)
  }

  #push(text: string): void {
    const lines = (this.#lines ??= [...this.#before.tail.lines])
    lines.push({ text, stream: this.#stream })
    this.#tailCharacters += text.length
    if (lines.length < chunkLines && this.#tailCharacters < chunkCharacters) return
    const chunks = (this.#chunks ??= [...this.#before.chunks])
    chunks.push({ first: this.#first, lines, characters: this.#tailCharacters })
    this.#first += lines.length
    this.#characters += this.#tailCharacters
    this.#lines = []
    this.#tailCharacters = 0
    this.#forget(chunks)
  }

  #forget(chunks: LogChunk[]): void {
    let first = 0
    while (this.#first - this.#dropped > maximumLines - chunkLines || this.#characters > maximumCharacters) {
      const oldest = chunks[first]
      if (oldest === undefined) break
      this.#dropped += oldest.lines.length
      this.#characters -= oldest.characters
      first += 1
    }
    chunks.splice(0, first)
  }
}
