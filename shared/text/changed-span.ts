/** Slices of this length are compared at the machine's speed, which a loop over characters is far from. */
const block = 4096

/** Where two texts differ: `start` is the first place, `beforeEnd` and `afterEnd` the ends of what differs in each. */
export interface ChangedSpan {
  readonly start: number
  readonly beforeEnd: number
  readonly afterEnd: number
}

/** The one stretch whose replacement turns `before` into `after`, without common start and end. */
export function changedSpan(before: string, after: string): ChangedSpan {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start + block <= shorter && before.slice(start, start + block) === after.slice(start, start + block))
    start += block
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++
  let beforeEnd = before.length
  let afterEnd = after.length
  const least = start + block
  while (
    Math.min(beforeEnd, afterEnd) >= least &&
    before.slice(beforeEnd - block, beforeEnd) === after.slice(afterEnd - block, afterEnd)
  ) {
    beforeEnd -= block
    afterEnd -= block
  }
  while (Math.min(beforeEnd, afterEnd) > start && before.charCodeAt(beforeEnd - 1) === after.charCodeAt(afterEnd - 1)) {
    beforeEnd--
    afterEnd--
  }
  return { start, beforeEnd, afterEnd }
}
