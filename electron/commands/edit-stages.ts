import { addStage } from '../../shared/edits/add-stage.ts'
import { duplicateStage } from '../../shared/edits/duplicate-stage.ts'
import { inlineImage } from '../../shared/edits/inline-image.ts'
import { moveStageAbove, moveStageDown, moveStageUp } from '../../shared/edits/move-stage.ts'
import { moveStages } from '../../shared/edits/move-stages.ts'
import { pasteStages } from '../../shared/edits/paste-stages.ts'
import { disconnected, type Replacement } from '../../shared/edits/remove-stage.ts'
import { removeStages } from '../../shared/edits/remove-stages.ts'
import { renameStage } from '../../shared/edits/rename-stage.ts'
import { setBase } from '../../shared/edits/set-base.ts'
import { setDescription } from '../../shared/edits/set-description.ts'
import { setPlatform } from '../../shared/edits/set-platform.ts'
import type { StageId } from '../../shared/graph/stage-graph.ts'
import { UsageError } from './command.ts'
import { baseOf, option, stageOf, word, type EditOperation, type OperationWords } from './edit-operation.ts'

export const stageOperations: readonly EditOperation[] = [
  {
    name: 'add-stage',
    usage: '--from BASE [--name NAME] [--after STAGE]',
    summary: 'write a stage, above the final one unless --after says where',
    words: [0, 0],
    options: ['from', 'name', 'after'],
    run: request => {
      const from = option(request, 'from')
      const after = option(request, 'after')
      if (from === null) throw new UsageError('add-stage needs --from with an image, a stage or scratch.')
      return addStage(request.analysis, {
        base: baseOf(request, from),
        name: option(request, 'name') ?? '',
        after: after === null ? null : stageOf(request, after),
      })
    },
  },
  {
    name: 'rename',
    usage: 'STAGE NAME',
    summary: 'name a stage; references follow',
    words: [2, 2],
    run: request => renameStage(request.analysis, stageOf(request, word(request, 0)), word(request, 1)),
  },
  {
    name: 'remove',
    usage: 'STAGE… [--instead parent|STAGE]',
    summary: 'take stages away and what came from them, or let that come from their base or another stage instead',
    words: [1, Infinity],
    options: ['instead'],
    run: request => removeStages(request.analysis, stagesOf(request), replacementOf(request)),
  },
  {
    name: 'duplicate',
    usage: 'STAGE [--name NAME]',
    summary: 'write a stage once more',
    words: [1, 1],
    options: ['name'],
    run: request => duplicateStage(request.analysis, stageOf(request, word(request, 0)), option(request, 'name')),
  },
  {
    name: 'move',
    usage: 'STAGE up|down|above [STAGE]',
    summary: 'move a stage; numbers keep meaning the same stage',
    words: [2, 3],
    run: request => {
      const stage = stageOf(request, word(request, 0))
      const [, where, above] = request.words
      if (where === 'up' && above === undefined) return moveStageUp(request.analysis, stage)
      if (where === 'down' && above === undefined) return moveStageDown(request.analysis, stage)
      if (where === 'above' && above !== undefined)
        return moveStageAbove(request.analysis, stage, stageOf(request, above))
      throw new UsageError('move takes a stage and up, down, or above and another stage.')
    },
  },
  {
    name: 'move-stages',
    usage: 'STAGE… [--above STAGE]',
    summary: 'move stages as one, at the end unless --above says where',
    words: [1, Infinity],
    options: ['above'],
    run: request => {
      const above = option(request, 'above')
      return moveStages(request.analysis, stagesOf(request), above === null ? null : stageOf(request, above))
    },
  },
  {
    name: 'paste',
    usage: 'TEXT [--after STAGE]',
    summary: 'write the stages of another Dockerfile, above the final one unless --after says where',
    words: [1, 1],
    options: ['after'],
    run: request => {
      const after = option(request, 'after')
      return pasteStages(request.analysis, word(request, 0), after === null ? null : stageOf(request, after))
    },
  },
  {
    name: 'set-base',
    usage: 'STAGE BASE',
    summary: 'change what a stage is built FROM',
    words: [2, 2],
    run: request => setBase(request.analysis, stageOf(request, word(request, 0)), baseOf(request, word(request, 1))),
  },
  {
    name: 'set-platform',
    usage: 'STAGE [PLATFORM]',
    summary: 'choose a platform, or none',
    words: [1, 2],
    run: request => setPlatform(request.analysis, stageOf(request, word(request, 0)), request.words[1] ?? null),
  },
  {
    name: 'describe',
    usage: 'STAGE [TEXT]',
    summary: 'write the comment that describes a stage, or take it away',
    words: [1, 2],
    run: request => setDescription(request.analysis, stageOf(request, word(request, 0)), word(request, 1)),
  },
  {
    name: 'inline-image',
    usage: 'STAGE',
    summary: 'let what takes from a stage that is only an image name the image',
    words: [1, 1],
    run: request => inlineImage(request.analysis, stageOf(request, word(request, 0))),
  },
]

function stagesOf(request: OperationWords): readonly StageId[] {
  return request.words.map(name => stageOf(request, name))
}

function replacementOf(request: OperationWords): Replacement {
  const instead = option(request, 'instead')
  if (instead === null) return disconnected
  return instead === 'parent' ? { kind: 'parent' } : { kind: 'stage', stage: stageOf(request, instead) }
}
