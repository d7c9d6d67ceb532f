import type { TemplatePart } from '../dockerfile/word-template.ts'
import type { GlobalTemplates } from './argument-origins.ts'

/** Values of ARGs by name, as build arguments. Only those that differ from what is in effect. */
export type Choice = Readonly<Record<string, string>>

/** Far more tries than names take; what needs more is not worth telling. */
const mostSteps = 5_000
const mostSolutions = 32

/**
 * Values with which the template may come to `text`: candidates, which the caller reads once more as BuildKit would. A
 * variable is given a value itself, or its default is kept and the variables in that are.
 */
export function solveTemplate(
  template: readonly TemplatePart[],
  text: string,
  templates: GlobalTemplates,
): readonly Choice[] {
  const solutions: Choice[] = []
  let steps = 0

  function walk(parts: readonly TemplatePart[], from: number, bound: Choice): void {
    if (++steps > mostSteps || solutions.length >= mostSolutions) return
    const [part, ...rest] = parts
    if (part === undefined) {
      if (from === text.length) solutions.push(changes(bound))
      return
    }
    if (part.kind === 'literal') {
      if (text.startsWith(part.text, from)) walk(rest, from + part.text.length, bound)
      return
    }
    const { name, modifier, word } = part
    const known = bound[name]
    const withValue = (value: string): Choice => (known === undefined ? { ...bound, [name]: value } : bound)
    switch (modifier) {
      case '-':
      case ':-':
        if (known === undefined || known === '') walk([...word, ...rest], from, withValue(''))
        walkValue(name, rest, from, bound, modifier === ':-')
        return
      case '+':
      case ':+':
        if (known !== '') walk([...word, ...rest], from, withValue(presentValue(name)))
        if (known === undefined || known === '') walk(rest, from, withValue(''))
        return
      case '?':
      case ':?':
      case 'pattern':
      case '':
        walkValue(name, rest, from, bound, modifier === ':?')
    }
  }

  /** Lets a variable stand for every span of text from here on. */
  function walkValue(
    name: string,
    rest: readonly TemplatePart[],
    from: number,
    bound: Choice,
    isNeverEmpty: boolean,
  ): void {
    const known = bound[name] ?? (templates.isSettable(name) ? undefined : '')
    if (known !== undefined) {
      if (text.startsWith(known, from)) walk(rest, from + known.length, bound)
      return
    }
    // What is in effect is the first to try: the fewer values change, the better.
    const current = templates.value(name)
    if (current !== null && text.startsWith(current, from))
      walk(rest, from + current.length, { ...bound, [name]: current })
    const inner = templates.variableDefault(name)
    if (inner !== null) walk([...inner, ...rest], from, bound)
    for (let to = from + (isNeverEmpty ? 1 : 0); to <= text.length; to++) {
      const value = text.slice(from, to)
      if (value !== current && templates.isFitting(name, value)) walk(rest, to, { ...bound, [name]: value })
    }
  }

  function presentValue(name: string): string {
    const value = templates.value(name)
    return value === null || value === '' ? 'true' : value
  }

  function changes(bound: Choice): Choice {
    return Object.fromEntries(Object.entries(bound).filter(([name, value]) => value !== (templates.value(name) ?? '')))
  }

  walk(template, 0, {})
  return solutions
}
