/**
 * Starts Slipway from the sources: `npm start [-- path] [-- --web]`. In its own window where Electron can run, otherwise
 * (or when asked) in the browser, with one sentence saying why.
 */
import { spawn } from 'node:child_process'
import { accessSync, constants, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { bundle, root } from './bundle.mjs'
import { electronProgram, fetchElectron } from './electron-binary.mjs'

const usage = 'Usage: npm start [-- path/to/Dockerfile] [-- --web]'

const refuse = message => {
  console.error(message)
  process.exit(2)
}

const readArguments = () => {
  const paths = []
  let web = false
  for (const argument of process.argv.slice(2)) {
    if (argument === '--') continue
    else if (argument === '--web') web = true
    else if (argument.startsWith('-')) refuse(`There is no option ${argument}. ${usage}`)
    else paths.push(argument)
  }
  if (paths.length > 1) refuse(`Slipway opens one Dockerfile at a time, not ${paths.length}. ${usage}`)
  // Relative to where npm was called, which need not be the repository.
  const path = paths[0] === undefined ? null : resolve(process.env.INIT_CWD ?? process.cwd(), paths[0])
  if (path !== null) {
    const entry = statSync(path, { throwIfNoEntry: false })
    if (entry === undefined) refuse(`There is no file ${path}.`)
    if (!entry.isFile()) refuse(`${path} is not a file. Name the Dockerfile in it.`)
    try {
      accessSync(path, constants.R_OK)
    } catch {
      refuse(`${path} may not be read.`)
    }
  }
  return { path, web }
}

/** Why Electron cannot run here whatever is installed, or null. */
const obstacle = () => {
  if (process.platform !== 'linux') return null
  if (process.getuid() === 0) return 'Electron does not run as root'
  const { DISPLAY, WAYLAND_DISPLAY } = process.env
  return DISPLAY || WAYLAND_DISPLAY ? null : 'there is no display'
}

const ending = new AbortController()
let running = null
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    ending.abort()
    // The terminal has told the child of a Ctrl-C already; a second word does no harm.
    running?.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal)
  })

/** Runs a program in our place: its output, its exit code, and a clean end with Ctrl-C. */
const become = (program, parameters) =>
  new Promise(finished => {
    running = spawn(program, parameters, { cwd: root, stdio: 'inherit' })
    running.on('error', error => {
      console.error(`${program} could not be started: ${error.message}.`)
      finished(1)
    })
    running.on('exit', code => finished(code ?? (ending.signal.aborted ? 0 : 1)))
  })

const { path, web } = readArguments()
const file = path === null ? [] : [path]

/** Electron's program, or the reason to serve the page instead. */
const chooseElectron = async () => {
  if (web) return { reason: null }
  const reason = obstacle()
  if (reason !== null) return { reason }
  const program = electronProgram()
  if (program !== null) return { program }
  console.log('Fetching Electron, once.')
  const fetched = await fetchElectron(ending.signal)
  return 'program' in fetched ? fetched : { reason: `Electron could not be fetched (${fetched.reason})` }
}

const serveInstead = reason => {
  if (reason !== null) console.log(`Slipway is served to your browser, because ${reason}.`)
  return become(process.execPath, [join(root, 'dist/cli/slipway.js'), 'serve', ...file])
}

const [choice] = await Promise.all([chooseElectron(), bundle()])
if (ending.signal.aborted) process.exit(0)
if ('program' in choice) {
  const code = await become(choice.program, [root, ...file])
  // What the system's loader answers where a library that Electron needs is not installed.
  process.exitCode = code === 127 ? await serveInstead('Electron lacks a system library, named above') : code
} else process.exitCode = await serveInstead(choice.reason)
