import { buildKitRules } from './buildkit.ts'
import { advice, refusals } from './slipway.ts'

/** What is to be said of a rule beside what it found at one place. */
export type RuleDescription =
  | { readonly by: 'slipway'; readonly sentence: string; readonly why: string }
  /** `page` is BuildKit's documentation of the rule; null for the one that has none. */
  | { readonly by: 'buildkit'; readonly sentence: string; readonly page: string | null }

/** Null for a rule that is not known. */
export function describeRule(rule: string): RuleDescription | null {
  const own = refusals[rule] ?? advice[rule]
  if (own !== undefined) return { by: 'slipway', ...own }
  const sentence = buildKitRules[rule]
  if (sentence === undefined) return null
  return { by: 'buildkit', sentence: sentence.endsWith('.') ? sentence : `${sentence}.`, page: pageOf(rule) }
}

function pageOf(rule: string): string | null {
  if (rule === 'InvalidBaseImagePlatform') return null
  return `https://docs.docker.com/go/dockerfile/rule/${kebabCase(rule)}/`
}

/** `JSONArgsRecommended` as `json-args-recommended`. */
function kebabCase(name: string): string {
  let result = ''
  for (const [at, character] of Array.from(name).entries()) {
    const startsWord = isUpper(character) && at > 0 && (!isUpper(name.charAt(at - 1)) || isLower(name.charAt(at + 1)))
    result += startsWord ? `-${character}` : character
  }
  return result.toLowerCase()
}

function isUpper(character: string): boolean {
  return character >= 'A' && character <= 'Z'
}

function isLower(character: string): boolean {
  return character >= 'a' && character <= 'z'
}
