import type { Analysis } from '../analysis.ts'
import { lex } from '../dockerfile/shell-lexer.ts'
import { readTemplate, templateText, type TemplatePart } from '../dockerfile/word-template.ts'
import { isPlatformArgument } from '../graph/argument-origins.ts'
import type { EdgeId, StageId } from '../graph/stage-graph.ts'
import type { TextEdit } from '../text/text-edit.ts'
import { refused, type EditOutcome } from './edit-outcome.ts'
import { stageForReference } from './extract-image.ts'
import { inCase, habitsOf } from './habits.ts'
import { indentationAt } from './source-lines.ts'
import { instructionsOf, ownStart, stageById } from './stage-text.ts'
import { writtenEdge } from './written-edge.ts'

/**
 * BuildKit expands no variables in `--from`: makes a stage FROM that text, which does, and takes from it. A variable that
 * only the stage declares is declared above the first FROM, too, with the same default; one without any takes the one
 * that is written with it, as in `${X:-default}`.
 */
export function stageForVariable(analysis: Analysis, edge: EdgeId, name: string | null = null): EditOutcome {
  const { file } = analysis
  const found = writtenEdge(analysis, edge)
  if (found.kind === 'refused') return found
  if (found.kind === 'base' || found.from.kind !== 'unresolved' || !found.from.text.includes('$'))
    return refused(`Line ${found.line} takes from no variable.`)
  const { text } = found.from
  const names = variablesOf(text, file.escape)
  if (names === null || Array.from(text).some(character => character.trim() === ''))
    return refused(`\`${text}\` on line ${found.line} cannot be read: correct it first.`)
  const declared = globalNames(analysis)
  const lines: string[] = []
  for (const variable of names) {
    if (declared.has(variable) || isPlatformArgument(variable)) continue
    const declaration = declarationIn(
      analysis,
      found.to,
      variable,
      defaultIn(readTemplate(text, file.escape), variable),
    )
    if (declaration === null)
      return refused(`\`${variable}\` is declared nowhere: write \`ARG ${variable}=…\` above the first FROM first.`)
    lines.push(`${inCase('ARG', habitsOf(analysis).keywordCase)} ${declaration}`)
  }
  return stageForReference(analysis, found, text, name, declarations(analysis, lines))
}

/** Names of the variables in a text; null where it cannot be expanded. */
function variablesOf(text: string, escape: string): readonly string[] | null {
  const names: string[] = []
  const result = lex(text, {
    escape,
    lookUp: name => {
      names.push(name)
      return 'x'
    },
  })
  return result.kind === 'failed' ? null : [...new Set(names)]
}

export function globalNames(analysis: Analysis): ReadonlySet<string> {
  const names = new Set<string>()
  for (const instruction of analysis.file.instructions) {
    if (instruction.keyword === 'FROM') break
    for (const { key } of instruction.pairs) names.add(key.text)
  }
  return names
}

/** `NAME=value` as the stage's own ARG has it, or with the default written beside the variable; null without either. */
function declarationIn(analysis: Analysis, stage: StageId, name: string, written: string | null): string | null {
  const found = stageById(analysis, stage)
  const pairs =
    found === null ? [] : instructionsOf(analysis, found).flatMap(each => (each.keyword === 'ARG' ? each.pairs : []))
  const pair = pairs.find(each => each.key.text === name)
  const value = pair?.value?.text ?? written
  if (value !== null && value !== '') return `${name}=${value}`
  return pair === undefined && written === null ? null : name
}

/** What a word says for a variable without a value: `default`, '' for `${X:+only}`, null where it needs one. */
function defaultIn(parts: readonly TemplatePart[], name: string): string | null {
  for (const part of parts) {
    if (part.kind === 'literal') continue
    const { modifier, word } = part
    if (part.name === name && modifier.endsWith('-')) return templateText(word)
    if (part.name === name && modifier.endsWith('+')) return ''
    const inner = defaultIn(word, name)
    if (inner !== null) return inner
  }
  return null
}

/** Behind the last ARG above the first FROM; above the FROM where there is none. */
export function declarations(analysis: Analysis, lines: readonly string[]): readonly TextEdit[] {
  const { file } = analysis
  const from = file.instructions.find(instruction => instruction.keyword === 'FROM')
  if (lines.length === 0 || from === undefined) return []
  const last = file.instructions.slice(0, from.index).findLast(instruction => instruction.keyword === 'ARG')
  const indentation = indentationAt(file.text, (last ?? from).range.from)
  if (last !== undefined) {
    const insert = lines.map(line => file.lineEnding + indentation + line).join('')
    return [{ from: last.range.to, to: last.range.to, insert }]
  }
  const at = ownStart(file, from)
  return [
    { from: at, to: at, insert: lines.map(line => indentation + line + file.lineEnding).join('') + file.lineEnding },
  ]
}
