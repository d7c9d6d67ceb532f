import type { EngineChoices } from '../host/engine/engine-choice.ts'
import type { Engine } from '../host/engine/engine-interface.ts'

/** 0: done, no error. 1: errors found in the Dockerfile or its build. 2: the command could not run. */
export type ExitStatus = 0 | 1 | 2

export interface Output {
  /** Settles when there is room for more. Writing to a reader that has gone is no error. */
  write(text: string): Promise<void>
}

/** Everything a command reads from or leaves in the world around it. */
export interface CommandContext {
  /** The result, for programs. */
  readonly stdout: Output
  /** Sentences and progress, for people. */
  readonly stderr: Output
  readonly workingDirectory: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly platform: string
  readonly homeDirectory: string
  readonly stateDirectory: string
  readonly version: string
  /** Where the bundled page lies. */
  readonly rendererDirectory: string
  /** The engine that the docker command would use, unless a choice counts. */
  readonly createEngine: (choices?: EngineChoices) => Engine
  /** Fires on Ctrl-C, and when the reader of stdout is gone. */
  readonly signal: AbortSignal
}

export interface Command {
  readonly name: string
  readonly summary: string
  readonly help: string
  /** @throws UsageError, HostError, and the errors of parseArgs; each is told as a sentence and gives status 2. */
  run(args: readonly string[], context: CommandContext): Promise<ExitStatus>
}

/** Wrong words on the command line; told with a pointer to the command's help. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
