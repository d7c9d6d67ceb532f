import { addStage } from '../../shared/edits/add-stage.ts'
import { addStarter } from '../../shared/edits/add-starter.ts'
import { buildOnLaterStage } from '../../shared/edits/build-on-later-stage.ts'
import { duplicateStage } from '../../shared/edits/duplicate-stage.ts'
import { duplicateStages } from '../../shared/edits/duplicate-stages.ts'
import { inlineImage } from '../../shared/edits/inline-image.ts'
import { moveStageAbove, moveStageBelow, moveStageDown, moveStageUp } from '../../shared/edits/move-stage.ts'
import { moveStages } from '../../shared/edits/move-stages.ts'
import { pasteStages } from '../../shared/edits/paste-stages.ts'
import { disconnected, type Replacement } from '../../shared/edits/remove-stage.ts'
import { readBase } from '../../shared/edits/read-source.ts'
import { removeStages } from '../../shared/edits/remove-stages.ts'
import { renameStage } from '../../shared/edits/rename-stage.ts'
import { setBase } from '../../shared/edits/set-base.ts'
import { setDescription } from '../../shared/edits/set-description.ts'
import { setPlatform } from '../../shared/edits/set-platform.ts'
import { starters } from '../../shared/starters/starters.ts'
import { UsageError } from './command.ts'
import type { EditOperation, EditRequest } from './edit-operation.ts'

export const stageOperations: readonly EditOperation[] = [
  {
    name: 'add-stage',
    usage: '--from BASE [--name NAME] [--after STAGE]',
    summary: 'write a stage, above the final one unless --after says where',
    words: [0, 0],
    options: ['from', 'name', 'after'],
    run: request => {
      const from = request.option('from')
      if (from === null) throw new UsageError('add-stage needs --from with an image, a stage or scratch.')
      return addStage(request.analysis, {
        base: readBase(request.analysis, from),
        name: request.option('name') ?? '',
        after: request.stageOption('after'),
      })
    },
  },
  {
    name: 'rename',
    usage: 'STAGE NAME',
    summary: 'name a stage; references follow',
    words: [2, 2],
    run: request => renameStage(request.analysis, request.stage(0), request.word(1)),
  },
  {
    name: 'remove',
    usage: 'STAGE… [--instead parent|STAGE]',
    summary: 'take stages away and what came from them, or let that come from their base or another stage instead',
    words: [1, Infinity],
    options: ['instead'],
    run: request => removeStages(request.analysis, request.stages(), replacementOf(request)),
  },
  {
    name: 'duplicate',
    usage: 'STAGE… [--name NAME]',
    summary: 'write stages once more; --name is for one alone',
    words: [1, Infinity],
    options: ['name'],
    run: request => {
      const [stage, ...others] = request.stages()
      const name = request.option('name')
      if (stage === undefined || others.length === 0) return duplicateStage(request.analysis, request.stage(0), name)
      if (name !== null) throw new UsageError('--name names one stage: duplicate them one by one.')
      return duplicateStages(request.analysis, [stage, ...others])
    },
  },
  {
    name: 'move',
    usage: 'STAGE up|down|above|below [STAGE]',
    summary: 'move a stage; numbers keep meaning the same stage',
    words: [2, 3],
    run: request => {
      const stage = request.stage(0)
      const [, where, other] = request.words
      if (where === 'up' && other === undefined) return moveStageUp(request.analysis, stage)
      if (where === 'down' && other === undefined) return moveStageDown(request.analysis, stage)
      if (where === 'above' && other !== undefined) return moveStageAbove(request.analysis, stage, request.stage(2))
      if (where === 'below' && other !== undefined) return moveStageBelow(request.analysis, stage, request.stage(2))
      throw new UsageError('move takes a stage and up, down, or above or below and another stage.')
    },
  },
  {
    name: 'move-stages',
    usage: 'STAGE… [--above STAGE]',
    summary: 'move stages as one, at the end unless --above says where',
    words: [1, Infinity],
    options: ['above'],
    run: request => moveStages(request.analysis, request.stages(), request.stageOption('above')),
  },
  {
    name: 'paste',
    usage: 'TEXT [--after STAGE]',
    summary: 'write the stages of another Dockerfile, above the final one unless --after says where',
    words: [1, 1],
    options: ['after'],
    run: request => pasteStages(request.analysis, request.word(0), request.stageOption('after')),
  },
  {
    name: 'add-starter',
    usage: 'STARTER [--after STAGE]',
    summary: `write the stages of a starter (${starters.map(({ name }) => name).join(', ')}), above the final one unless --after says where`,
    words: [1, 1],
    options: ['after'],
    run: request => {
      const starter = starters.find(({ name }) => name.toLowerCase() === request.word(0).toLowerCase())
      if (starter === undefined) throw new UsageError(`There is no starter "${request.word(0)}".`)
      return addStarter(request.analysis, starter, request.stageOption('after'))
    },
  },
  {
    name: 'build-on-later',
    usage: 'STAGE STAGE',
    summary: 'move the second stage above the first, whose FROM has its name already',
    words: [2, 2],
    run: request => buildOnLaterStage(request.analysis, request.stage(0), request.stage(1)),
  },
  {
    name: 'set-base',
    usage: 'STAGE BASE',
    summary: 'change what a stage is built FROM',
    words: [2, 2],
    run: request => setBase(request.analysis, request.stage(0), readBase(request.analysis, request.word(1))),
  },
  {
    name: 'set-platform',
    usage: 'STAGE [PLATFORM]',
    summary: 'choose a platform, or none',
    words: [1, 2],
    run: request => setPlatform(request.analysis, request.stage(0), request.words[1] ?? null),
  },
  {
    name: 'describe',
    usage: 'STAGE [TEXT]',
    summary: 'write the comment that describes a stage, or take it away',
    words: [1, 2],
    run: request => setDescription(request.analysis, request.stage(0), request.word(1)),
  },
  {
    name: 'inline-image',
    usage: 'STAGE',
    summary: 'let what takes from a stage that is only an image name the image',
    words: [1, 1],
    run: request => inlineImage(request.analysis, request.stage(0)),
  },
]

function replacementOf(request: EditRequest): Replacement {
  const instead = request.option('instead')
  if (instead === 'parent') return { kind: 'parent' }
  const stage = request.stageOption('instead')
  return stage === null ? disconnected : { kind: 'stage', stage }
}
