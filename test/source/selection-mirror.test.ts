import { ChangeSet } from '@codemirror/state'
import { expect, test } from 'vitest'
import { analyze, defaultInputs } from '../../shared/analysis.ts'
import type { Selection } from '../../shared/selection.ts'
import { reconnectTarget } from '../../shared/edits/reconnect.ts'
import { applyEdits, mapThrough } from '../../shared/text/text-edit.ts'
import { selectionAfter, selectionAt } from '../../renderer/source/selection-mirror.ts'

const text = 'FROM a AS s\nRUN one\nFROM b AS t\nCOPY --from=s /x /y\nRUN two\n'

/** What is selected, as the text that it stands for, after `find` was replaced. */
function followed(selectedText: string, find: string, replacement: string): string {
  const before = analyze(text)
  const from = text.indexOf(find)
  const edit = { from, to: from + find.length, insert: replacement }
  const changes = ChangeSet.of(edit, text.length)
  const mapOffset = (offset: number, side: -1 | 1 = -1) => changes.mapPos(offset, side)
  const after = analyze(applyEdits(text, [edit]), defaultInputs, { analysis: before, mapOffset })
  const selection = selectionAfter(before, after, selectionAt(before, text.indexOf(selectedText)), mapOffset)
  return shown(after, selection)
}

function shown({ file, graph }: ReturnType<typeof analyze>, selection: Selection): string {
  switch (selection.kind) {
    case 'none':
      return 'nothing'
    case 'stage':
      return `stage ${graph.stages.find(stage => stage.id === selection.stage)?.name}`
    case 'step':
      return `step ${file.instructions[selection.instruction]?.raw}`
    case 'edge': {
      const edge = graph.edges.find(each => each.id === selection.edge)
      return `edge ${file.text.slice(edge?.range.from, edge?.range.to)}`
    }
  }
}

test('a step stays selected when lines come above it, and when its own text changes', () => {
  expect(followed('RUN two', 'RUN one\n', 'RUN one\nRUN more\n')).toBe('step RUN two')
  expect(followed('RUN two', 'RUN two', 'RUN three')).toBe('step RUN three')
  expect(followed('RUN two', 'RUN two', 'USER x\nRUN two')).toContain('step ')
})
test('an edge stays selected when its paths and its source change', () => {
  expect(followed('COPY', '/x', '/z')).toBe('edge COPY --from=s /z /y')
  expect(followed('COPY', '--from=s', '--from=img')).toBe('edge COPY --from=img /x /y')
})
test('an edge stays selected when its line moves to another stage', () => {
  const moved = reconnected('FROM a AS s\nFROM b AS t\nCOPY --from=s /x /y\nFROM c AS u\n', 't', 'u')
  expect(moved).toEqual({ edge: 'COPY --from=s /x /y', to: 'u' })
})
test('where the text has gone, its stage is selected', () => {
  expect(followed('RUN two', 'RUN two\n', '')).toBe('stage t')
  expect(followed('COPY', 'COPY --from=s /x /y\n', '')).toBe('stage t')
})

/** The edge that is selected after the one into `from` was let go into `to`. */
function reconnected(written: string, from: string, to: string) {
  const before = analyze(written)
  const idOf = (name: string) => before.graph.stages.find(stage => stage.name === name)?.id
  const edge = before.graph.edges.find(each => each.kind === 'copy' && each.to === idOf(from))
  const target = idOf(to)
  if (edge === undefined || target === undefined) throw new Error('There is no such edge or stage.')
  const outcome = reconnectTarget(before, edge.id, target)
  if (outcome.kind === 'refused') throw new Error(outcome.reason)
  const mapOffset = mapThrough(outcome.edits)
  const after = analyze(applyEdits(written, outcome.edits), defaultInputs, { analysis: before, mapOffset })
  const selection = selectionAfter(before, after, { kind: 'edge', edge: edge.id }, mapOffset)
  const found = selection.kind === 'edge' ? after.graph.edges.find(each => each.id === selection.edge) : undefined
  return {
    edge: after.file.text.slice(found?.range.from, found?.range.to),
    to: after.graph.stages.find(stage => stage.id === found?.to)?.name,
  }
}
