import { useStore } from 'zustand'
import { commandOf, type CommandId } from '../../shared/commands.ts'
import { useCommands, useShortcutOf } from '../commands/use-commands.ts'
import { MenuEntry } from './MenuEntry.tsx'

interface CommandEntriesProps {
  readonly groups: readonly (readonly CommandId[])[]
  readonly onChoose: (id: CommandId) => void
}

/** Entries of a menu from the table of commands, in groups; those that cannot be run now say what they need. */
export function CommandEntries({ groups, onChoose }: CommandEntriesProps) {
  const handlers = useStore(useCommands().registry.handlers)
  const shortcutOf = useShortcutOf()
  return groups.map((group, index) => (
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
            onChoose={() => onChoose(id)}
          />
        )
      })}
    </div>
  ))
}
