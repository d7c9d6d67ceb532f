import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

const flags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Chromium as the test run found or installed it. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROME_PATH'] ?? '/usr/bin/chromium'
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return chromium.launch({ executablePath, args: [...asRoot, ...flags] })
}

/** A fresh folder that ends with the test. */
export interface Workshop {
  readonly folder: string
  write(name: string, text: string): Promise<string>
  remove(): Promise<void>
}

export async function openWorkshop(): Promise<Workshop> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-e2e-'))
  return {
    folder,
    async write(name, text) {
      const path = join(folder, name)
      await writeFile(path, text)
      return path
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** The web host as a user starts it: the built command line in a process of its own. */
export interface RunningHost {
  readonly url: string
  /** What it wrote on standard error so far. */
  errors(): string
  stop(): Promise<void>
  /** As a crash would: no chance to say goodbye. */
  kill(): Promise<void>
}

export interface HostOptions {
  readonly path?: string
  readonly state: string
  readonly environment?: Readonly<Record<string, string>>
  readonly port?: number
}

export async function startHost({ path, state, environment, port }: HostOptions): Promise<RunningHost> {
  const script = join(import.meta.dirname, '../../dist/cli/slipway.js')
  const portFlags = port === undefined ? [] : ['--port', String(port)]
  const child = spawn(
    process.execPath,
    [script, 'serve', '--no-open', ...portFlags, ...(path === undefined ? [] : [path])],
    {
      env: { ...process.env, SLIPWAY_STATE: state, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  const url = await firstAddress(child, () => errors)
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise(resolve => child.once('exit', resolve))
    child.kill(signal)
    await ended
  }
  return { url, errors: () => errors, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') }
}

async function firstAddress(child: ChildProcess, errors: () => string): Promise<string> {
  if (!child.stdout) throw new Error('The host has no standard output.')
  for await (const line of createInterface({ input: child.stdout })) {
    const start = line.indexOf('http://')
    if (start >= 0) return line.slice(start).split(' ')[0] ?? ''
  }
  throw new Error(`The host ended without printing its address. ${errors()}`)
}

/** Those not closed yet, of all tests. */
export const openWindows = new Set<Page>()

/** Opens the window and fails the test on any page error or refused content-security rule. */
export async function openWindow(context: BrowserContext, url: string): Promise<{ page: Page; complaints: string[] }> {
  const page = await context.newPage()
  openWindows.add(page)
  page.on('close', () => openWindows.delete(page))
  const complaints: string[] = []
  page.on('pageerror', error => complaints.push(`${error.message}\n${error.stack ?? ''}`))
  page.on('console', message => {
    // A container of another test that starts or ends changes the network, and Chromium says which requests it dropped.
    // The page makes them again; without them it would not be there.
    const isDropped = message.text().includes('net::ERR_NETWORK_CHANGED')
    if (message.type() === 'error' && !isDropped) complaints.push(message.text())
  })
  await page.goto(url)
  return { page, complaints }
}

/** The whole Dockerfile as the text pane shows it, whatever is scrolled out of sight. */
export async function shownText(page: Page): Promise<string> {
  const lines = await page.locator('.cm-content .cm-line').allInnerTexts()
  return lines.map(line => line.replace(/\n$/, '')).join('\n')
}
