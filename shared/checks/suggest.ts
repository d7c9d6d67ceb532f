/** Names further away than this are no misspellings. */
const farthest = 2

/** Insertions, deletions and substitutions between two words. */
function editDistance(a: string, b: string): number {
  const left = Array.from(a)
  const right = Array.from(b)
  let row = right.map((_, index) => index + 1)
  row.unshift(0)
  for (const [index, character] of left.entries()) {
    const next = [index + 1]
    for (const [column, other] of right.entries()) {
      const substituted = (row[column] ?? 0) + (character === other ? 0 : 1)
      next.push(Math.min(substituted, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}

/** The option closest to `word`, if it is close enough to be meant; the first of those equally close. */
export function nearest(word: string, options: Iterable<string>): string | null {
  let best: string | null = null
  let distance = farthest + 1
  for (const option of options) {
    if (Math.abs(option.length - word.length) >= distance) continue
    const candidate = editDistance(word, option)
    if (candidate < distance && candidate > 0) {
      best = option
      distance = candidate
    }
  }
  return best
}

/** ` (did you mean X?)`, or nothing: how BuildKit ends a message about an unknown name. */
export function suggestion(word: string, options: Iterable<string>): string {
  const option = nearest(word, options)
  return option === null ? '' : ` (did you mean ${option}?)`
}
