import { homedir } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Output } from './commands/command.ts'
import { runCli } from './commands/run.ts'
import { createEngine } from './host/engine/engine.ts'
import { stateDirectory } from './host/state-directory.ts'

/** Set by the bundler from package.json. */
declare const __VERSION__: string

const stopping = new AbortController()

function output(stream: NodeJS.WriteStream, onGone: () => void): Output {
  let gone = false
  stream.on('error', (error: NodeJS.ErrnoException) => {
    gone = true
    // EPIPE is `slipway … | head`: the reader has what it wanted. Anything else is worth a word.
    if (error.code !== 'EPIPE' && stream !== process.stderr)
      console.error(`Output could not be written: ${error.message}.`)
    onGone()
  })
  return {
    write: text =>
      new Promise(resolve => {
        if (gone) resolve()
        else
          stream.write(text, () => {
            resolve()
          })
      }),
  }
}

let stoppedAt = 0
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    // Asked again: what is still being stopped is left to itself. A terminal and a parent may both tell of one Ctrl-C.
    if (stopping.signal.aborted && performance.now() - stoppedAt > 500) process.exit(130)
    stoppedAt = performance.now()
    stopping.abort()
  })

const state = stateDirectory(process.env, process.platform, homedir())
const status = await runCli(process.argv.slice(2), {
  stdout: output(process.stdout, () => {
    stopping.abort()
  }),
  stderr: output(process.stderr, () => undefined),
  workingDirectory: process.cwd(),
  environment: process.env,
  platform: process.platform,
  homeDirectory: homedir(),
  stateDirectory: state,
  version: __VERSION__,
  rendererDirectory: fileURLToPath(new URL('../renderer', import.meta.url)),
  createEngine: () => createEngine({ environment: process.env, homeDirectory: homedir(), stateDirectory: state }),
  signal: stopping.signal,
})
process.exit(status)
