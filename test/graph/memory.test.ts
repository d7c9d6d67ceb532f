import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { analyze, defaultInputs, type Analysis } from '../../shared/analysis.ts'
import { applyEdits, mapThrough } from '../../shared/text/text-edit.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

function typed(analysis: Analysis): Analysis {
  const edits = [{ from: analysis.file.text.length, to: analysis.file.text.length, insert: 'x' }]
  const mapOffset = mapThrough(edits)
  return analyze(applyEdits(analysis.file.text, edits), defaultInputs, { analysis, mapOffset })
}

test.each([
  ['nothing', () => undefined],
  ['the problems', (analysis: Analysis) => analysis.diagnostics],
  ['the edges', (analysis: Analysis) => analysis.graph.edges],
])('KEEP-07 a text that was typed over is let go, when %s of it was asked for', async (_, look) => {
  const seen: WeakRef<object>[] = []
  let analysis = analyze('FROM alpine AS base\nRUN true\nFROM base\nCOPY --from=base /a /a\nRUN true')
  for (let count = 0; count < 5; count++) {
    analysis = typed(analysis)
    look(analysis)
    seen.push(new WeakRef(analysis.derivation))
  }
  // What a weak reference was just made for is kept until the turn ends.
  await new Promise(setImmediate)
  collectGarbage()
  expect(seen.map(each => each.deref() !== undefined)).toEqual([false, false, false, false, true])
  expect(analysis.graph.stages).toHaveLength(2)
})
