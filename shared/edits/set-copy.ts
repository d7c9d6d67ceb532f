import type { Analysis } from '../analysis.ts'
import type { Dockerfile, Instruction } from '../dockerfile/syntax.ts'
import type { TextEdit } from '../text/text-edit.ts'
import { areWords, pathList, pathRefusal } from './copy-line.ts'
import { withoutSource } from './disconnect.ts'
import { refused, type EditOutcome } from './edit-outcome.ts'
import { flagEdits, flagsRefusal } from './set-flags.ts'
import { merged } from './stage-text.ts'
import { notAStep, stepAt, withStepEdits } from './step-edits.ts'

/** What is to change about a COPY or ADD; what is left out stays as it is. Flags bear their names. */
export interface CopyChanges {
  readonly sources?: readonly string[]
  readonly destination?: string
  /** Null takes the flag away, as for the next. */
  readonly from?: string | null
  readonly chown?: string | null
  readonly chmod?: string | null
  readonly checksum?: string | null
  readonly link?: boolean
  readonly parents?: boolean
  readonly 'keep-git-dir'?: boolean
  readonly unpack?: boolean
  /** All patterns there are to be. */
  readonly exclude?: readonly string[]
}

/** Changes paths and flags of a COPY or ADD, given by its index among the file's instructions, also within ONBUILD. */
export function setCopy(analysis: Analysis, instruction: number, changes: CopyChanges): EditOutcome {
  const found = stepAt(analysis, instruction)
  if (found === null) return refused(notAStep)
  const { step } = found
  const copy = step.trigger ?? step
  if (copy.keyword !== 'COPY' && copy.keyword !== 'ADD') return refused(`Line ${step.line} is no COPY or ADD.`)
  if (copy.arguments.length < 2) return refused(`Line ${step.line} cannot be read: correct it first.`)
  const flags = { ...changes, sources: undefined, destination: undefined }
  const reason = pathsRefusal(step, copy, changes) ?? flagsRefusal(copy, flags)
  if (reason !== null) return refused(reason)
  const list = [...flagEdits(analysis.file, copy, flags), ...pathEdits(analysis.file, copy, changes)]
  return withStepEdits(analysis, step, merged(list))
}

function pathsRefusal(step: Instruction, copy: Instruction, changes: CopyChanges): string | null {
  const { sources, destination } = changes
  if (sources?.length === 0) return 'Say what to copy: there is no source path.'
  for (const source of sources ?? ['.']) {
    const reason = pathRefusal({ source, destination: destination ?? '.' })
    if (reason !== null) return reason
  }
  if (copy.heredocs.length === 0) return null
  if (sources !== undefined)
    return `Line ${step.line} writes files out of the Dockerfile itself: change it in the text.`
  return destination !== undefined && !areWords([destination.trim()], '\\')
    ? `\`${destination.trim()}\` cannot stand behind a heredoc: write it without blanks.`
    : null
}

function pathEdits(file: Dockerfile, copy: Instruction, changes: CopyChanges): readonly TextEdit[] {
  const words = copy.arguments.map(word => word.text)
  const sources = changes.sources?.map(path => path.trim()) ?? words.slice(0, -1)
  const destination = changes.destination?.trim() ?? words.at(-1) ?? ''
  const wanted = [...sources, destination]
  const isNew = (path: string) => !words.includes(path)
  const fits =
    copy.isJson ||
    !wanted.some(isNew) ||
    areWords(
      wanted.map(path => (isNew(path) ? path : '.')),
      file.escape,
    )
  const firstFits = copy.isJson || areWords([wanted[0] ?? '', '.'], file.escape) || wanted[0] === words[0]
  if (!fits || !firstFits) return [{ ...copy.argumentsRange, insert: pathList(wanted, file.escape) }]
  const written = (path: string) => (copy.isJson ? JSON.stringify(path) : path)
  const last = copy.arguments.at(-1)
  const end = last === undefined || last.text === destination ? [] : [{ ...last.range, insert: written(destination) }]
  return [...sourceEdits(file, copy, sources, written), ...end]
}

/** Word by word where as many stay, sources that only come or go as such, else all of them anew. */
function sourceEdits(
  file: Dockerfile,
  copy: Instruction,
  sources: readonly string[],
  written: (path: string) => string,
): readonly TextEdit[] {
  const old = copy.arguments.slice(0, -1)
  const separator = copy.isJson ? ', ' : ' '
  if (old.length === sources.length)
    return old.flatMap((word, at) => {
      const path = sources[at] ?? word.text
      return path === word.text ? [] : [{ ...word.range, insert: written(path) }]
    })
  const first = old[0]?.range.from ?? copy.argumentsRange.from
  const end = old.at(-1)?.range.to ?? first
  if (old.every((word, at) => word.text === sources[at])) {
    const added = sources.slice(old.length).map(path => separator + written(path))
    return [{ from: end, to: end, insert: added.join('') }]
  }
  const left = old.filter(word => sources.includes(word.text))
  if (left.length === sources.length && left.every((word, at) => word.text === sources[at]))
    return old.flatMap((word, at) => (left.includes(word) ? [] : [withoutSource(file, copy, at)]))
  return [{ from: first, to: end, insert: sources.map(written).join(separator) }]
}
