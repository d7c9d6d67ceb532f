import { expect } from 'vitest'
import type { Analysis } from '../../shared/analysis.ts'
import { addStage } from '../../shared/edits/add-stage.ts'
import { connectImage } from '../../shared/edits/connect-image.ts'
import { connectStages } from '../../shared/edits/connect-stages.ts'
import { disconnect } from '../../shared/edits/disconnect.ts'
import { moveStageAbove, moveStageBelow } from '../../shared/edits/move-stage.ts'
import { makerOf } from '../../shared/edits/references.ts'
import { removeStage } from '../../shared/edits/remove-stage.ts'
import { renameStage } from '../../shared/edits/rename-stage.ts'
import { setBase } from '../../shared/edits/set-base.ts'
import { stageTitle, type Stage } from '../../shared/graph/stage-graph.ts'
import { performIgnore, performPartChanges } from './every-part.ts'
import { performOfSeveral } from './every-selection.ts'
import { performEdgeChanges, performStageChanges, performStepChanges } from './every-change.ts'
import { expectLaws } from './expect-edit.ts'
import { expectOne, perform, type GestureTally } from './gesture-tally.ts'

/**
 * Performs every gesture on the file, each on its own, and proves of each that the graph afterwards is the graph before
 * plus exactly the asked change. `pick` chooses stages where all pairs would be too many.
 */
export function performEveryGesture(
  analysis: Analysis,
  pick: (stages: readonly Stage[]) => Stage | undefined,
  tally: GestureTally,
): void {
  const { stages } = analysis.graph
  performIgnore(analysis, tally)
  for (const stage of stages) {
    const title = stageTitle(stage)
    const other = pick(stages)
    if (other !== undefined && other.id !== stage.id) {
      performConnection(analysis, stage, other, tally)
      performMove(analysis, stage, other, tally)
    }
    perform(
      'connect image',
      connectImage(analysis, { reference: 'added:1', to: stage.id, source: '/from', destination: '/to' }),
      tally,
      outcome => expectOne(expectLaws(analysis, outcome.edits), `+ image:added:1 -copy-> ${title}`, ' /from /to'),
    )
    perform(
      'add',
      addStage(analysis, { base: { kind: 'image', reference: 'added:1' }, name: 'added', after: stage.id }),
      tally,
      outcome => expect(expectLaws(analysis, outcome.edits)).toEqual(['+ image:added:1 -base-> added']),
    )
    perform('rename', renameStage(analysis, stage.id, 'renamed'), tally, outcome =>
      expect(expectLaws(analysis, outcome.edits)).toEqual([]),
    )
    performRemoval(analysis, stage, tally)
    performOfSeveral(analysis, stage, other, tally)
    performStageChanges(analysis, stage, tally)
    performStepChanges(analysis, stage, tally)
    performPartChanges(analysis, stage, tally)
    perform('set base', setBase(analysis, stage.id, { kind: 'image', reference: 'added:1' }), tally, outcome => {
      const changes = expectLaws(analysis, outcome.edits).filter(change => !change.endsWith('(onbuild)'))
      expectOne(
        changes.filter(change => change.startsWith('+')),
        `+ image:added:1 -base-> ${title}`,
        '',
      )
      expect(changes).toHaveLength(2)
    })
  }
  for (const edge of analysis.graph.edges) {
    performEdgeChanges(analysis, edge, pick(stages), tally)
    const outcome = disconnect(analysis, edge.id)
    perform('disconnect', outcome, tally, ({ edits }) => {
      const maker = makerOf(analysis, edge)
      const alike = analysis.graph.edges.filter(each => each.kind === edge.kind && makerOf(analysis, each) === maker)
      const changes = expectLaws(analysis, edits)
      expect(changes.every(change => change.startsWith('-'))).toBe(true)
      expect(changes.length).toBeGreaterThan(0)
      expect(changes.length).toBeLessThanOrEqual(alike.length)
    })
    if (edge.kind === 'base') expect(outcome.kind).toBe('refused')
  }
}

function performConnection(analysis: Analysis, from: Stage, to: Stage, tally: GestureTally): void {
  const moves = from.index > to.index
  const outcome = connectStages(analysis, { from: from.id, to: to.id, source: '/from', destination: '/to' })
  perform(moves ? 'connect upwards' : 'connect', outcome, tally, ({ edits }) => {
    if (moves && from.writtenName === null) return
    expectOne(expectLaws(analysis, edits), '+ ', ' /from /to')
  })
}

function performMove(analysis: Analysis, stage: Stage, other: Stage, tally: GestureTally): void {
  // A second stage of that name may be taken for the first one.
  const isKnown = (moved: Stage | undefined) =>
    moved !== undefined &&
    moved.writtenName !== null &&
    analysis.graph.stages.filter(({ name }) => name === moved.name).length === 1
  perform('move', moveStageAbove(analysis, stage.id, other.id), tally, ({ edits }) => {
    if (isKnown(stage)) expect(expectLaws(analysis, edits)).toEqual([])
  })
  perform('move below', moveStageBelow(analysis, stage.id, other.id), tally, ({ edits }) => {
    // To come last it changes places with the last one.
    if (isKnown(stage) && isKnown(analysis.graph.stages.at(-1))) expect(expectLaws(analysis, edits)).toEqual([])
  })
}

function performRemoval(analysis: Analysis, stage: Stage, tally: GestureTally): void {
  const title = stageTitle(stage)
  perform('remove', removeStage(analysis, stage.id), tally, ({ edits }) => {
    const changes = expectLaws(analysis, edits).filter(change => !change.endsWith('(onbuild)'))
    const children = analysis.graph.stages.filter(
      each => each.baseSource.kind === 'stage' && each.baseSource.stage === stage.id,
    )
    const added = changes.filter(change => change.startsWith('+'))
    expect(added).toHaveLength(children.length)
    expect(added.every(change => change.includes(' -base-> '))).toBe(true)
    const removed = changes.filter(change => change.startsWith('-'))
    expect(removed.every(change => change.includes(title))).toBe(true)
  })
}
