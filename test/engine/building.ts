import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { BuildEvent, BuildRequest } from '../../shared/builds/build-events.ts'
import type { FileEntry } from '../../shared/files/file-listing.ts'
import { createEngine, type Engine } from '../../electron/host/engine/engine.ts'
import { testEnvironment } from './base-image.ts'

export function engineUnderTest(environment: NodeJS.ProcessEnv = testEnvironment): Engine {
  return createEngine({ environment, homeDirectory: folderOf({}), stateDirectory: '/slipway-test', choices: null })
}

/** A new folder with these files in it, by path. */
export function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-context-'))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

export function requestFor(text: string, more: Partial<BuildRequest> = {}): BuildRequest {
  return { text, path: null, contextDirectory: null, target: null, tags: [], buildArgs: {}, noCache: false, ...more }
}

/** Everything a build tells, and what of it the tests ask for most. */
export interface Told {
  readonly events: readonly BuildEvent[]
  readonly build: string
  readonly last: BuildEvent
  readonly output: string
}

export async function buildAll(
  engine: Engine,
  request: BuildRequest,
  signal = new AbortController().signal,
): Promise<Told> {
  const events: BuildEvent[] = []
  for await (const event of engine.build(request, signal)) events.push(event)
  return toldBy(events)
}

export function toldBy(events: readonly BuildEvent[]): Told {
  const last = events.at(-1)
  if (!last) throw new Error('The build told nothing.')
  const started = events.find(event => event.kind === 'started')
  const output = events
    .flatMap(event => (event.kind === 'log' && event.stream === 'stdout' ? [event.text] : []))
    .join('')
  return { events, last, build: started?.build ?? '', output }
}

/** The last state of the step that an instruction's line stands for. */
export function stateOfLine(told: Told, line: number): string | undefined {
  const planned = told.events.find(event => event.kind === 'planned')
  const step = planned?.steps.find(candidate => candidate.lines.some(({ start }) => start === line))
  const states = told.events.flatMap(event =>
    event.kind === 'step' && event.vertex === step?.vertex ? [event.state] : [],
  )
  return states.at(-1)
}

export async function filesOf(
  engine: Engine,
  build: string,
  stage: number,
  line?: number,
  platform?: string,
): Promise<Map<string, FileEntry>> {
  const reference = { build, stage, ...(line !== undefined && { line }), ...(platform !== undefined && { platform }) }
  const files = new Map<string, FileEntry>()
  const seen = new Set([''])
  for await (const batch of engine.listFiles(reference, new AbortController().signal))
    for (const entry of batch.entries) {
      const slash = entry.path.lastIndexOf('/')
      if (!seen.has(slash < 0 ? '' : entry.path.slice(0, slash)))
        throw new Error(`${entry.path} came before its folder.`)
      if (entry.kind === 'directory') seen.add(entry.path)
      files.set(entry.path, entry)
    }
  return files
}
