import type { Analysis } from '../../shared/analysis.ts'

/** What shows in how a document is written: the way it is done, each time it is done. */
export type Hand = Readonly<Record<Habit, readonly string[]>>
export type Habit = (typeof habits)[number]

export const habits = [
  'keyword case',
  'case of AS',
  'indentation of FROM',
  'indentation of steps',
  'indentation above the first FROM',
  'line end',
  'continuation',
  'blank lines between stages',
  'blank lines between steps',
] as const

/** Read off the lines themselves, so that it owes nothing to the code that it holds to account. */
export function handOf({ file, graph }: Analysis): Hand {
  const hand: Record<Habit, string[]> = {
    ...{ 'keyword case': [], 'case of AS': [], 'line end': [...(file.text.match(/\r?\n/g) ?? [])] },
    ...{ 'indentation of FROM': [], 'indentation of steps': [], 'indentation above the first FROM': [] },
    ...{ continuation: [], 'blank lines between stages': [], 'blank lines between steps': [] },
  }
  const first = graph.stages[0]?.fromRange.from ?? file.text.length
  for (const instruction of file.instructions) {
    const { range, raw, writtenKeyword, keyword } = instruction
    const before = file.text.slice(file.text.lastIndexOf('\n', range.from - 1) + 1, range.from).replace('\uFEFF', '')
    const gap = String(blankLinesOver(file.text, range.from))
    hand['keyword case'].push(caseOf(writtenKeyword))
    if (range.from < first) hand['indentation above the first FROM'].push(before)
    else hand[keyword === 'FROM' ? 'indentation of FROM' : 'indentation of steps'].push(before)
    if (keyword === 'FROM' && instruction.arguments.length > 1)
      hand['case of AS'].push(caseOf(instruction.arguments[1]?.text ?? ''))
    if (keyword === 'FROM' && range.from > first) hand['blank lines between stages'].push(gap)
    if (keyword !== 'FROM' && range.from > first) hand['blank lines between steps'].push(gap)
    if (instruction.heredocs.length === 0)
      for (const [, token = ''] of raw.matchAll(/([\\`])[ \t]*\r?\n/g)) hand.continuation.push(token)
  }
  return hand
}

function caseOf(word: string): string {
  return word === word.toLowerCase() ? 'lower' : 'upper'
}

/** Above the comment that touches the line at `offset`, or above the line itself. */
function blankLinesOver(text: string, offset: number): number {
  const lines = text
    .slice(0, text.lastIndexOf('\n', offset - 1) + 1)
    .split('\n')
    .slice(0, -1)
  while (lines.at(-1)?.trimStart().startsWith('#') === true) lines.pop()
  const end = lines.length
  while (lines.at(-1)?.trim() === '') lines.pop()
  return end - lines.length
}
