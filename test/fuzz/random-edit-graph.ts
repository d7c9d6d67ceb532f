import { addSources } from '../../shared/edits/add-sources.ts'
import { addStage } from '../../shared/edits/add-stage.ts'
import { addStarter } from '../../shared/edits/add-starter.ts'
import { buildOnLaterStage } from '../../shared/edits/build-on-later-stage.ts'
import { connectContext } from '../../shared/edits/connect-context.ts'
import { connectImage } from '../../shared/edits/connect-image.ts'
import { connectStages } from '../../shared/edits/connect-stages.ts'
import { stageText } from '../../shared/edits/copy-stages.ts'
import { disconnect, disconnectSource } from '../../shared/edits/disconnect.ts'
import { duplicateStage } from '../../shared/edits/duplicate-stage.ts'
import { duplicateStages } from '../../shared/edits/duplicate-stages.ts'
import { extractImage } from '../../shared/edits/extract-image.ts'
import { inlineImage } from '../../shared/edits/inline-image.ts'
import { moveStageAbove, moveStageBelow, moveStageDown, moveStageUp } from '../../shared/edits/move-stage.ts'
import { moveStages } from '../../shared/edits/move-stages.ts'
import { nameForIndex } from '../../shared/edits/name-for-index.ts'
import { pasteStages } from '../../shared/edits/paste-stages.ts'
import { reconnectEnd } from '../../shared/edits/reconnect-end.ts'
import { reconnectSource, reconnectTarget } from '../../shared/edits/reconnect.ts'
import { indexToName, nameToIndex } from '../../shared/edits/reference-form.ts'
import { removeStage } from '../../shared/edits/remove-stage.ts'
import { removeStages } from '../../shared/edits/remove-stages.ts'
import { renameStage } from '../../shared/edits/rename-stage.ts'
import { setBase } from '../../shared/edits/set-base.ts'
import { setDescription } from '../../shared/edits/set-description.ts'
import { setPlatform } from '../../shared/edits/set-platform.ts'
import { stageForVariable } from '../../shared/edits/stage-for-variable.ts'
import { starters } from '../../shared/starters/starters.ts'
import type { Gestures } from './chosen.ts'

/** Gestures on stages and on what they take from each other. */
export const graphGestures: Gestures = {
  'add stage': ({ analysis, random, stage, name, word }) =>
    addStage(analysis, {
      base: random.pick([{ kind: 'image', reference: word }, { kind: 'stage', stage }, { kind: 'scratch' }] as const),
      name,
      after: random.pick([null, stage]),
    }),
  rename: ({ analysis, stage, name }) => renameStage(analysis, stage, name),
  remove: ({ analysis, random, stage, other }) =>
    removeStage(
      analysis,
      stage,
      random.pick([{ kind: 'none' }, { kind: 'parent' }, { kind: 'stage', stage: other }] as const),
    ),
  'remove several': ({ analysis, stage, other }) => removeStages(analysis, [stage, other]),
  duplicate: ({ analysis, stage }) => duplicateStage(analysis, stage),
  move: ({ analysis, stage, other }) => moveStageAbove(analysis, stage, other),
  'move up': ({ analysis, stage }) => moveStageUp(analysis, stage),
  'move below': ({ analysis, stage, other }) => moveStageBelow(analysis, stage, other),
  'move down': ({ analysis, stage }) => moveStageDown(analysis, stage),
  'move several': ({ analysis, random, stage, other }) =>
    moveStages(analysis, [stage, other], random.pick([null, analysis.graph.stages[0]?.id ?? null])),
  'duplicate several': ({ analysis, stage, other }) => duplicateStages(analysis, [stage, other]),
  'add starter': ({ analysis, random, stage }) =>
    addStarter(analysis, random.pick(starters), random.pick([null, stage])),
  'build on later': ({ analysis, stage, other }) => buildOnLaterStage(analysis, stage, other),
  paste: ({ analysis, random, stage, other }) =>
    pasteStages(analysis, stageText(analysis, [stage, other]), random.pick([null, stage])),
  'set base': ({ analysis, random, stage, other, word }) =>
    setBase(
      analysis,
      stage,
      random.pick([
        { kind: 'image', reference: word },
        { kind: 'stage', stage: other },
      ] as const),
    ),
  platform: ({ analysis, random, stage }) =>
    setPlatform(analysis, stage, random.pick([null, 'linux/arm64', '$BUILDPLATFORM', 'x y'])),
  describe: ({ analysis, random, stage }) => setDescription(analysis, stage, random.pick(['', 'what it does', 'a\nb'])),
  connect: ({ analysis, stage, other, path }) =>
    connectStages(analysis, { from: stage, to: other, source: path, destination: '/to' }),
  'connect image': ({ analysis, stage, path, word }) =>
    connectImage(analysis, { reference: word, to: stage, source: '/from', destination: path }),
  'connect context': ({ analysis, stage, path }) =>
    connectContext(analysis, { to: stage, source: path, destination: path }),
  disconnect: ({ analysis, edge }) => disconnect(analysis, edge),
  'disconnect source': ({ analysis, edge }) =>
    disconnectSource(analysis, edge, analysis.graph.edges.find(each => each.id === edge)?.sources[0] ?? ''),
  'reconnect source': ({ analysis, random, edge, stage, word }) =>
    reconnectSource(
      analysis,
      edge,
      random.pick([{ kind: 'stage', stage }, { kind: 'image', reference: word }, { kind: 'context' }] as const),
    ),
  'reconnect target': ({ analysis, edge, stage }) => reconnectTarget(analysis, edge, stage),
  'reconnect end': ({ analysis, random, edge, stage, word }) =>
    reconnectEnd(
      analysis,
      edge,
      random.pick(['source', 'target'] as const),
      random.pick([
        { kind: 'stage', stage },
        { kind: 'image', reference: word },
      ] as const),
    ),
  'add sources': ({ analysis, edge, path }) => addSources(analysis, edge, [path, '/more']),
  'name for index': ({ analysis, edge, name }) => nameForIndex(analysis, edge, name),
  'index to name': ({ analysis, edge }) => indexToName(analysis, edge),
  'name to index': ({ analysis, edge }) => nameToIndex(analysis, edge),
  'extract image': ({ analysis, edge }) => extractImage(analysis, edge),
  'inline image': ({ analysis, stage }) => inlineImage(analysis, stage),
  'stage for variable': ({ analysis, edge }) => stageForVariable(analysis, edge),
}
