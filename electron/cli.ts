import { homedir } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Output } from './commands/command.ts'
import { runCli } from './commands/run.ts'
import { createEngine } from './host/engine/engine.ts'
import { stateDirectory } from './host/state-directory.ts'

/** Set by the bundler from package.json. */
declare const __VERSION__: string

const stopping = new AbortController()
/** Lost where it could not be written: whatever the command found, nobody has it. */
const result = { lost: false }

function output(stream: NodeJS.WriteStream, onLost: (error: NodeJS.ErrnoException) => void): Output {
  let lost = false
  const lose = (error: Error) => {
    if (lost) return
    lost = true
    onLost(error)
  }
  stream.on('error', lose)
  return {
    write: text =>
      new Promise(resolve => {
        if (lost) resolve()
        else
          stream.write(text, error => {
            if (error) lose(error)
            resolve()
          })
      }),
  }
}

function loseResult(error: NodeJS.ErrnoException): void {
  stopping.abort()
  // `slipway … | head`: the reader has what it wanted.
  if (error.code === 'EPIPE') return
  result.lost = true
  process.stderr.write(`The result could not be written: ${error.message}.\n`)
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
  stdout: output(process.stdout, loseResult),
  stderr: output(process.stderr, () => undefined),
  workingDirectory: process.cwd(),
  environment: process.env,
  platform: process.platform,
  homeDirectory: homedir(),
  stateDirectory: state,
  version: __VERSION__,
  rendererDirectory: fileURLToPath(new URL('../renderer', import.meta.url)),
  createEngine: choices =>
    createEngine({
      environment: process.env,
      homeDirectory: homedir(),
      stateDirectory: state,
      choices: choices ?? null,
    }),
  signal: stopping.signal,
})
process.exit(result.lost ? 2 : status)
