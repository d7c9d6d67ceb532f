import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  appendLog,
  emptyLog,
  logLength,
  logLine,
  logLines,
  maximumLineLength,
  maximumLines,
  type LogBuffer,
  type LogStream,
} from '../../shared/builds/log-buffer.ts'

const texts = (buffer: LogBuffer) => logLines(buffer).map(line => line.text)
const written = (...pieces: string[]) => pieces.reduce((log, piece) => appendLog(log, 'stdout', piece), emptyLog)

/** What a terminal would show, one character at a time. */
function terminal(text: string): string[] {
  const lines: string[] = []
  let line = ''
  let returned = false
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index)
    if (character === '\n') {
      lines.push(line)
      line = ''
      returned = false
    } else if (character === '\r') returned = true
    else {
      if (returned) line = ''
      returned = false
      if (line.length === maximumLineLength) {
        lines.push(line)
        line = ''
      }
      line += character
    }
  }
  return line === '' ? lines : [...lines, line]
}

const output = fc.array(fc.constantFrom('a', 'bc', ' ', '\n', '\r', '\r\n', 'é', '\u001b[31m'), { maxLength: 60 })

test('however the output is cut, the lines are what a terminal shows', () => {
  fc.assert(
    fc.property(output, fc.array(fc.nat(80), { maxLength: 8 }), (pieces, cuts) => {
      const text = pieces.join('')
      const edges = [...new Set([0, ...cuts.filter(cut => cut < text.length), text.length])].sort((a, b) => a - b)
      const cut = edges.slice(1).map((edge, index) => text.slice(edges[index], edge))
      expect(texts(written(...cut))).toEqual(terminal(text))
    }),
  )
})

test('a progress line overwrites itself and survives the line feed that ends it', () => {
  expect(texts(written('10%\r', '55%\r100%', '\r\ndone'))).toEqual(['100%', 'done'])
})

test('stdout and stderr do not run into each other within a line', () => {
  let log = emptyLog
  const say = (stream: LogStream, text: string) => (log = appendLog(log, stream, text))
  say('stdout', 'compiling ')
  say('stderr', 'warning: unused\n')
  say('stdout', 'main.c\n')
  expect(logLines(log)).toEqual([
    { text: 'warning: unused', stream: 'stderr' },
    { text: 'compiling main.c', stream: 'stdout' },
  ])
})

test('a line of a million characters is broken, not lost', () => {
  const log = written('x'.repeat(600_000), 'x'.repeat(400_000))
  expect(texts(log).join('')).toHaveLength(1_000_000)
  expect(Math.max(...texts(log).map(text => text.length))).toBe(maximumLineLength)
})

test('the oldest lines are forgotten beyond the bound and counted', () => {
  const total = maximumLines + 7_000
  let log = emptyLog
  for (let number = 0; number < total; number += 10)
    log = appendLog(log, 'stdout', Array.from({ length: 10 }, (_, index) => `line ${number + index}\n`).join(''))
  expect(log.dropped + logLength(log)).toBe(total)
  expect(logLength(log)).toBeLessThanOrEqual(maximumLines)
  expect(logLength(log)).toBeGreaterThan(maximumLines - 1_000)
  expect(logLine(log, 0)?.text).toBe(`line ${log.dropped}`)
  expect(logLine(log, logLength(log) - 1)?.text).toBe(`line ${total - 1}`)
  expect(logLine(log, logLength(log))).toBeUndefined()
})

test('lines of many kilobytes are bounded by their characters', () => {
  const line = `${'y'.repeat(10_000)}\n`
  let log = emptyLog
  for (let number = 0; number < 2_000; number++) log = appendLog(log, 'stderr', line)
  expect(log.dropped).toBeGreaterThan(0)
  expect(log.dropped + logLength(log)).toBe(2_000)
  expect(logLines(log).reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(9 << 20)
})

test('a value once handed out never changes', () => {
  const before = written('one\ntwo')
  const seen = JSON.stringify(before)
  appendLog(appendLog(before, 'stdout', ' more\nthree\n'), 'stderr', 'oops')
  expect(JSON.stringify(before)).toBe(seen)
})
