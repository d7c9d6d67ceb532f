import { addStage } from '../../shared/edits/add-stage.ts'
import { duplicateStage } from '../../shared/edits/duplicate-stage.ts'
import { inlineImage } from '../../shared/edits/inline-image.ts'
import { moveStageAbove, moveStageDown, moveStageUp } from '../../shared/edits/move-stage.ts'
import { removeStage } from '../../shared/edits/remove-stage.ts'
import { renameStage } from '../../shared/edits/rename-stage.ts'
import { setBase } from '../../shared/edits/set-base.ts'
import { setDescription } from '../../shared/edits/set-description.ts'
import { setPlatform } from '../../shared/edits/set-platform.ts'
import { UsageError } from './command.ts'
import { baseOf, option, stageOf, word, type EditOperation } from './edit-operation.ts'

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
    usage: 'STAGE',
    summary: 'take a stage away and what came from it; its children get its base',
    words: [1, 1],
    run: request => removeStage(request.analysis, stageOf(request, word(request, 0))),
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
