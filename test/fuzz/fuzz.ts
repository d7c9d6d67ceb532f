import { analyze, type Analysis } from '../../shared/analysis.ts'
import { printDockerfile } from '../../shared/dockerfile/print.ts'
import { applyEdits, invertEdits, mapThrough, type TextEdit } from '../../shared/text/text-edit.ts'
import { Random } from './random.ts'
import { randomGesture, randomTyping } from './random-edit.ts'

export interface FuzzReport {
  readonly files: number
  readonly typed: number
  /** Gestures that wrote, and that were refused. */
  readonly written: number
  readonly refused: number
  readonly undone: number
  /** How often each gesture wrote. */
  readonly byGesture: ReadonlyMap<string, number>
  readonly failures: readonly string[]
}

/** How many edits a document takes before all of them are undone. */
const sequence = 25
const tooMany = 20

/**
 * Edits documents at random, by gestures and by typing, one after the other on the same text, and undoes all of it. A
 * failure names the seed of its sequence.
 */
export function fuzz(texts: readonly string[], edits: number, seed: number): FuzzReport {
  const report = {
    files: 0,
    typed: 0,
    written: 0,
    refused: 0,
    undone: 0,
    byGesture: new Map<string, number>(),
    failures: [] as string[],
  }
  for (let turn = 0; edits > report.typed + report.written + report.refused; turn++) {
    if (report.failures.length >= tooMany) break
    const random = new Random(seed + turn)
    const text = random.pick(texts)
    report.files++
    const done: string[] = []
    try {
      editAndUndo(text, random, report, done)
    } catch (error) {
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error)
      report.failures.push(`seed ${seed + turn}, after ${done.join(', ')}: ${message}\n${JSON.stringify(text)}`)
    }
  }
  return report
}

interface Counts {
  typed: number
  written: number
  refused: number
  undone: number
  readonly byGesture: Map<string, number>
}

function editAndUndo(original: string, random: Random, counts: Counts, done: string[]): void {
  let analysis = analyze(original)
  // A text that was typed into is soon broken: some are changed by gestures alone.
  const typing = random.pick([0, 0, 1, 5])
  const history: { readonly before: string; readonly inverse: readonly TextEdit[] }[] = []
  for (let count = 0; count < sequence; count++) {
    const gesture = random.below(10) < typing ? null : randomGesture(analysis, random)
    done.push(gesture?.name ?? 'typing')
    if (gesture?.outcome.kind === 'refused') {
      counts.refused++
      if (!gesture.outcome.reason.endsWith('.')) throw new Error(`No sentence: ${gesture.outcome.reason}`)
      continue
    }
    const { text } = analysis.file
    const edits = gesture === null ? [randomTyping(text, random)] : gesture.outcome.edits
    if (gesture === null) counts.typed++
    else {
      counts.written++
      counts.byGesture.set(gesture.name, (counts.byGesture.get(gesture.name) ?? 0) + 1)
    }
    history.push({ before: text, inverse: invertEdits(text, edits) })
    analysis = edited(analysis, edits, gesture !== null)
  }
  expectAsFresh(analysis)
  for (const { before, inverse } of history.reverse()) {
    analysis = edited(analysis, inverse, false)
    if (analysis.file.text !== before) throw new Error('Undo gave another text.')
    counts.undone++
  }
  if (analysis.file.text !== original) throw new Error('The text is not what it was.')
  expectAsFresh(analysis)
}

function edited(analysis: Analysis, edits: readonly TextEdit[], isGesture: boolean): Analysis {
  const text = applyEdits(analysis.file.text, edits)
  const next = analyze(text, analysis.inputs, { analysis, mapOffset: mapThrough(edits) })
  if (printDockerfile(next.file) !== text) throw new Error('The tree lost some of the text.')
  if (isGesture && errorsOf(analysis).length === 0 && errorsOf(next).length > 0)
    throw new Error(`The gesture left an error: ${errorsOf(next).join(' ')}`)
  return next
}

/** Read from the text before or from nothing: the outcome is the same. */
function expectAsFresh(analysis: Analysis): void {
  const fresh = analyze(analysis.file.text, analysis.inputs)
  const [left, right] = [described(analysis), described(fresh)]
  if (left !== right) throw new Error(`Read anew it is another one:\n${left}\n${right}`)
}

function described({ graph, findings }: Analysis): string {
  const index = new Map(graph.stages.map(stage => [stage.id, stage.index]))
  return JSON.stringify([
    graph.stages.map(({ name, base, range }) => [name, base, range]),
    graph.edges.map(({ kind, to, from, range }) => [
      kind,
      index.get(to),
      from.kind === 'stage' ? index.get(from.stage) : from,
      range,
    ]),
    findings.map(({ rule, line, message }) => [rule, line, message]),
  ])
}

function errorsOf(analysis: Analysis): readonly string[] {
  return analysis.diagnostics.filter(each => each.severity === 'error').map(each => each.message)
}
