import { createStore, type StoreApi } from 'zustand/vanilla'
import type { CommandId } from '../../shared/commands.ts'

/** What a command does now; null where there is nothing for it to act on. */
export type CommandHandlers = Partial<Record<CommandId, (() => void) | null>>

/** Where parts of the window say what they can do, and menus, keys and the palette ask for it. */
export interface CommandRegistry {
  readonly handlers: StoreApi<CommandHandlers>
  /** Offers what the command does for as long as the part lives; returns how to take it back. */
  readonly provide: (handlers: CommandHandlers) => () => void
  /** False where the command cannot be run now. */
  readonly run: (command: CommandId) => boolean
}

export function createCommandRegistry(): CommandRegistry {
  const handlers = createStore<CommandHandlers>(() => ({}))
  return {
    handlers,
    provide(offered) {
      handlers.setState(offered)
      return () =>
        handlers.setState(current => {
          const entries = Object.entries(current).filter(([id, handler]) => offered[id as CommandId] !== handler)
          return Object.fromEntries(entries)
        }, true)
    },
    run(command) {
      const handler = handlers.getState()[command]
      if (!handler) return false
      handler()
      return true
    },
  }
}
