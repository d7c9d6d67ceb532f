import fc from 'fast-check'
import { expect, test } from 'vitest'
import { analyze } from '../../shared/analysis.ts'
import { stageAt } from '../../shared/graph/stage-at.ts'

test('the stage at an offset is the last one that begins there or before', () => {
  const part = fc.constantFrom('# note\n', 'FROM a\n', 'RUN b\n', '\n', 'ARG c\n')
  fc.assert(
    fc.property(fc.array(part), fc.nat(80), (parts, offset) => {
      const { stages } = analyze(parts.join('')).graph
      expect(stageAt(stages, offset)).toBe(stages.findLast(({ range }) => range.from <= offset))
    }),
  )
})
