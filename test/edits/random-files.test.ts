import fc from 'fast-check'
import { expect, test } from 'vitest'
import { analyze, defaultInputs } from '../../shared/analysis.ts'
import { dockerfileText } from '../dockerfile-arbitrary.ts'
import { withTriggers } from '../graph/expect-graph.ts'
import { performEveryGesture } from './every-gesture.ts'
import { GestureTally } from './gesture-tally.ts'

/** What chance seldom brings together: a base that is named below, an index of a stage without a name, several pairs. */
const rarities = `FROM late
ENV A=1 B=2
FROM alpine AS late
FROM alpine
COPY --from=0 /a /b
`

/** The same files on an engine that holds images with triggers. */
const images = {
  alpine: withTriggers(['COPY --from=a /x /triggered', 'RUN --mount=from=nginx,target=/n x']),
  'golang:1.22': withTriggers(['COPY . /app', 'COPY --from=0 /x /y']),
}

test('EDIT-39 every gesture changes exactly what it says, in any file', () => {
  const tally = new GestureTally()
  fc.assert(
    fc.property(dockerfileText(), fc.nat(), (text, seed) => {
      const analysis = analyze(text, seed % 3 === 1 ? { ...defaultInputs, images } : defaultInputs)
      let turn = seed
      performEveryGesture(analysis, stages => stages[turn++ % stages.length], tally)
    }),
    { numRuns: 100, examples: [[rarities, 0]] },
  )
  console.log(`Gestures on random files: ${tally.toString()}.`)
  // Refusing everything would prove nothing.
  for (const gesture of tally.refused.keys()) expect(tally.written.get(gesture) ?? 0, gesture).toBeGreaterThan(0)
}, 180_000)
