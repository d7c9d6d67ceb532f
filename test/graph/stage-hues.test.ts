import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hueCount, stageHues } from '../../shared/graph/stage-hues.ts'
import type { StageId } from '../../shared/graph/stage-graph.ts'

const ids = (...names: string[]) => names as StageId[]
const some = (prefix: string, maxLength: number) =>
  fc.nat({ max: maxLength }).map(count => Array.from({ length: count }, (_, index) => `${prefix}${index}`))

/** The stages of a file, and the same after some went, some came and all were put in another order. */
const changed = fc
  .tuple(some('old', 14), some('new', 5))
  .chain(([before, added]) => fc.tuple(fc.constant(ids(...before)), fc.shuffledSubarray(ids(...before, ...added))))

describe('stages keep their colour', () => {
  test('a file just opened has them in order', () => {
    const opened = ids(...Array.from({ length: 12 }, (_, index) => `s${index}`))
    expect([...stageHues(opened, null).values()]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1])
  })

  test('a stage put at the end of it gets the one it would have had', () => {
    fc.assert(
      fc.property(some('s', 30), names => {
        const all = ids(...names, 'last')
        expect(stageHues(all, stageHues(ids(...names), null))).toEqual(stageHues(all, null))
      }),
    )
  })

  test('whatever comes, goes and moves', () => {
    fc.assert(
      fc.property(changed, ([before, after]) => {
        const hues = stageHues(before, null)
        const next = stageHues(after, hues)
        // Of those that are gone as well: undo brings them back.
        for (const id of before) expect(next.get(id)).toBe(hues.get(id))
      }),
    )
  })

  test('a new stage is told from its neighbours, and from all while there are colours for all', () => {
    fc.assert(
      fc.property(changed, ([before, after]) => {
        const next = stageHues(after, stageHues(before, null))
        const worn = after.map(id => next.get(id))
        after.forEach((id, index) => {
          if (id.startsWith('new')) expect([worn[index - 1], worn[index + 1]]).not.toContain(worn[index])
        })
        if (before.length <= hueCount && after.length <= hueCount) expect(new Set(worn).size).toBe(after.length)
      }),
    )
  })
})
