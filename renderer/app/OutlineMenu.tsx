import { useStore } from 'zustand'
import { commandOf, type CommandId } from '../../shared/commands.ts'
import type { Point } from '../../shared/graph/layout.ts'
import type { Selection } from '../../shared/selection.ts'
import { useCommands, useShortcutOf } from '../commands/use-commands.ts'
import { MenuEntry } from '../graph/MenuEntry.tsx'
import { Popover } from '../graph/Popover.tsx'

const ofStage: readonly (readonly CommandId[])[] = [
  ['stage.build', 'stage.files', 'stage.showText'],
  ['stage.connect', 'stage.rename', 'stage.changeBase', 'stage.duplicate', 'canvas.addStage'],
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
  const { registry } = useCommands()
  const handlers = useStore(registry.handlers)
  const shortcutOf = useShortcutOf()
  const run = (id: CommandId) => {
    onClose()
    if (id === 'stage.rename') onRename()
    // The focus is back on the row before what is asked next remembers where it came from.
    else requestAnimationFrame(() => registry.run(id))
  }
  return (
    <Popover label={`Actions for ${label}`} at={at} onClose={onClose} isMenu>
      {groupsOf[kind].map((group, index) => (
        <div key={group.join()} role="group">
          {index > 0 && <hr className="menu-rule" />}
          {group.map(id => {
            const { title, needs = 'This cannot be done now.' } = commandOf(id)
            return (
              <MenuEntry
                key={id}
                label={title}
                shortcut={shortcutOf(id)}
                disabledReason={handlers[id] ? null : needs}
                onChoose={() => run(id)}
              />
            )
          })}
        </div>
      ))}
    </Popover>
  )
}
