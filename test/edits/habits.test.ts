import fc from 'fast-check'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { analyze, type Analysis } from '../../shared/analysis.ts'
import { habitsOf } from '../../shared/edits/habits.ts'
import { applyEdits } from '../../shared/text/text-edit.ts'
import { dockerfileText } from '../dockerfile-arbitrary.ts'
import { gestures, randomGesture } from '../fuzz/random-edit.ts'
import { Random } from '../fuzz/random.ts'
import { corpusText, referenceFolder } from '../parity/reference.ts'
import { habits, handOf, type Habit } from './hand.ts'
import { handwrittenText } from './hand-arbitrary.ts'

/** What is written there as it is asked for. */
const givenTexts = new Set(['add instruction', 'set instruction', 'set arguments'])

/** How often a gesture wrote into a document that had one way of doing it. */
class HabitTally {
  readonly kept = new Map<Habit, number>()
  readonly written = new Set<string>()

  /** What the document had in one way and has in several after a random gesture. */
  broken(analysis: Analysis, random: Random): string | null {
    const gesture = randomGesture(analysis, random)
    if (gesture?.outcome.kind !== 'edits' || gesture.outcome.edits.length === 0) return null
    this.written.add(gesture.name)
    const after = applyEdits(analysis.file.text, gesture.outcome.edits)
    const [before, hand] = [handOf(analysis), handOf(analyze(after, analysis.inputs))]
    for (const habit of habits) {
      if (new Set(before[habit]).size !== 1 || givenTexts.has(gesture.name)) continue
      this.kept.set(habit, (this.kept.get(habit) ?? 0) + 1)
      if (!hand[habit].every(way => before[habit].includes(way)))
        return `${gesture.name}, ${habit}: ${JSON.stringify(hand[habit])}\n${analysis.file.text}\n=>\n${after}`
    }
    return null
  }
}

test('EDIT-03 what is done in several ways is done in the most common one', () => {
  fc.assert(
    fc.property(fc.oneof(dockerfileText(), handwrittenText()), text => {
      const analysis = analyze(text)
      const [hand, found] = [handOf(analysis), habitsOf(analysis)]
      const expectMostCommon = (habit: Habit, way: string) => {
        const times = (each: string) => hand[habit].filter(other => other === each).length
        expect(times(way), habit).toBe(Math.max(0, ...hand[habit].map(times)))
      }
      expectMostCommon('line end', found.lineEnding)
      expectMostCommon('keyword case', found.keywordCase)
      expectMostCommon('case of AS', found.asCase)
      expectMostCommon('indentation of FROM', found.stageIndentation)
      expectMostCommon('indentation of steps', found.stepIndentation)
      expectMostCommon('blank lines between stages', String(found.blankLinesBetweenStages))
      const gaps = hand['blank lines between steps']
      expect(found.partsSteps).toBe(gaps.filter(gap => gap !== '0').length * 2 > gaps.length)
    }),
    { numRuns: 500 },
  )
})

describe('EDIT-48 what a document has in one way has one way after every gesture', () => {
  test('in any file', () => {
    const tally = new HabitTally()
    fc.assert(
      fc.property(handwrittenText(), fc.nat(), (text, seed) => {
        const analysis = analyze(text)
        const random = new Random(seed)
        for (let turn = 0; turn < 20; turn++) expect(tally.broken(analysis, random)).toBeNull()
      }),
      { numRuns: 500 },
    )
    // Gestures that never wrote, and habits that were never there, would prove nothing. A few gestures fit seldom.
    expect(tally.written.size).toBeGreaterThan(Object.keys(gestures).length - 10)
    expect(habits.filter(habit => !tally.kept.has(habit))).toEqual([])
    console.log(`Habits kept by gestures on random files: ${JSON.stringify(Object.fromEntries(tally.kept))}.`)
  }, 180_000)

  if (referenceFolder !== null)
    test('in real Dockerfiles', () => {
      const folder = join(referenceFolder ?? '', 'corpus/files')
      const files = readdirSync(folder).filter((_, at) => at % 12 === 0)
      const tally = new HabitTally()
      const broken = files.flatMap((file, at) => {
        const analysis = analyze(corpusText(file.slice(0, -'.Dockerfile'.length)))
        const random = new Random(at)
        return Array.from({ length: 20 }, () => tally.broken(analysis, random)).filter(each => each !== null)
      })
      console.log(
        `Habits kept by gestures on ${files.length} real files: ${JSON.stringify(Object.fromEntries(tally.kept))}.`,
      )
      expect(broken).toEqual([])
    }, 180_000)
})
