import { commands, type CommandId } from '../../shared/commands.ts'

const apple = navigator.userAgent.includes('Mac')

/** The command whose keys were pressed, or null. */
export function commandOf(event: KeyboardEvent): CommandId | null {
  for (const [id, { keys }] of Object.entries(commands)) if (matches(event, keys)) return id as CommandId
  return null
}

function matches(event: KeyboardEvent, keys: string): boolean {
  const parts = keys.split('+')
  const key = parts.at(-1) ?? ''
  const mod = apple ? event.metaKey : event.ctrlKey
  return (
    event.key.toUpperCase() === key.toUpperCase() &&
    mod === parts.includes('Mod') &&
    event.shiftKey === parts.includes('Shift') &&
    event.altKey === parts.includes('Alt')
  )
}

/** "Save (Ctrl+S)", with the platform's own names. */
export function titleWithKeys(command: CommandId): string {
  const { title, keys } = commands[command]
  return `${title} (${keys.replace('Mod', apple ? '⌘' : 'Ctrl')})`
}
