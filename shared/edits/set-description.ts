import type { Analysis } from '../analysis.ts'
import { foldWhiteSpace } from '../graph/gist.ts'
import { stageTitle, type Stage, type StageId } from '../graph/stage-graph.ts'
import type { TextEdit, TextRange } from '../text/text-edit.ts'
import { edits, refused, type EditOutcome } from './edit-outcome.ts'
import { withoutSideEffects } from './side-effects.ts'
import { lineEnd, lineStart, lineText, nextLine } from './source-lines.ts'
import { quoted } from './stage-names.ts'
import { becomesDirective, fromInstruction, stageById } from './stage-text.ts'

/**
 * What `docker build --call=outline` says of the stage: the comment line above its FROM that starts with its name.
 * Null where there is none.
 */
export function descriptionOf(analysis: Analysis, stage: Stage): string | null {
  const range = describingLine(analysis, stage)
  return range === null ? null : analysis.file.text.slice(range.from, range.to)
}

/** Writes, changes or, with '', removes the line `# name text` above a FROM. */
export function setDescription(analysis: Analysis, stage: StageId, description: string): EditOutcome {
  const described = stageById(analysis, stage)
  if (described === null) return refused('That stage is no longer in the file.')
  if (described.name === '')
    return refused(`${quoted(described)} has no name, and a description starts with it: name it first.`)
  const text = foldWhiteSpace(description.trim())
  if (Array.from(text).some(character => character < ' '))
    return refused('A comment in a Dockerfile cannot hold control characters.')
  const range = describingLine(analysis, described)
  const title = text === '' ? `Take the description from ${stageTitle(described)}` : `Describe ${stageTitle(described)}`
  if (text === (range === null ? '' : analysis.file.text.slice(range.from, range.to))) return edits(title, [])
  return withoutSideEffects(analysis, {
    title,
    edits: [
      range === null
        ? newLine(analysis, described, text)
        : text === ''
          ? withoutLine(analysis, range)
          : { ...range, insert: text },
    ],
  })
}

/** The name that starts the describing line; null where there is none. */
export function nameInDescription(analysis: Analysis, stage: Stage): TextRange | null {
  const description = describingLine(analysis, stage)
  if (description === null) return null
  const from = analysis.file.text.lastIndexOf(stage.name, description.from - 1)
  return { from, to: from + stage.name.length }
}

/** The text after `# name `. Indented comments do not count: BuildKit keeps their `#`. */
export function describingLine(analysis: Analysis, stage: Stage): TextRange | null {
  const { comment } = fromInstruction(analysis, stage)
  if (comment === null || stage.name === '') return null
  const { text } = analysis.file
  for (let at = lineStart(text, comment.range.from); at < comment.range.to; at = nextLine(text, at)) {
    const line = lineText(text, at)
    if (!line.startsWith('#')) continue
    const content = line.slice(1).trim()
    if (!content.startsWith(`${stage.name} `)) continue
    const from = line.indexOf(content) + stage.name.length
    const words = line.slice(from)
    const start = at + from + words.length - words.trimStart().length
    return { from: start, to: start + words.trim().length }
  }
  return null
}

function newLine(analysis: Analysis, stage: Stage, text: string): TextEdit {
  const { file } = analysis
  const at = lineStart(file.text, stage.fromRange.from)
  const line = `# ${stage.name} ${text}`
  const guard = becomesDirective(file, at, line) ? file.lineEnding : ''
  return { from: at, to: at, insert: guard + line + file.lineEnding }
}

function withoutLine(analysis: Analysis, within: TextRange): TextEdit {
  const { file } = analysis
  const from = lineStart(file.text, within.from)
  const to = nextLine(file.text, lineEnd(file.text, within.from))
  return { from, to, insert: becomesDirective(file, from, file.text.slice(to)) ? file.lineEnding : '' }
}
