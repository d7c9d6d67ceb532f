import type { CommandId } from '../../shared/commands.ts'
import type { Point } from '../../shared/graph/layout.ts'
import { useRunCommand } from '../commands/use-commands.ts'
import { CommandEntries } from './CommandEntries.tsx'
import { Popover } from './Popover.tsx'

const groups: readonly (readonly CommandId[])[] = [
  ['canvas.addStage', 'canvas.paste'],
  ['canvas.selectAll', 'canvas.fit', 'canvas.tidy', 'canvas.context', 'canvas.export'],
]

interface CanvasMenuProps {
  readonly at: Point
  readonly onClose: () => void
  /** Asks for a stage that is to stand here. */
  readonly onAddStage: () => void
}

/** What can be done where nothing is. */
export function CanvasMenu({ at, onClose, onAddStage }: CanvasMenuProps) {
  const run = useRunCommand()
  return (
    <Popover label="Canvas" at={at} onClose={onClose} isMenu>
      <CommandEntries
        groups={groups}
        onChoose={id => {
          onClose()
          if (id === 'canvas.addStage') onAddStage()
          else run(id)
        }}
      />
    </Popover>
  )
}
