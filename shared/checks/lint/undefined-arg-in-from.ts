import type { Instruction } from '../../dockerfile/syntax.ts'
import { expandWord } from '../../dockerfile/variables.ts'
import type { TextRange } from '../../text/text-edit.ts'
import type { CheckSubject } from '../check.ts'
import { suggestion } from '../suggest.ts'
import { lintCheck, type LintFinding } from './lint-rule.ts'

/** Variables in a base image or platform that no ARG before the first FROM declares. */
export const undefinedArgInFrom = lintCheck({
  rule: 'UndefinedArgInFrom',
  found: 'reading',
  find: subject =>
    subject.drafts.flatMap(({ from, writtenBase, platform }) => {
      const flag = from.flags.find(({ name }) => name === 'platform')
      return [
        ...undeclared(writtenBase, from, from.arguments[0]?.range, subject),
        ...undeclared(platform ?? '', from, flag?.range, subject),
      ]
    }),
})

function undeclared(
  written: string,
  from: Instruction,
  range: TextRange | undefined,
  { file, globals }: CheckSubject,
): LintFinding[] {
  if (!written.includes('$')) return []
  const result = expandWord(written, globals.values, file.escape)
  const { unmatched } = result.kind === 'lexed' ? result.lexed : result
  return unmatched
    .filter(name => !globals.declared.has(name))
    .map(name => {
      const near = suggestion(name, new Set([...globals.declared, ...globals.values.keys()]))
      return { message: `FROM argument '${name}' is not declared${near}`, instruction: from, range }
    })
}
