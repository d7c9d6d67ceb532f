/** How many unchanged lines surround a change, as `diff -u` has it. */
const context = 3

interface Hunk {
  readonly before: number
  readonly after: number
  readonly lines: readonly string[]
}

/**
 * A unified diff of two texts, '' where they are the same. Carriage returns are part of a line; what lacks a final line
 * end says so as `diff` does, so that `patch` takes every file.
 */
export function unifiedDiff(name: string, before: string, after: string): string {
  if (before === after) return ''
  const script = lineScript(splitLines(before), splitLines(after))
  const written = hunks(script).map(hunk => {
    const removed = hunk.lines.filter(line => !line.startsWith('+')).length
    const added = hunk.lines.filter(line => !line.startsWith('-')).length
    return `@@ -${span(hunk.before, removed)} +${span(hunk.after, added)} @@\n${hunk.lines.map(ended).join('')}`
  })
  return `--- a/${name}\n+++ b/${name}\n${written.join('')}`
}

/** First line and count; an empty span stands behind the line before it. */
function span(start: number, count: number): string {
  if (count === 1) return String(start + 1)
  return `${count === 0 ? start : start + 1},${count}`
}

function ended(line: string): string {
  return line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`
}

/** With their line ends. */
function splitLines(text: string): readonly string[] {
  const lines: string[] = []
  for (let from = 0; from < text.length;) {
    const newline = text.indexOf('\n', from)
    const to = newline < 0 ? text.length : newline + 1
    lines.push(text.slice(from, to))
    from = to
  }
  return lines
}

/** Every line with its mark in front: ' ', '-' or '+'. */
function lineScript(before: readonly string[], after: readonly string[]): readonly string[] {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1
  let end = 0
  while (
    end < before.length - start &&
    end < after.length - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  )
    end += 1
  const kept = (line: string) => ` ${line}`
  return [
    ...before.slice(0, start).map(kept),
    ...changedLines(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...before.slice(before.length - end).map(kept),
  ]
}

/** The longest common subsequence stays; quadratic, but only between the first and the last change. */
function changedLines(before: readonly string[], after: readonly string[]): readonly string[] {
  const removed = before.map(line => `-${line}`)
  const added = after.map(line => `+${line}`)
  if (before.length * after.length > 4_000_000) return [...removed, ...added]
  const width = after.length + 1
  const common = new Uint32Array((before.length + 1) * width)
  for (let row = before.length - 1; row >= 0; row--)
    for (let column = after.length - 1; column >= 0; column--)
      common[row * width + column] =
        before[row] === after[column]
          ? (common[(row + 1) * width + column + 1] ?? 0) + 1
          : Math.max(common[(row + 1) * width + column] ?? 0, common[row * width + column + 1] ?? 0)
  const script: string[] = []
  let [row, column] = [0, 0]
  while (row < before.length || column < after.length) {
    const down = row < before.length ? (common[(row + 1) * width + column] ?? 0) : -1
    const right = column < after.length ? (common[row * width + column + 1] ?? 0) : -1
    if (down >= 0 && right >= 0 && before[row] === after[column]) {
      script.push(` ${before[row] ?? ''}`)
      row += 1
      column += 1
    } else if (down >= right) script.push(removed[row++] ?? '')
    else script.push(added[column++] ?? '')
  }
  return script
}

/** The changes with the lines around them; those that are near each other are one. */
function hunks(script: readonly string[]): readonly Hunk[] {
  const shown = script.map(() => false)
  script.forEach((line, at) => {
    if (line.startsWith(' ')) return
    shown.fill(true, Math.max(0, at - context), at + context + 1)
  })
  const found: Hunk[] = []
  let [before, after] = [0, 0]
  let lines: string[] = []
  let start = { before, after }
  script.forEach((line, at) => {
    if (shown[at] === true) {
      if (lines.length === 0) start = { before, after }
      lines.push(line)
    } else if (lines.length > 0) {
      found.push({ ...start, lines })
      lines = []
    }
    if (!line.startsWith('+')) before += 1
    if (!line.startsWith('-')) after += 1
  })
  if (lines.length > 0) found.push({ ...start, lines })
  return found
}
