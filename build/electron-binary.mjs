/**
 * Finds Electron's program, or fetches it. Never through `require('electron')`: that prints a stack trace, and takes as
 * long as the network wants, where there is no network.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'))
const patience = 20_000

/** Where the program is, or null. `path.txt` is written last, so a half-fetched one does not count. */
export const electronProgram = () => {
  const pathFile = join(folder, 'path.txt')
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : null
  if (override === undefined && name === null) return null
  const program = join(override ?? join(folder, 'dist'), name ?? 'electron')
  return existsSync(program) ? program : null
}

/** Bytes that grow while a download or its unpacking makes progress. */
const bytesUnder = path => {
  let bytes = 0
  try {
    for (const entry of readdirSync(path, { recursive: true, withFileTypes: true }))
      if (entry.isFile()) bytes += statSync(join(entry.parentPath, entry.name)).size
  } catch {
    // Not there yet, or gone between listing and asking: counted the next time.
  }
  return bytes
}

/** The telling part of what the download printed, without its stack. */
const reasonIn = output => {
  const cause = /\[?cause\]?: (?:\w*Error: )?([^\n{]+)/.exec(output)?.[1]
  const message = /^(?:\w*Error: )(.+)$/m.exec(output)?.[1]
  return (cause ?? message ?? output.trim().split('\n')[0] ?? '').trim().replace(/\.$/, '')
}

/**
 * Fetches the program in a child whose output is kept back.
 * @returns {Promise<{program: string} | {reason: string}>} gives up at once when the download fails, and after 20 s in
 * which nothing more arrives
 */
export const fetchElectron = async signal => {
  const temporary = mkdtempSync(join(tmpdir(), 'slipway-electron-'))
  const child = spawn(process.execPath, [join(folder, 'install.js')], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (output += chunk))
  const kill = () => child.kill('SIGKILL')
  signal?.addEventListener('abort', kill)

  let stalled = false
  let [bytes, changed] = [0, Date.now()]
  const watch = setInterval(() => {
    const now = bytesUnder(temporary) + bytesUnder(join(folder, 'dist'))
    if (now !== bytes) [bytes, changed] = [now, Date.now()]
    else if (Date.now() - changed > patience) {
      stalled = true
      kill()
    }
  }, 500)
  const code = await new Promise(resolve => {
    child.on('close', resolve)
    child.on('error', () => resolve(1))
  })
  clearInterval(watch)
  signal?.removeEventListener('abort', kill)
  rmSync(temporary, { recursive: true, force: true })

  const program = code === 0 ? electronProgram() : null
  if (program !== null) return { program }
  return { reason: stalled ? `nothing arrived for ${patience / 1000} s` : reasonIn(output) || `it ended with ${code}` }
}
