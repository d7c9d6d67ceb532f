import { recognisers } from './failure-recognisers.ts'

/** What the engine said of a failure, without its account of who called whom. */
export interface FailureWords {
  readonly reason: string
  /** The failed instruction as the engine has it, `COPY --from=a /b /c`; '' where no step failed. */
  readonly step: string
  readonly exitCode: number | null
  /** The end of what the step printed; the engine, too, speaks there when a program cannot be begun. */
  readonly output?: string
}

export interface FailureAdvice {
  /** What happened, without place and full stop. */
  readonly what: string
  /** What can be done about it: whole sentences. */
  readonly todo: string
}

/** What the shell and the system mean by an exit code. */
const exitCodes: Readonly<Record<number, string>> = {
  126: 'The command is there but may not be run: give it the right to with chmod +x, or see whether it is a program at all.',
  127: 'The shell did not find the command. Install it in an earlier step, or check its spelling.',
  137: 'It was killed, often for lack of memory. Give the engine more, or let the step do less at once.',
  139: 'It crashed. See whether its libraries are those it was built with, and its platform the engine’s.',
}

/** Null where the failure is none of the common ones: the engine’s own words then say most. */
export function failureAdvice(words: FailureWords): FailureAdvice | null {
  return recognised(words)?.advice ?? null
}

/** The same with the recogniser’s name, for tests. */
export function recognised(words: FailureWords): { readonly id: string; readonly advice: FailureAdvice } | null {
  const missing = missingSource(words.reason)
  const reason = missing === null ? words.reason : `MISSING ${missing}`
  for (const { id, reason: pattern, inOutput, step, say } of recognisers) {
    if (step !== undefined && !step.test(words.step)) continue
    const printed = inOutput && words.exitCode !== null ? (words.output ?? '') : ''
    const found = pattern.exec(reason) ?? pattern.exec(printed)
    if (found) return { id, advice: say(found.slice(1), words) }
  }
  const { exitCode, step } = words
  if (exitCode === null) return null
  const what = `${step === '' ? 'A step' : `“${clip(step)}”`} ended with exit code ${exitCode}`
  const known = exitCodes[exitCode]
  return {
    id: known === undefined ? 'exit-code' : `exit-code-${exitCode}`,
    advice: { what, todo: known ?? 'Its log says why.' },
  }
}

function clip(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`
}

/**
 * The path that COPY, ADD or a mount asked for in vain. The vertex says `"/a" not found: not found` (Docker 20.10) or
 * `"/a": not found`, the solve puts "failed to compute cache key" or "failed to calculate checksum" before it; paths of
 * snapshots come from lstat. Podman's copier says `copier: stat: "/a": no such file or directory`. An image that is not found has no such path.
 */
function missingSource(reason: string): string | null {
  const found = /"(\/[^"]*)"(?::| not found:) not found$/.exec(reason)
  if (found) return found[1] ?? null
  if (reason.includes('possible escaping context directory')) return null
  const copied = /(?:copier: stat: \[?|opening directory )"([^"]*)"/.exec(reason)
  if (copied) return copied[1] ?? null
  if (!/failed to compute cache key|failed to calculate checksum|failed to walk|lstat/.test(reason)) return null
  const walked = /(?:lstat|walk) (?:\S*\/)?([^/\s:]+): no such file or directory$/.exec(reason)
  return walked?.[1] ?? null
}
