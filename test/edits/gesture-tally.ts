import { expect } from 'vitest'
import type { EditOutcome } from '../../shared/edits/edit-outcome.ts'

/** How many outcomes of each gesture were edits, and how many refusals for which reason. */
export class GestureTally {
  readonly written = new Map<string, number>()
  readonly refused = new Map<string, number>()

  count(gesture: string, outcome: EditOutcome): void {
    const counts = outcome.kind === 'edits' ? this.written : this.refused
    counts.set(gesture, (counts.get(gesture) ?? 0) + 1)
  }

  toString(): string {
    return [...this.written]
      .map(([name, count]) => `${name} ${count} (${this.refused.get(name) ?? 0} refused)`)
      .join(', ')
  }
}

/** One change, which starts and ends so. */
export function expectOne(changes: readonly string[], start: string, end: string): void {
  expect(changes).toHaveLength(1)
  const [change = ''] = changes
  expect([change.slice(0, start.length), change.slice(change.length - end.length)]).toEqual([start, end])
}

/** Counts an outcome; proves the edits, and that a refusal is a sentence. */
export function perform(
  gesture: string,
  outcome: EditOutcome,
  tally: GestureTally,
  prove: (outcome: Extract<EditOutcome, { kind: 'edits' }>) => void,
): void {
  tally.count(gesture, outcome)
  if (outcome.kind === 'edits') prove(outcome)
  else expect(outcome.reason.endsWith('.')).toBe(true)
}
