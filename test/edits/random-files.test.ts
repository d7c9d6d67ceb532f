import fc from 'fast-check'
import { expect, test } from 'vitest'
import { analyze } from '../../shared/analysis.ts'
import { dockerfileText } from '../dockerfile-arbitrary.ts'
import { performEveryGesture } from './every-gesture.ts'
import { GestureTally } from './gesture-tally.ts'

test('EDIT-39 every gesture changes exactly what it says, in any file', () => {
  const tally = new GestureTally()
  fc.assert(
    fc.property(dockerfileText(), fc.nat(), (text, seed) => {
      const analysis = analyze(text)
      let turn = seed
      performEveryGesture(analysis, stages => stages[turn++ % stages.length], tally)
    }),
    { numRuns: 100 },
  )
  console.log(`Gestures on random files: ${tally.toString()}.`)
  // Refusing everything would prove nothing.
  for (const gesture of tally.refused.keys()) expect(tally.written.get(gesture) ?? 0, gesture).toBeGreaterThan(5)
}, 180_000)
