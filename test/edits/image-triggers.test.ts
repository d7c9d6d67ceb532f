import { describe, test } from 'vitest'
import { defaultInputs } from '../../shared/analysis.ts'
import { addSources } from '../../shared/edits/add-sources.ts'
import { disconnect, disconnectSource } from '../../shared/edits/disconnect.ts'
import { inlineImage } from '../../shared/edits/inline-image.ts'
import { moveStageDown, moveStageUp } from '../../shared/edits/move-stage.ts'
import { reconnectEnd } from '../../shared/edits/reconnect-end.ts'
import { indexToName, nameToIndex } from '../../shared/edits/reference-form.ts'
import { removeStage } from '../../shared/edits/remove-stage.ts'
import { renameStage } from '../../shared/edits/rename-stage.ts'
import { setBase } from '../../shared/edits/set-base.ts'
import { withTriggers } from '../graph/expect-graph.ts'
import { edgeOf } from './edges.ts'
import { expectEdit, expectRefusal, type Gesture } from './expect-edit.ts'

const reason =
  '`app` takes that by a trigger of the image `base`, which stands in no line of this file: choose another base instead.'

const on = (trigger: string) => ({ ...defaultInputs, images: { base: withTriggers([trigger]) } })

describe('EDIT-45 what a trigger of an image takes', () => {
  const file = 'FROM alpine AS src\nFROM alpine AS other\nFROM base AS app\n'

  test.each<[string, Gesture]>([
    ['disconnect', analysis => disconnect(analysis, edgeOf(analysis, 'copy'))],
    ['disconnect a source', analysis => disconnectSource(analysis, edgeOf(analysis, 'copy'), '/x')],
    ['add sources', analysis => addSources(analysis, edgeOf(analysis, 'copy'), ['/z'])],
    ['index to name', analysis => indexToName(analysis, edgeOf(analysis, 'copy'))],
    ['name to index', analysis => nameToIndex(analysis, edgeOf(analysis, 'copy'))],
    [
      'reconnect the source',
      (analysis, stage) =>
        reconnectEnd(analysis, edgeOf(analysis, 'copy'), 'source', { kind: 'stage', stage: stage('other') }),
    ],
    [
      'reconnect the target',
      (analysis, stage) =>
        reconnectEnd(analysis, edgeOf(analysis, 'copy'), 'target', { kind: 'stage', stage: stage('other') }),
    ],
    ['rename', (analysis, stage) => renameStage(analysis, stage('src'), 'renamed')],
    ['remove', (analysis, stage) => removeStage(analysis, stage('src'))],
  ])('is not changed: %s', (_, gesture) => expectRefusal(file, gesture, reason, on('COPY --from=src /x /y')))

  test('keeps the stage that it takes from', () =>
    expectRefusal(
      `${file}COPY --from=src /a /a\n`,
      (analysis, stage) => inlineImage(analysis, stage('src')),
      reason,
      on('COPY --from=src /x /y'),
    ))

  test('is not counted to another stage', () => {
    const inputs = on('COPY --from=1 /x /y')
    expectRefusal(file, (analysis, stage) => removeStage(analysis, stage('src')), reason, inputs)
    expectRefusal(file, (analysis, stage) => moveStageUp(analysis, stage('other')), reason, inputs)
    expectRefusal(file, (analysis, stage) => moveStageDown(analysis, stage('src')), reason, inputs)
  })

  test('goes with the image, and comes again with it', () => {
    const other = file.replace('FROM base', 'FROM other')
    const toOther: Gesture = (analysis, stage) =>
      setBase(analysis, stage('app'), { kind: 'stage', stage: stage('other') })
    const toBase: Gesture = (analysis, stage) => setBase(analysis, stage('app'), { kind: 'image', reference: 'base' })
    const inputs = on('COPY --from=src /x /y')
    expectEdit(file, toOther, other, {
      inputs,
      edges: '- image:base -base-> app\n- src -copy-> app /x /y (onbuild)\n+ other -base-> app',
    })
    expectEdit(other, toBase, file, {
      inputs,
      edges: '- other -base-> app\n+ image:base -base-> app\n+ src -copy-> app /x /y (onbuild)',
    })
  })
})
