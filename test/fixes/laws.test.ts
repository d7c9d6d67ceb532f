import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { analyze, type Analysis } from '../../shared/analysis.ts'
import { fixesFor, ignoresFor } from '../../shared/fixes/fixes-for.ts'
import type { Diagnostic } from '../../shared/graph/stage-graph.ts'
import { applyEdits, invertEdits, type TextEdit } from '../../shared/text/text-edit.ts'
import { GestureTally } from '../edits/gesture-tally.ts'
import { corpusText, howToRun, readReference, referenceFolder } from '../parity/reference.ts'

vi.setConfig({ testTimeout: 300_000 })

/** Applies every fix, each on its own, and returns what does not hold of one. */
function brokenLaws(text: string, tally: GestureTally, perRule: number): string[] {
  const analysis = analyze(text)
  const broken: string[] = []
  const seen = new Map<string, number>()
  for (const diagnostic of analysis.diagnostics) {
    const count = (seen.get(diagnostic.rule) ?? 0) + 1
    seen.set(diagnostic.rule, count)
    if (count > perRule) continue
    for (const fix of [...fixesFor(analysis, diagnostic), ...ignoresFor(analysis, diagnostic)]) {
      const outcome = fix.outcome()
      tally.count(diagnostic.rule, outcome)
      const problem =
        outcome.kind === 'edits'
          ? brokenLaw(analysis, diagnostic, outcome.edits)
          : outcome.reason.endsWith('.')
            ? null
            : 'the refusal is no sentence'
      if (problem !== null) broken.push(`${diagnostic.rule} line ${diagnostic.line}, ${fix.title}: ${problem}`)
    }
  }
  return broken
}

function brokenLaw(before: Analysis, diagnostic: Diagnostic, edits: readonly TextEdit[]): string | null {
  const { text } = before.file
  const result = applyEdits(text, edits)
  if (applyEdits(result, invertEdits(text, edits)) !== text) return 'undo gives another text'
  const after = analyze(result)
  // A stage that goes may leave the one it was built on without use.
  const isGone = edits.some(({ from, to }) => from <= diagnostic.range.from && diagnostic.range.to <= to)
  if (!isGone && countOf(after, diagnostic.rule) >= countOf(before, diagnostic.rule))
    return 'the finding is still there'
  if (errorsOf(after) > errorsOf(before)) return 'there is a new error'
  return null
}

function countOf(analysis: Analysis, rule: string): number {
  return analysis.diagnostics.filter(each => each.rule === rule).length
}

function errorsOf(analysis: Analysis): number {
  return analysis.diagnostics.filter(({ severity }) => severity === 'error').length
}

if (referenceFolder === null) test('fixes of real files', () => console.log(howToRun))
else
  test('every fix takes its finding away, brings no error and can be undone', () => {
    const tally = new GestureTally()
    const broken: string[] = []
    const { cases } = readReference('buildkit/lint-cases.json') as { cases: { id: string; dockerfile: string }[] }
    for (const { id, dockerfile } of cases)
      broken.push(...brokenLaws(dockerfile, tally, Infinity).map(each => `${id}: ${each}`))
    const ids = readdirSync(join(referenceFolder ?? '', 'corpus/files')).map(name => name.split('.', 1)[0] ?? '')
    for (const id of ids.filter((_, index) => index % 5 === 0))
      broken.push(...brokenLaws(corpusText(id), tally, 2).map(each => `${id}: ${each}`))
    console.log(`fixes applied: ${tally.toString()}`)
    expect(broken).toEqual([])
  })
