import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runCli } from '../../electron/commands/run.ts'
import type { CommandContext } from '../../electron/commands/command.ts'
import { scriptedEngine } from '../host/scripted-engine.ts'
import { temporaryFolder } from '../host/temporary-folder.ts'

export interface Finished {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs `slipway …words` as the program does, in a folder with `files`. */
export async function slipway(
  words: readonly string[],
  files: Readonly<Record<string, string | Uint8Array>> = {},
  context: Partial<CommandContext> = {},
): Promise<Finished> {
  const folder = temporaryFolder()
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  const written = { stdout: '', stderr: '' }
  const status = await runCli(words, {
    stdout: {
      write: text => {
        written.stdout += text
        return Promise.resolve()
      },
    },
    stderr: {
      write: text => {
        written.stderr += text
        return Promise.resolve()
      },
    },
    workingDirectory: folder,
    environment: {},
    platform: 'linux',
    homeDirectory: folder,
    stateDirectory: join(folder, 'state'),
    version: '1.2.3',
    rendererDirectory: join(folder, 'renderer'),
    createEngine: () => scriptedEngine(),
    signal: new AbortController().signal,
    ...context,
  })
  return { status, ...written }
}
