import type { Instruction } from '../../dockerfile/syntax.ts'
import { eachInstruction } from '../check.ts'
import { lintCheck } from './lint-rule.ts'

/** The last comment line above a named FROM or an ARG should begin with its name. */
export const invalidDefinitionDescription = lintCheck({
  rule: 'InvalidDefinitionDescription',
  found: 'reading',
  experimental: true,
  ...eachInstruction(instruction => {
    const names = definedNames(instruction)
    const [first] = names
    const comment = first === undefined ? undefined : instruction.comment?.lines.at(-1)
    if (comment === undefined || first === undefined || names.includes(comment.split(' ', 1)[0] ?? '')) return []
    const example = names.length > 1 ? '<arg_key>' : first
    const message = `Comment for ${instruction.keyword} should follow the format: \`# ${example} <description>\``
    return [{ message, instruction, range: instruction.comment?.range }]
  }),
})

function definedNames(instruction: Instruction): readonly string[] {
  if (instruction.keyword === 'ARG') return instruction.pairs.map(({ key }) => key.text)
  const name = instruction.keyword === 'FROM' ? (instruction.arguments[2]?.text.toLowerCase() ?? '') : ''
  return name === '' ? [] : [name]
}
