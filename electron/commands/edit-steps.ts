import { addInstruction } from '../../shared/edits/add-instruction.ts'
import { moveInstruction, moveInstructionDown, moveInstructionUp } from '../../shared/edits/move-instruction.ts'
import { removeInstruction } from '../../shared/edits/remove-instruction.ts'
import { setInstruction } from '../../shared/edits/set-instruction.ts'
import { UsageError } from './command.ts'
import { instructionOn, option, stageOf, word, type EditOperation } from './edit-operation.ts'

export const stepOperations: readonly EditOperation[] = [
  {
    name: 'add-instruction',
    usage: 'STAGE TEXT [--after LINE]',
    summary: 'write an instruction into a stage, at its end unless --after says where',
    words: [2, 2],
    options: ['after'],
    run: request => {
      const after = option(request, 'after')
      const above = after === null ? null : instructionOn(request, after)
      return addInstruction(request.analysis, stageOf(request, word(request, 0)), word(request, 1), above)
    },
  },
  {
    name: 'set-instruction',
    usage: 'LINE TEXT',
    summary: 'write another instruction in its place',
    words: [2, 2],
    run: request => setInstruction(request.analysis, instructionOn(request, word(request, 0)), word(request, 1)),
  },
  {
    name: 'move-instruction',
    usage: 'LINE up|down|above [LINE]',
    summary: 'move an instruction within its stage',
    words: [2, 3],
    run: request => {
      const moved = instructionOn(request, word(request, 0))
      const [, where, above] = request.words
      if (where === 'up' && above === undefined) return moveInstructionUp(request.analysis, moved)
      if (where === 'down' && above === undefined) return moveInstructionDown(request.analysis, moved)
      if (where === 'above' && above !== undefined)
        return moveInstruction(request.analysis, moved, instructionOn(request, above))
      throw new UsageError('move-instruction takes a line and up, down, or above and another line.')
    },
  },
  {
    name: 'remove-instruction',
    usage: 'LINE',
    summary: 'take an instruction away',
    words: [1, 1],
    run: request => removeInstruction(request.analysis, instructionOn(request, word(request, 0))),
  },
]
