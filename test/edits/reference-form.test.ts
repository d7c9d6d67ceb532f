import { test } from 'vitest'
import { indexToName, nameToIndex } from '../../shared/edits/reference-form.ts'
import type { EdgeKind } from '../../shared/graph/stage-graph.ts'
import { edgeOf } from './edges.ts'
import { expectEdit, expectRefusal, type Gesture } from './expect-edit.ts'

const toName =
  (kind: EdgeKind = 'copy'): Gesture =>
  analysis =>
    indexToName(analysis, edgeOf(analysis, kind))
const toIndex =
  (kind: EdgeKind = 'copy'): Gesture =>
  analysis =>
    nameToIndex(analysis, edgeOf(analysis, kind))

const byName = 'FROM a AS Build\nFROM c AS final\nCOPY --from=Build --link /x /z\n'
const byIndex = byName.replace('--from=Build', '--from=0')

test('EDIT-35 an index becomes the name as it is written, and back', () => {
  expectEdit(byIndex, toName(), byName)
  expectEdit(byName, toIndex(), byIndex)
  expectEdit(byName, toName(), byName)
  expectEdit(byIndex, toIndex(), byIndex)
})

test('an index in a trigger is that of every file it runs in', () =>
  expectEdit(
    'FROM a AS one\nFROM b AS base\nONBUILD COPY --from=0 /x /z\nFROM base\n',
    toName(),
    'FROM a AS one\nFROM b AS base\nONBUILD COPY --from=one /x /z\nFROM base\n',
  ))

test('a stage without a name of its own keeps its index', () => {
  expectRefusal('FROM a\nFROM c\nCOPY --from=0 /x /z\n', toName(), 'stage 0 has no name: name it first.')
  expectRefusal(
    'FROM a AS one\nFROM b AS one\nFROM c\nCOPY --from=0 /x /z\n',
    toName(),
    '--from=one would mean another stage than the one on line 1.',
  )
})

test('mounts and images know no index', () => {
  expectRefusal(
    'FROM a AS one\nFROM c\nRUN --mount=from=one,target=/m x\n',
    toIndex('mount'),
    'Only COPY --from knows stages by their index, and line 3 is a RUN.',
  )
  expectRefusal('FROM c\nCOPY --from=a /x /z\n', toIndex(), 'Line 2 copies from no stage of this file.')
})
