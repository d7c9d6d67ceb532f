import { HostError } from '../../shared/bridge/host-error.ts'
import type { CommandContext, ExitStatus } from './command.ts'
import { type NamedDockerfile, readDockerfile } from './words.ts'
import { UsageError } from './command.ts'

/** Runs over several FILEs: one that cannot be read is told of, the others go on, and the status is the worst of all. */
export async function forEachFile(
  files: readonly string[],
  context: CommandContext,
  visit: (file: string, dockerfile: NamedDockerfile) => Promise<ExitStatus>,
): Promise<ExitStatus> {
  if (files.length === 0) throw new UsageError('No Dockerfile is named.')
  let worst: ExitStatus = 0
  for (const file of files) {
    if (context.signal.aborted) break
    const status = await visitOne(file, context, visit)
    if (status > worst) worst = status
  }
  return worst
}

async function visitOne(
  file: string,
  context: CommandContext,
  visit: (file: string, dockerfile: NamedDockerfile) => Promise<ExitStatus>,
): Promise<ExitStatus> {
  let dockerfile: NamedDockerfile
  try {
    dockerfile = await readDockerfile(file, context)
  } catch (error) {
    if (!(error instanceof HostError)) throw error
    await context.stderr.write(`${error.message}\n`)
    return 2
  }
  return await visit(file, dockerfile)
}
