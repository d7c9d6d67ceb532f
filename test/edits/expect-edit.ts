import { expect } from 'vitest'
import { analyze, defaultInputs, type Analysis, type BuildInputs } from '../../shared/analysis.ts'
import type { EditOutcome } from '../../shared/edits/edit-outcome.ts'
import { stageTitle, type EdgeSource, type GraphEdge, type StageId } from '../../shared/graph/stage-graph.ts'
import { applyEdits, invertEdits, mapThrough, type TextEdit } from '../../shared/text/text-edit.ts'

/** A stage by its title: its name as written, or `stage 1`. */
export type StageNamed = (title: string) => StageId
export type Gesture = (analysis: Analysis, stage: StageNamed) => EditOutcome

interface Expectations {
  /** Edges that come (`+ build -copy-> final`) and go (`- …`), one per line; none where the graph stays the same. */
  readonly edges?: string
  readonly warnings?: readonly string[]
  readonly inputs?: BuildInputs
  /** An unnamed stage that moves is a new one to whoever watches the text. */
  readonly newIds?: number
  /** The file had errors that the gesture is not there to correct. */
  readonly broken?: boolean
}

/**
 * Runs a gesture and compares the text, and proves what holds for every gesture: only the edits' ranges change, undo
 * gives back every byte, the other stages keep their ids, exactly the expected edges come and go, line endings stay
 * what they were, and a file without errors has none afterwards.
 */
export function expectEdit(before: string, gesture: Gesture, after: string, expectations: Expectations = {}): void {
  const text = dedented(before)
  const analysis = analyze(text, expectations.inputs ?? defaultInputs)
  const outcome = gesture(analysis, stageNamed(analysis))
  if (outcome.kind === 'refused') throw new Error(`Refused: ${outcome.reason}`)
  expect(applyEdits(text, outcome.edits)).toBe(dedented(after))
  const changed = expectLaws(analysis, outcome.edits, expectations)
  expect(changed).toEqual(lines(expectations.edges ?? ''))
  if (expectations.warnings !== undefined) expect(outcome.warnings).toEqual(expectations.warnings)
}

export function expectRefusal(
  before: string,
  gesture: Gesture,
  reason: string,
  inputs: BuildInputs = defaultInputs,
): void {
  const analysis = analyze(dedented(before), inputs)
  expect(gesture(analysis, stageNamed(analysis))).toEqual({ kind: 'refused', reason })
}

/** Proves the laws of every gesture and returns the edges that came and went, sorted. */
export function expectLaws(
  analysis: Analysis,
  edits: readonly TextEdit[],
  { broken = false, newIds = 0 }: Expectations = {},
): readonly string[] {
  const { text } = analysis.file
  const result = applyEdits(text, edits)
  const mapOffset = mapThrough(edits)
  let position = 0
  for (const edit of [...edits, { from: text.length, to: text.length }].sort(
    (a, b) => a.from - b.from || a.to - b.to,
  )) {
    const kept = text.slice(position, edit.from)
    const at = mapOffset(position, 1)
    if (result.slice(at, at + kept.length) !== kept) throw new Error(`Text before offset ${edit.from} changed, too.`)
    position = edit.to
  }
  expect(applyEdits(result, invertEdits(text, edits))).toBe(text)
  const next = analyze(result, analysis.inputs, { analysis, mapOffset })
  expectLineEndings(text, result)
  if (!broken && errorsOf(analysis).length === 0) expect(errorsOf(next)).toEqual([])
  expectIds(analysis, next, newIds)
  return changedEdges(analysis, next)
}

/** Only what a gesture deletes may lose its id, and only what it writes may have a new one. */
function expectIds(before: Analysis, after: Analysis, newIds: number): void {
  const old = before.graph.stages.map(stage => stage.id)
  const now = after.graph.stages.map(stage => stage.id)
  const lost = old.filter(id => !now.includes(id)).length
  const gained = now.filter(id => !old.includes(id)).length
  expect({ lost, gained }).toEqual({
    lost: newIds + Math.max(0, old.length - now.length),
    gained: newIds + Math.max(0, now.length - old.length),
  })
}

function expectLineEndings(before: string, after: string): void {
  const feeds = [...before.matchAll(/\n/g)].length
  const windows = [...before.matchAll(/\r\n/g)].length
  if (feeds > 0 && windows === feeds) expect(after.replaceAll('\r\n', '')).not.toContain('\n')
  if (windows === 0) expect(after).not.toContain('\r\n')
}

function errorsOf(analysis: Analysis): readonly string[] {
  return analysis.diagnostics.filter(each => each.severity === 'error').map(each => `${each.line}: ${each.message}`)
}

/** Edges as `+ build -copy-> final /a /b`, stages by their title afterwards. */
function changedEdges(before: Analysis, after: Analysis): readonly string[] {
  const titles = uniqueTitles(before, after)
  const written = (edge: GraphEdge) =>
    [
      sourceText(edge.from, titles),
      `-${edge.kind}->`,
      titles.get(edge.to) ?? '',
      ...edge.sources,
      edge.destination,
      edge.onbuild ? '(onbuild)' : '',
    ]
      .filter(word => word !== '')
      .join(' ')
  const old = before.graph.edges.map(written)
  const now = after.graph.edges.map(written)
  return [...without(old, now).map(edge => `- ${edge}`), ...without(now, old).map(edge => `+ ${edge}`)].sort()
}

/** Titles afterwards, of stages that are gone those before; with the id where two share one. */
function uniqueTitles(before: Analysis, after: Analysis): ReadonlyMap<StageId, string> {
  const titles = new Map([...before.graph.stages, ...after.graph.stages].map(stage => [stage.id, stageTitle(stage)]))
  const all = [...titles.values()]
  return new Map(
    [...titles].map(([id, title]) => [id, all.indexOf(title) === all.lastIndexOf(title) ? title : `${title} (${id})`]),
  )
}

function without(edges: readonly string[], others: readonly string[]): readonly string[] {
  const left = [...others]
  return edges.filter(edge => {
    const at = left.indexOf(edge)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

function sourceText(source: EdgeSource, titles: ReadonlyMap<StageId, string>): string {
  switch (source.kind) {
    case 'stage':
      return titles.get(source.stage) ?? ''
    case 'image':
      return `image:${source.reference}`
    case 'context':
      return `context:${source.name}`
    case 'scratch':
      return 'scratch'
    case 'unresolved':
      return 'unresolved'
  }
}

function stageNamed(analysis: Analysis): StageNamed {
  return title => {
    const stage = analysis.graph.stages.findLast(each => stageTitle(each) === title)
    if (stage === undefined) throw new Error(`There is no stage ${title}.`)
    return stage.id
  }
}

function lines(text: string): readonly string[] {
  return text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
    .sort()
}

/** A text that starts with a line break is written indented: the break and the common indentation go. */
export function dedented(text: string): string {
  if (!text.startsWith('\n')) return text
  const body = text.slice(1).split('\n')
  const last = body.at(-1) ?? ''
  if (last.trim() === '') body[body.length - 1] = ''
  const depths = body.filter(line => line.trim() !== '').map(line => line.length - line.trimStart().length)
  const depth = depths.length === 0 ? 0 : Math.min(...depths)
  return body.map(line => line.slice(depth)).join('\n')
}
