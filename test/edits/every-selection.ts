import { expect } from 'vitest'
import { analyze, type Analysis } from '../../shared/analysis.ts'
import { addStarter } from '../../shared/edits/add-starter.ts'
import { buildOnLaterStage } from '../../shared/edits/build-on-later-stage.ts'
import { stageText } from '../../shared/edits/copy-stages.ts'
import { duplicateStages } from '../../shared/edits/duplicate-stages.ts'
import { moveStages } from '../../shared/edits/move-stages.ts'
import { pasteStages } from '../../shared/edits/paste-stages.ts'
import { removeStage } from '../../shared/edits/remove-stage.ts'
import { removeStages } from '../../shared/edits/remove-stages.ts'
import { stageTitle, type Stage } from '../../shared/graph/stage-graph.ts'
import { starters } from '../../shared/starters/starters.ts'
import { expectLaws } from './expect-edit.ts'
import { perform, type GestureTally } from './gesture-tally.ts'

/** Gestures that re-point what a stage gave, and those on two stages at once. */
export function performOfSeveral(
  analysis: Analysis,
  stage: Stage,
  other: Stage | undefined,
  tally: GestureTally,
): void {
  const title = stageTitle(stage)
  const kept = (changes: readonly string[]) => changes.filter(change => !change.endsWith('(onbuild)'))
  const given = analysis.graph.edges.filter(
    edge => edge.from.kind === 'stage' && edge.from.stage === stage.id && edge.to !== stage.id,
  )
  const own = analysis.graph.edges.filter(edge => edge.to === stage.id && !edge.onbuild)
  perform('re-point to parent', removeStage(analysis, stage.id, { kind: 'parent' }), tally, ({ edits }) => {
    const changes = kept(expectLaws(analysis, edits))
    const onbuild = given.some(edge => edge.onbuild)
    const added = changes.filter(change => change.startsWith('+'))
    if (!onbuild) expect([added.length, changes.length]).toEqual([given.length, own.length + 2 * given.length])
  })
  // A stage without a name, or one of several, is a new one to whoever watches the text.
  const names = analysis.graph.stages.map(each => each.name)
  const named = !names.includes('') && new Set(names).size === names.length
  if (other === undefined || other.id === stage.id) return
  perform(
    're-point to another',
    removeStage(analysis, stage.id, { kind: 'stage', stage: other.id }),
    tally,
    ({ edits }) => {
      const added = kept(expectLaws(analysis, edits)).filter(change => change.startsWith('+'))
      if (named) expect(added.every(change => change.startsWith(`+ ${stageTitle(other)} `))).toBe(true)
    },
  )
  perform('remove two', removeStages(analysis, [stage.id, other.id]), tally, ({ edits }) => {
    const removed = kept(expectLaws(analysis, edits)).filter(change => change.startsWith('-'))
    const titles = [title, stageTitle(other)]
    expect(removed.every(change => titles.some(each => change.includes(each)))).toBe(true)
  })
  const last = analysis.graph.stages.at(-1)
  for (const [gesture, above] of [
    ['move two', last?.id ?? null],
    ['move two to the end', null],
  ] as const)
    perform(gesture, moveStages(analysis, [stage.id, other.id], above), tally, ({ edits }) => {
      if (named) expect(expectLaws(analysis, edits)).toEqual([])
    })
  performCopy(analysis, stage, other, tally)
  const starter = starters[stage.index % starters.length]
  if (starter !== undefined)
    perform('add starter', addStarter(analysis, starter, stage.id), tally, ({ edits }) => {
      const { edges } = analyze(starter.text).graph
      const changes = expectLaws(analysis, edits)
      expect(changes.every(change => change.startsWith('+'))).toBe(true)
      expect(changes).toHaveLength(edges.length)
    })
  const later = analysis.graph.stages.find(({ index, name }) => index > stage.index && name === stage.base)
  if (later !== undefined)
    perform('build on later', buildOnLaterStage(analysis, stage.id, later.id), tally, ({ edits }) => {
      if (!named) return
      const changes = kept(expectLaws(analysis, edits))
      expect(changes.every(change => change.includes(' -base-> '))).toBe(true)
      expect(changes).toContain(`+ ${stageTitle(later)} -base-> ${title}`)
    })
}

/** What is pasted takes what the original takes, or what was copied along with it. */
function performCopy(analysis: Analysis, stage: Stage, other: Stage, tally: GestureTally): void {
  const text = stageText(analysis, [stage.id, other.id])
  const copied = analysis.graph.edges.filter(({ to, onbuild }) => !onbuild && (to === stage.id || to === other.id))
  for (const [gesture, outcome] of [
    ['paste', pasteStages(analysis, text, null)],
    ['duplicate two', duplicateStages(analysis, [stage.id, other.id])],
  ] as const)
    perform(gesture, outcome, tally, ({ edits }) => {
      const changes = expectLaws(analysis, edits)
      expect(changes.every(change => change.startsWith('+'))).toBe(true)
      expect(changes.filter(change => !change.endsWith('(onbuild)'))).toHaveLength(copied.length)
    })
}
