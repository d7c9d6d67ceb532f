import type { CommandId } from '../../shared/commands.ts'

export type RunCommand = (command: CommandId) => void
