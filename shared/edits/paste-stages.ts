import { analyze, type Analysis } from '../analysis.ts'
import { isKeyword } from '../dockerfile/keywords.ts'
import { readIndex } from '../graph/references.ts'
import type { Stage, StageId } from '../graph/stage-graph.ts'
import { applyEdits, type TextEdit } from '../text/text-edit.ts'
import { lastStageWarnings } from './add-stage.ts'
import { refused, type EditOutcome } from './edit-outcome.ts'
import { joined } from './extract-image.ts'
import { habitsOf } from './habits.ts'
import { referencesOf, renumbered, type Reference } from './references.ts'
import { withoutSideEffects } from './side-effects.ts'
import { titleOfSeveral } from './sequence.ts'
import { declarations, globalNames } from './stage-for-variable.ts'
import { freeName, nameEdit, withoutNumber } from './stage-names.ts'
import { fromInstruction, headingAbove, ownRange, stageById, withStage } from './stage-text.ts'

/**
 * Writes the stages of another text, such as `stageText` gives, below a stage; above the final one for null, so that the
 * default target stays the same; in any case below what they need. A stage whose name is taken gets another one
 * (`build-2`), which what came along follows; names of other stages and images stay as they are. An ARG that stands above
 * the first FROM there is declared here, too, unless it is already.
 */
export function pasteStages(analysis: Analysis, text: string, after: StageId | null): EditOutcome {
  const { file, graph } = analysis
  const pasted = clipboardOf(analysis, text)
  const reason = clipboardRefusal(analysis, pasted)
  if (reason !== null) return refused(reason)
  const [first, last] = [pasted.graph.stages[0], pasted.graph.stages.at(-1)]
  if (first === undefined || last === undefined) return refused(noStages)
  const count = pasted.graph.stages.length
  const names = newNames(analysis, pasted)
  const index = position(analysis, pasted, after)
  const newIndex = (old: number) => (old >= index ? old + count : old)
  const heading = headingAbove(pasted.file, fromInstruction(pasted, first))
  const own = { from: heading ?? ownRange(pasted, first).from, to: ownRange(pasted, last).to }
  const changed = applyEdits(
    pasted.file.text.slice(own.from, own.to),
    [...renames(analysis, pasted, names), ...referenceEdits(analysis, pasted, names, index)].map(edit => ({
      from: edit.from - own.from,
      to: edit.to - own.from,
      insert: edit.insert,
    })),
  )
  const arguments_ = globalArguments(analysis, pasted)
  const isEmpty = graph.stages.length === 0
  const written = isEmpty && arguments_.length > 0 ? [...arguments_, '', changed].join(file.lineEnding) : changed
  const titles = pasted.graph.stages.map(stage => titleOf(stage, names))
  return withoutSideEffects(analysis, {
    title: `Paste ${titleOfSeveral(titles)}`,
    edits: [
      ...joined(
        declarations(analysis, arguments_),
        withStage(analysis, written, graph.stages[index] ?? null, habitsOf(analysis)),
      ),
      ...renumbered(analysis, newIndex),
    ],
    warnings: index === graph.stages.length ? lastStageWarnings(analysis, titles.at(-1) ?? '') : [],
    newIndex,
    stages: count,
  })
}

const noStages = 'The clipboard holds no stages of a Dockerfile: copy a text that begins with FROM.'

/** The text as the file would hold it: its line ends and, unless it brings its own, its escape token. */
function clipboardOf({ file, inputs }: Analysis, text: string): Analysis {
  const written = text.replaceAll('\r\n', '\n').replaceAll('\n', file.lineEnding)
  const own = analyze(written, { ...inputs, target: null })
  if (own.file.escape === file.escape || own.file.directives.some(({ name }) => name === 'escape')) return own
  return analyze(`# escape=${file.escape}${file.lineEnding.repeat(2)}${written}`, { ...inputs, target: null })
}

function clipboardRefusal(analysis: Analysis, pasted: Analysis): string | null {
  const { file } = pasted
  if (pasted.graph.stages.length === 0) return noStages
  const from = file.instructions.findIndex(instruction => instruction.keyword === 'FROM')
  const odd = file.instructions.find(({ keyword }, at) => !isKeyword(keyword) || (at < from && keyword !== 'ARG'))
  if (odd !== undefined) return `${noStages} Its line ${odd.line} is none of a stage.`
  const [error] = file.errors
  if (error !== undefined) return `The clipboard holds no whole stages: ${error.message} on its line ${error.line}.`
  return file.escape === analysis.file.escape
    ? null
    : `The stages on the clipboard are written with the escape token \`${file.escape}\`, this file with \`${analysis.file.escape}\`.`
}

/** What each stage is called afterwards, as written; '' for none. */
function newNames(analysis: Analysis, pasted: Analysis): ReadonlyMap<Stage, string> {
  const { stages, edges } = pasted.graph
  const taken = new Set(stages.map(stage => stage.name))
  for (const { from } of edges) if (from.kind === 'image') taken.add(from.reference)
  const names = new Map<Stage, string>()
  for (const stage of stages) {
    const isFree = stage.name === '' || freeName(analysis, stage.name) === stage.name
    const name = isFree ? (stage.writtenName ?? '') : freeName(analysis, withoutNumber(stage.name), taken)
    taken.add(name)
    names.set(stage, name)
  }
  return names
}

function titleOf(stage: Stage, names: ReadonlyMap<Stage, string>): string {
  const name = names.get(stage) ?? ''
  return name === '' ? `FROM ${stage.writtenBase}` : name
}

function renames(analysis: Analysis, pasted: Analysis, names: ReadonlyMap<Stage, string>): readonly TextEdit[] {
  return pasted.graph.stages.flatMap(stage => {
    const name = names.get(stage) ?? ''
    return name === (stage.writtenName ?? '') ? [] : [nameEdit(pasted, stage, name, habitsOf(analysis))]
  })
}

/** References among the stages follow their names and places; numbers of other stages mean those of the file. */
function referenceEdits(
  analysis: Analysis,
  pasted: Analysis,
  names: ReadonlyMap<Stage, string>,
  index: number,
): readonly TextEdit[] {
  const { stages } = pasted.graph
  return referencesOf(pasted).flatMap(reference => {
    const number = outsideNumber(pasted, reference)
    if (number !== null) {
      const inFile = number < analysis.graph.stages.length
      return inFile ? [{ ...reference.range, insert: String(number >= index ? number + stages.length : number) }] : []
    }
    const meant = pastedStage(pasted, reference)
    if (meant === null) return []
    const byNumber = reference.kind === 'copy' && readIndex(reference.value) !== null
    if (!byNumber && names.get(meant) === meant.writtenName) return []
    return [{ ...reference.range, insert: byNumber ? String(index + meant.index) : (names.get(meant) ?? '') }]
  })
}

/** The number of a stage that is not among the pasted ones; null for any other reference. */
function outsideNumber(pasted: Analysis, reference: Reference): number | null {
  const number = reference.kind === 'copy' ? readIndex(reference.value) : null
  if (number === null || number < 0) return null
  const user = pasted.graph.stages.findLastIndex(stage => stage.range.from <= reference.range.from)
  return reference.value.startsWith('+') || number >= user ? number : null
}

function pastedStage(pasted: Analysis, reference: Reference): Stage | null {
  const [edge] = reference.edges
  if (edge !== undefined) return edge.from.kind === 'stage' ? stageById(pasted, edge.from.stage) : null
  // A trigger that no stage sets off yet.
  const name = reference.value.toLowerCase()
  return pasted.graph.stages.findLast(stage => name !== '' && stage.name === name) ?? null
}

/** 0-based position of the first stage. */
function position(analysis: Analysis, pasted: Analysis, after: StageId | null): number {
  const { stages } = analysis.graph
  const above = after === null ? null : stageById(analysis, after)
  const needed = referencesOf(pasted).map(reference => {
    const number = outsideNumber(pasted, reference)
    if (number !== null) return number < stages.length ? number + 1 : 0
    if (pastedStage(pasted, reference) !== null) return 0
    const name = reference.kind === 'base' ? reference.value : reference.value.toLowerCase()
    return stages.findLastIndex(stage => name !== '' && stage.name === name) + 1
  })
  return Math.max(0, above === null ? stages.length - 1 : above.index + 1, ...needed)
}

/** Declarations above the first FROM that the file does not have. */
function globalArguments(analysis: Analysis, pasted: Analysis): readonly string[] {
  const known = globalNames(analysis)
  const wanted = pasted.file.instructions.slice(
    0,
    pasted.file.instructions.findIndex(instruction => instruction.keyword === 'FROM'),
  )
  return wanted.filter(({ pairs }) => pairs.some(({ key }) => !known.has(key.text))).map(({ raw }) => raw)
}
