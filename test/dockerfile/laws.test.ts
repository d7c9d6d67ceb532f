import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { analyze } from '../../shared/analysis.ts'
import { highlightSpans } from '../../shared/dockerfile/highlight.ts'
import { parseDockerfile } from '../../shared/dockerfile/parse.ts'
import { printDockerfile } from '../../shared/dockerfile/print.ts'
import type { Instruction } from '../../shared/dockerfile/syntax.ts'
import type { TextRange } from '../../shared/text/text-edit.ts'
import { anyText } from './text-arbitrary.ts'

vi.setConfig({ testTimeout: 60_000 })
const runs = { numRuns: 2000 }

function within(inner: TextRange, outer: TextRange): void {
  expect(inner.from).toBeGreaterThanOrEqual(outer.from)
  expect(inner.to).toBeGreaterThanOrEqual(inner.from)
  expect(inner.to).toBeLessThanOrEqual(outer.to)
}

function inOrder(ranges: readonly TextRange[]): void {
  for (const [index, range] of ranges.entries()) {
    const before = ranges[index - 1]
    if (before !== undefined) expect(range.from).toBeGreaterThanOrEqual(before.to)
  }
}

function checkInstruction(instruction: Instruction, outer: TextRange): void {
  const { range } = instruction
  within(range, outer)
  within(instruction.keywordRange, range)
  within(instruction.argumentsRange, range)
  const words = [...instruction.flags, ...instruction.arguments].map(word => word.range)
  for (const word of words) within(word, range)
  inOrder([instruction.keywordRange, ...words])
  for (const flag of instruction.flags) if (flag.valueRange !== null) within(flag.valueRange, flag.range)
  for (const { key, value } of instruction.pairs) {
    within(key.range, range)
    if (value !== null) inOrder([key.range, value.range])
  }
  for (const { body, operatorRange, terminatorRange } of instruction.heredocs) {
    inOrder(terminatorRange === null ? [operatorRange, body] : [operatorRange, body, terminatorRange])
    within(body, range)
  }
  expect(instruction.endLine).toBeGreaterThanOrEqual(instruction.line)
  if (instruction.trigger !== null) checkInstruction(instruction.trigger, range)
}

describe('of any text whatsoever', () => {
  test('SYN-01 printing the tree gives the text back', () => {
    fc.assert(
      fc.property(anyText, text => {
        expect(printDockerfile(parseDockerfile(text))).toBe(text)
      }),
      runs,
    )
  })

  test('SYN-02 instructions and trivia lie side by side and cover it', () => {
    fc.assert(
      fc.property(anyText, text => {
        const { instructions, trivia } = parseDockerfile(text)
        const pieces = [...instructions, ...trivia]
          .map(piece => piece.range)
          .sort((a, b) => a.from - b.from || a.to - b.to)
        let covered = 0
        for (const piece of pieces) {
          expect(piece.from).toBe(covered)
          covered = piece.to
        }
        expect(covered).toBe(text.length)
      }),
      runs,
    )
  })

  test('SYN-03 every part of an instruction lies within it, in order', () => {
    fc.assert(
      fc.property(anyText, text => {
        const { instructions, errors } = parseDockerfile(text)
        const whole = { from: 0, to: text.length }
        for (const instruction of instructions) checkInstruction(instruction, whole)
        inOrder(instructions.map(instruction => instruction.range))
        for (const error of errors) within(error.range, whole)
      }),
      runs,
    )
  })

  test('SYN-03 what a part says is what stands at its offsets, where no continuation parts it', () => {
    fc.assert(
      fc.property(anyText, text => {
        for (const instruction of parseDockerfile(text).instructions) {
          const written = ({ from, to }: TextRange) => text.slice(from, to)
          expect(written(instruction.range)).toBe(instruction.raw)
          const words = instruction.isJson ? [] : instruction.arguments
          const parts = [{ range: instruction.keywordRange, text: instruction.writtenKeyword }, ...words]
          for (const part of parts) {
            const stands = written(part.range)
            // BuildKit drops an escape that ends the last word, as before a no-break space, where it continues no line.
            const without = part === words.at(-1) ? stands.replace(/[\\`]$/, '') : stands
            if (!stands.includes('\n')) expect([stands, without]).toContain(part.text)
          }
        }
      }),
      runs,
    )
  })

  test('SYN-03 an escape before a no-break space ends the line and is no part of what the last word says', () => {
    const [word] = parseDockerfile('LABEL a\\\u00A0').instructions[0]?.arguments ?? []
    expect(word).toMatchObject({ text: 'a', range: { from: 6, to: 8 } })
  })

  test('highlighting is in order and within it', () => {
    fc.assert(
      fc.property(anyText, fc.nat(200), fc.nat(200), (text, from, length) => {
        const file = parseDockerfile(text)
        const all = highlightSpans(file, 0, text.length)
        for (const span of all) within(span, { from: 0, to: text.length })
        inOrder(all)
        const end = Math.min(text.length, from + length)
        expect(highlightSpans(file, from, end)).toEqual(all.filter(span => span.to > from && span.from < end))
      }),
      runs,
    )
  })

  test('SYN-04 analysis never fails, and its ranges lie within it', () => {
    fc.assert(
      fc.property(anyText, text => {
        const { graph, diagnostics } = analyze(text)
        const whole = { from: 0, to: text.length }
        for (const stage of graph.stages) within(stage.fromRange, stage.range)
        for (const edge of graph.edges) if (edge.sourceRange !== null) within(edge.sourceRange, edge.range)
        for (const diagnostic of diagnostics) within(diagnostic.range, whole)
        expect(diagnostics.map(({ line }) => line)).toEqual(diagnostics.map(({ line }) => line).sort((a, b) => a - b))
      }),
      runs,
    )
  })
})

describe('SYN-04 of texts that are far too large or deep', () => {
  const deep = {
    triggers: 'FROM a\n' + 'ONBUILD '.repeat(50_000) + 'RUN x\n',
    substitutions: 'FROM ' + '${a:-'.repeat(50_000) + '\n',
    brackets: 'FROM a\nCMD ' + '['.repeat(100_000) + '\n',
    heredocs: 'FROM a\nRUN ' + '<<A '.repeat(5_000) + '\n' + 'A\n'.repeat(2_000),
    unterminated: 'FROM a\nRUN <<X\n'.repeat(20_000),
    quotes: 'FROM a\nRUN ' + '"'.repeat(99_999) + "'${".repeat(50_000) + '\n',
    comments: '# x\n'.repeat(100_000) + 'FROM a\n',
    continuations: 'RUN a \\\n'.repeat(100_000),
  }
  for (const [name, text] of Object.entries(deep))
    test(`${name}: read to the end and highlighted`, () => {
      const { file } = analyze(text)
      expect(printDockerfile(file)).toBe(text)
      const spans = highlightSpans(file, 0, text.length)
      expect(spans.at(-1)?.to).toBeGreaterThan(0)
      expect(spans.every(({ from, to }, index) => to > from && from >= (spans[index - 1]?.to ?? 0))).toBe(true)
    })
})
