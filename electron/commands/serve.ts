import { parseArgs } from 'node:util'
import { createEngineChoices } from '../host/engine/engine-choice.ts'
import { createHost } from '../host/host.ts'
import { openBrowser } from '../open-browser.ts'
import { startWebHost } from '../web.ts'
import { type Command, type CommandContext, UsageError } from './command.ts'
import { onlyFile, readDockerfile } from './words.ts'

export const serve: Command = {
  name: 'serve',
  summary: 'open Slipway in a browser, served on 127.0.0.1',
  help: `Usage: slipway serve [FILE] [--port NUMBER] [--no-open]

Serves Slipway's window to one browser of this machine. The printed address lets that browser in, once; it stays in
until the command ends.

  --port     the port to listen on; any free one where it is not given
  --no-open  print the address only

Exit status: 0 ended with Ctrl-C, 2 it could not begin.
`,
  async run(args, context) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { port: { type: 'string' }, 'no-open': { type: 'boolean', default: false } },
    })
    const port = values.port === undefined ? 0 : portNumber(values.port)
    const launchPath = positionals.length === 0 ? null : (await readDockerfile(onlyFile(positionals), context)).path
    const engine = context.createEngine(createEngineChoices(context.stateDirectory))
    const log = (line: string) => {
      void context.stderr.write(`${line}\n`)
    }
    try {
      const web = await startWebHost({
        createHost: () =>
          createHost({
            engine,
            stateDirectory: context.stateDirectory,
            homeDirectory: context.homeDirectory,
            startDirectory: context.workingDirectory,
            info: { version: context.version, host: 'web', platform: context.platform, launchPath },
            report: (what, error) => {
              log(`${what} ${String(error)}`)
            },
          }),
        rendererDirectory: context.rendererDirectory,
        port,
        log,
      })
      await context.stdout.write(`${web.url}\n`)
      const opened = !values['no-open'] && openBrowser(web.url, context.environment, context.platform)
      const hint = opened ? 'Slipway opens in your browser.' : 'Open this address in a browser of this machine.'
      await context.stderr.write(`${hint} It works once. Ctrl-C ends Slipway.\n`)
      await aborted(context)
      await web.close()
      return 0
    } finally {
      await engine.close()
    }
  },
}

function portNumber(word: string): number {
  const port = Number(word)
  if (word === '' || !Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError(`--port takes a number from 0 to 65535; not "${word}".`)
  return port
}

function aborted({ signal }: CommandContext): Promise<void> {
  return new Promise(resolve => {
    if (signal.aborted) resolve()
    else
      signal.addEventListener('abort', () => {
        resolve()
      })
  })
}
