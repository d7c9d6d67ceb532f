import type { BuildEvent, BuildRequest } from '../../shared/builds/build-events.ts'
import { HostError } from '../../shared/bridge/host-error.ts'
import type { Engine } from '../host/engine/engine-interface.ts'
import type { CommandContext } from './command.ts'
import { createPlainProgress } from './plain-progress.ts'

export interface FinishedBuild {
  /** Names it for its file systems. */
  readonly build: string
  readonly succeeded: Extract<BuildEvent, { kind: 'succeeded' }>
}

/**
 * Builds with progress on stderr. Null where the build failed or was cancelled, which has been told by then.
 * @throws HostError no-engine and the like, when there was nothing to build with
 */
export async function runBuild(
  engine: Engine,
  request: BuildRequest,
  context: CommandContext,
): Promise<FinishedBuild | null> {
  const progress = createPlainProgress()
  const tell = (lines: readonly string[]) =>
    lines.length === 0 ? Promise.resolve() : context.stderr.write(lines.map(line => `${line}\n`).join(''))
  let build = ''
  try {
    for await (const event of engine.build(request, context.signal)) {
      await tell(progress(event))
      switch (event.kind) {
        case 'started':
          build = event.build
          break
        case 'succeeded':
          return { build, succeeded: event }
        case 'failed':
          await tell(failure(event))
          return null
        case 'cancelled':
          await tell(['The build was cancelled.'])
          return null
        case 'planned':
        case 'step':
        case 'log':
        case 'progress':
        case 'warning':
          break
      }
    }
  } catch (error) {
    if (!(error instanceof HostError) || error.code !== 'cancelled') throw error
  }
  await tell(['The build was cancelled.'])
  return null
}

/** The sentence names the line; what the engine said itself follows where it says more. */
function failure({ message, detail }: Extract<BuildEvent, { kind: 'failed' }>): readonly string[] {
  return detail === '' || message.includes(detail) ? [message] : [message, detail]
}

export function inWords(milliseconds: number): string {
  const seconds = milliseconds / 1000
  return seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`
}
