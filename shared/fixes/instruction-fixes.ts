import { jsonForm } from '../edits/command-forms.ts'
import type { Instruction } from '../dockerfile/syntax.ts'
import { resolved } from '../edits/build-outputs.ts'
import { withoutFlag } from '../edits/flag-edits.ts'
import { removeInstruction } from '../edits/remove-instruction.ts'
import { setCopy } from '../edits/set-copy.ts'
import { setPlatform } from '../edits/set-platform.ts'
import { instructionsOf } from '../edits/stage-text.ts'
import type { TextEdit, TextRange } from '../text/text-edit.ts'
import { rewritten, suggestedBy, type Fix, type Fixer, type Found } from './fix.ts'
import { keyValueForm } from './key-value-form.ts'
import { variableNames } from './variable-names.ts'

/** Fixes of single instructions. */
export const instructionFixers: Readonly<Record<string, Fixer>> = {
  'unknown-instruction': found => replaced(found, found.instruction.keywordRange, suggestedBy(found.diagnostic)),
  'invalid-flag': found => {
    const { analysis, diagnostic, instruction } = found
    const effective = instruction.trigger ?? instruction
    const flag = effective.flags.find(({ range }) => range.from === diagnostic.range.from)
    if (flag === undefined) return []
    if (diagnostic.message.startsWith('duplicate flag'))
      return rewrite(found, `Delete --${flag.name}`, [withoutFlag(analysis.file, instruction, flag)])
    const name = { from: flag.range.from + 2, to: flag.range.from + 2 + flag.name.length }
    return analysis.file.text.slice(name.from, name.to) === flag.name
      ? replaced(found, name, suggestedBy(diagnostic))
      : []
  },
  'root-owned-copy': ({ analysis, instruction, stage }) => {
    const user = stage === null ? null : userAt(instructionsOf(analysis, stage), instruction)
    if (user === null) return []
    return [{ title: `Give it to ${user}`, outcome: () => setCopy(analysis, instruction.index, { chown: user }) }]
  },
  FromAsCasing: found => {
    const { writtenKeyword, arguments: words } = found.instruction
    const as = writtenKeyword === writtenKeyword.toLowerCase() ? 'as' : 'AS'
    return words[1] === undefined ? [] : replaced(found, words[1].range, as)
  },
  ConsistentInstructionCasing: found => {
    const { analysis, diagnostic, instruction } = found
    const inCase = (keyword: string) =>
      diagnostic.message.endsWith('(lowercase)') ? keyword.toLowerCase() : keyword.toUpperCase()
    const others = analysis.diagnostics
      .filter(({ rule }) => rule === diagnostic.rule)
      .map(({ range }) => ({ ...range, insert: inCase(analysis.file.text.slice(range.from, range.to)) }))
    const { writtenKeyword, keywordRange } = instruction
    return [
      ...replaced(found, keywordRange, inCase(writtenKeyword)),
      ...(others.length < 2 ? [] : rewrite(found, `Change all ${others.length}`, others)),
    ]
  },
  NoEmptyContinuation: found => {
    const blank = found.instruction.embedded.filter(({ kind }) => kind === 'blank')
    return rewrite(
      found,
      blank.length === 1 ? 'Delete the empty line' : 'Delete the empty lines',
      blank.map(({ range }) => ({ ...range, insert: '' })),
    )
  },
  JSONArgsRecommended: found => {
    const { analysis, instruction } = found
    const edit = jsonForm(instruction, analysis.file.escape === '\\' ? ['/bin/sh', '-c'] : null)
    if (edit === null || instruction.keyword === 'FROM') return []
    return rewrite(found, edit.insert.startsWith('["/bin/sh", "-c"') ? 'Write the shell out' : 'Write as JSON', [edit])
  },
  LegacyKeyValueFormat: found => {
    const edits = keyValueForm(found.analysis.file, found.instruction)
    return edits === null ? [] : rewrite(found, 'Write with =', edits)
  },
  MaintainerDeprecated: found => {
    const { keywordRange, writtenKeyword, argumentsRange, argumentsText } = found.instruction
    const lower = writtenKeyword === writtenKeyword.toLowerCase()
    // A label's value is expanded, which a maintainer is not.
    if (argumentsText.includes('$') || argumentsText.includes('\\')) return []
    const name = argumentsText.replaceAll('"', '')
    return rewrite(found, 'Write as LABEL', [
      { ...keywordRange, insert: lower ? 'label' : 'LABEL' },
      { ...argumentsRange, insert: `org.opencontainers.image.authors="${name}"` },
    ])
  },
  WorkdirRelativePath: found => {
    const word = found.instruction.arguments[0]
    const path = word === undefined || found.analysis.file.escape !== '\\' ? null : resolved(word.text, '/')
    return word === undefined || path === null || found.instruction.keyword !== 'WORKDIR'
      ? []
      : replaced(found, word.range, path)
  },
  MultipleInstructionsDisallowed: ({ analysis, instruction }) => {
    if (instruction.keyword === 'FROM') return []
    const { index, line } = instruction
    return [{ title: `Delete line ${line}`, outcome: () => removeInstruction(analysis, index) }]
  },
  RedundantTargetPlatform: withoutPlatform,
  FromPlatformFlagConstDisallowed: withoutPlatform,
  ExposeProtoCasing: found => exposed(found, port => port.toLowerCase()),
  ExposeInvalidFormat: found => exposed(found, port => port.slice(port.lastIndexOf(':') + 1)),
  UndefinedVar: renamedVariable,
  UndefinedArgInFrom: renamedVariable,
}

function rewrite(found: Found, title: string, edits: readonly TextEdit[]): readonly Fix[] {
  return edits.length === 0 ? [] : [{ title, outcome: () => rewritten(found, title, edits) }]
}

function replaced(found: Found, range: TextRange, text: string | null): readonly Fix[] {
  return text === null ? [] : rewrite(found, `Write ${text}`, [{ ...range, insert: text }])
}

function withoutPlatform({ analysis, stage }: Found): readonly Fix[] {
  if (stage === null) return []
  return [{ title: 'Take --platform away', outcome: () => setPlatform(analysis, stage.id, null) }]
}

/** The user of the last USER above, of this stage alone, as it is written. */
function userAt(instructions: readonly Instruction[], below: Instruction): string | null {
  const user = instructions.findLast(({ index, keyword }) => keyword === 'USER' && index < below.index)
  return user?.arguments[0]?.text ?? null
}

/** Ports with variables are left alone: their parts are not to be seen. */
function exposed(found: Found, change: (port: string) => string): readonly Fix[] {
  const { analysis, diagnostic, instruction } = found
  const written = analysis.file.text.slice(diagnostic.range.from, diagnostic.range.to)
  if (instruction.keyword !== 'EXPOSE' || written.includes('$') || change(written) === written) return []
  return replaced(found, diagnostic.range, change(written))
}

function renamedVariable(found: Found): readonly Fix[] {
  const { analysis, diagnostic, instruction } = found
  const meant = suggestedBy(diagnostic)?.replace('$', '') ?? null
  const name = diagnostic.message.slice(diagnostic.message.indexOf("'") + 1, diagnostic.message.lastIndexOf("'"))
  if (meant === null || (diagnostic.rule === 'UndefinedVar' && instruction.keyword === 'FROM')) return []
  const ranges = variableNames(analysis.file.text, diagnostic.range, name.replace('$', ''))
  return rewrite(
    found,
    `Write $${meant}`,
    ranges.map(range => ({ ...range, insert: meant })),
  )
}
