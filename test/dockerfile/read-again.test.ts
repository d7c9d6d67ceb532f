import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { parseDockerfile } from '../../shared/dockerfile/parse.ts'
import type { Dockerfile, Instruction } from '../../shared/dockerfile/syntax.ts'
import { anyText } from './text-arbitrary.ts'

vi.setConfig({ testTimeout: 60_000 })

/** Everything a tree says, worked out. */
function whole(file: Dockerfile): unknown {
  const { text, byteOrderMark, escape, lineEnding, directives, trivia, errors, lineStarts } = file
  const instructions = file.instructions.map(everyPart)
  return { text, byteOrderMark, escape, lineEnding, directives, trivia, errors, lineStarts, instructions }
}

function everyPart(instruction: Instruction): unknown {
  const { index, keyword, writtenKeyword, keywordRange, range, line, endLine, flags, pairs, heredocs } = instruction
  const { argumentsRange, argumentsText, isJson, comment, embedded, logical, raw, trigger } = instruction
  return {
    ...{ index, keyword, writtenKeyword, keywordRange, range, line, endLine, flags, pairs, heredocs },
    ...{ argumentsRange, argumentsText, isJson, comment, embedded, logical, raw },
    arguments: instruction.arguments,
    trigger: trigger === null ? null : everyPart(trigger),
  }
}

const place = fc.oneof(fc.nat(), fc.constantFrom(0, 1, -1, -2))
const edit = fc.record({ place, cut: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(60)), insert: anyText })

function edited(text: string, { place, cut, insert }: { place: number; cut: number; insert: string }): string {
  const count = text.length + 1
  const from = ((place % count) + count) % count
  return text.slice(0, from) + insert + text.slice(from + cut)
}

describe('a file read again after a change', () => {
  test('is the file read afresh, and leaves the old one as it was', () => {
    fc.assert(
      fc.property(anyText, fc.array(edit, { minLength: 1, maxLength: 4 }), (start, edits) => {
        let file = parseDockerfile(start)
        for (const each of edits) {
          const before = whole(file)
          const next = parseDockerfile(edited(file.text, each), file)
          expect(whole(next)).toEqual(whole(parseDockerfile(next.text)))
          expect(whole(file)).toEqual(before)
          file = next
        }
      }),
      { numRuns: 2000 },
    )
  })

  const lines = ['FROM a AS b', 'RUN x \\', '  y', '# note', 'COPY <<E /e', 'FROM no', 'E', 'CMD ["z"]', '']

  test('keeps what it knows of instructions that did not change', () => {
    const before = parseDockerfile(lines.join('\n'))
    const after = parseDockerfile(lines.join('\n').replace('  y', '  yes'), before)
    const kept = after.instructions.map(({ unplaced }, index) => unplaced === before.instructions[index]?.unplaced)
    expect(kept).toEqual([true, false, true, true])
  })

  test('keeps stages above a change as they are, and those below it but for their place', () => {
    const before = parseDockerfile('FROM a\nRUN x\nFROM b\nRUN y\nFROM c\nRUN z\n')
    const after = parseDockerfile(before.text.replace('y', 'yes'), before)
    const stages = (file: Dockerfile) => file.sections.slice(1)
    expect(stages(after).map((stage, index) => stage === stages(before)[index])).toEqual([true, false, false])
    const written = stages(after).map((stage, index) => stage.section === stages(before)[index]?.section)
    expect(written).toEqual([true, false, true])
  })

  test.each([
    ['a heredoc that no longer ends', '\nE\n', '\nEE\n'],
    ['a line that goes on', 'FROM a AS b', 'FROM a AS b \\'],
    ['another escape token', 'FROM a AS b', '# escape=`\nFROM a AS b'],
    ['an end that is gone', 'CMD ["z"]\n', 'CMD ["z"'],
  ])('follows %s', (_, old, now) => {
    const before = parseDockerfile(lines.join('\n'))
    const text = before.text.replace(old, now)
    expect(whole(parseDockerfile(text, before))).toEqual(whole(parseDockerfile(text)))
    expect(whole(parseDockerfile(before.text, parseDockerfile(text, before)))).toEqual(whole(before))
  })
})
