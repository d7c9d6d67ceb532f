import type { Instruction } from '../../dockerfile/syntax.ts'
import { expandWord } from '../../dockerfile/variables.ts'
import type { TextRange } from '../../text/text-edit.ts'
import type { CheckFrame } from '../check.ts'
import { suggestion } from '../suggest.ts'
import { lintCheck, type LintFinding } from './lint-rule.ts'

/** Variables in a base image or platform that no ARG before the first FROM declares. */
export const undefinedArgInFrom = lintCheck({
  rule: 'UndefinedArgInFrom',
  found: 'reading',
  stage: ({ draft: { from, writtenBase, platform } }, frame) => {
    const flag = from.flags.find(({ name }) => name === 'platform')
    return [
      ...undeclared(writtenBase, from, from.arguments[0]?.range, frame),
      ...undeclared(platform ?? '', from, flag?.range, frame),
    ]
  },
})

function undeclared(
  written: string,
  from: Instruction,
  range: TextRange | undefined,
  { escape, globals }: CheckFrame,
): LintFinding[] {
  if (!written.includes('$')) return []
  const result = expandWord(written, globals.values, escape)
  const { unmatched } = result.kind === 'lexed' ? result.lexed : result
  return unmatched
    .filter(name => !globals.declared.has(name))
    .map(name => {
      const near = suggestion(name, new Set([...globals.declared, ...globals.values.keys()]))
      return { message: `FROM argument '${name}' is not declared${near}`, instruction: from, range }
    })
}
