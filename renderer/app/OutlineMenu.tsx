import type { CommandId } from '../../shared/commands.ts'
import type { Point } from '../../shared/graph/layout.ts'
import type { Selection } from '../../shared/selection.ts'
import { useRunCommand } from '../commands/use-commands.ts'
import { CommandEntries } from '../graph/CommandEntries.tsx'
import { Popover } from '../graph/Popover.tsx'

const ofStage: readonly (readonly CommandId[])[] = [
  ['stage.build', 'stage.files', 'stage.showText'],
  ['stage.connect', 'stage.copyContext', 'stage.addNext', 'stage.rename', 'stage.changeBase'],
  ['stage.copy', 'stage.cut', 'canvas.paste', 'stage.duplicate', 'canvas.addStage'],
  ['stage.moveUp', 'stage.moveDown'],
  ['stage.remove'],
]
const ofStep: typeof ofStage = [['stage.showText'], ['stage.moveUp', 'stage.moveDown'], ['stage.remove']]
const ofEdge: typeof ofStage = [['stage.showText', 'edge.change'], ['edge.reconnect', 'edge.move'], ['stage.remove']]
const groupsOf = { none: [], stage: ofStage, step: ofStep, edge: ofEdge } as const

interface OutlineMenuProps {
  readonly label: string
  readonly kind: Selection['kind']
  readonly at: Point
  readonly onClose: () => void
  readonly onRename: () => void
}

/** What can be done with the selected row: the same commands as on its card. */
export function OutlineMenu({ label, kind, at, onClose, onRename }: OutlineMenuProps) {
  const runCommand = useRunCommand()
  const run = (id: CommandId) => {
    onClose()
    if (id === 'stage.rename') onRename()
    // The focus is back on the row before what is asked next remembers where it came from.
    else requestAnimationFrame(() => runCommand(id))
  }
  return (
    <Popover label={`Actions for ${label}`} at={at} onClose={onClose} isMenu>
      <CommandEntries groups={groupsOf[kind]} onChoose={run} />
    </Popover>
  )
}
