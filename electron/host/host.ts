import { dirname } from 'node:path'
import type { AppInfo, HostImplementation, Settings } from '../../shared/bridge/contract.ts'
import { HostError } from '../../shared/bridge/host-error.ts'
import type { ReportSurprise } from '../../shared/bridge/serve.ts'
import type { BuildEvent, BuildRequest } from '../../shared/builds/build-events.ts'
import { recordedBuild } from '../../shared/builds/build-record.ts'
import { createBuildHistory } from './build-history.ts'
import { createBuildLogs, type KeptLog } from './build-logs.ts'
import { createBuildProfiles } from './build-profiles.ts'
import { createDrafts } from './documents/drafts.ts'
import { watchContext } from './documents/context.ts'
import { watchIgnoreFile } from './documents/ignore-file.ts'
import { readDocument } from './documents/open.ts'
import { createRecent } from './documents/recent.ts'
import { saveDocument } from './documents/save.ts'
import { watchDocument } from './documents/watch.ts'
import type { Engine } from './engine/engine-interface.ts'
import { createExpectations } from './expectations.ts'
import { compareContents } from './compare-contents.ts'
import { extractFiles } from './extract/extract.ts'
import { listFolder } from './folders.ts'
import { allTurnsTaken } from './in-turn.ts'
import { createPlacements } from './placement.ts'
import { createSettings } from './settings.ts'

/** Native dialogs, where the host has any. Null: the user chose nothing. */
export interface Dialogs {
  chooseOpen(signal: AbortSignal): Promise<string | null>
  chooseSave(suggestion: string, signal: AbortSignal): Promise<string | null>
  chooseFolder(signal: AbortSignal): Promise<string | null>
}

export interface HostOptions {
  /** May serve several hosts at once, and outlives each of them. */
  readonly engine: Engine
  /** Where drafts, positions, settings and the recent list are kept; made when first needed. */
  readonly stateDirectory: string
  readonly homeDirectory: string
  /** What the renderer's picker lists first; the home folder where it is not given. */
  readonly startDirectory?: string
  readonly info: Pick<AppInfo, 'version' | 'host' | 'platform' | 'launchPath'>
  readonly dialogs?: Dialogs
  /** Hears whether closing the window must ask first. */
  readonly onDirty?: (dirty: boolean) => void
  /** Hears of the settings whenever the window reads or changes them. */
  readonly onSettings?: (settings: Settings) => void
  /** Hears of what went wrong without stopping anything: a state folder that cannot be written. */
  readonly report?: ReportSurprise
}

export interface Host {
  readonly implementation: HostImplementation
  /** Lets go of this host's builds on the engine and waits for what is still being written. The engine stays open. */
  close(): Promise<void>
}

/** Everything one window or tab can ask for, in plain Node: what `serve` answers a port with. */
export function createHost(options: HostOptions): Host {
  const { engine, stateDirectory, homeDirectory, dialogs } = options
  const drafts = createDrafts(stateDirectory)
  const recent = createRecent(stateDirectory)
  const placements = createPlacements(stateDirectory)
  const settings = createSettings(stateDirectory)
  const profiles = createBuildProfiles(stateDirectory)
  const logs = createBuildLogs(stateDirectory)
  const history = createBuildHistory(stateDirectory)
  const expectations = createExpectations(stateDirectory)
  const builds = new Set<string>()
  /** Running builds by the engine's names for them. */
  const running = new Map<string, AbortController>()
  /** A document must open and save also where Slipway's own folder cannot be read or written. */
  const unkept = (error: unknown) => {
    options.report?.(`${stateDirectory} could not be used.`, error)
  }

  const mustKeep = async (what: string, work: Promise<unknown>): Promise<Record<string, never>> => {
    try {
      await work
    } catch (error) {
      if (error instanceof HostError) throw error
      unkept(error)
      const words = error instanceof Error ? error.message : String(error)
      const sentence = `${what} could not be kept in ${stateDirectory}: ${words}. Make room there, or make that folder writable, and save often.`
      throw new HostError('internal', sentence, { cause: error })
    }
    return {}
  }

  const warnUnkept =
    (what: string) =>
    (error: unknown): BuildEvent => {
      unkept(error)
      const words = error instanceof Error ? error.message : String(error)
      const message = `${what}: ${words}. Make room where ${stateDirectory} is, or make that folder writable.`
      return { kind: 'warning', rule: '', message, lines: [] }
    }
  const notInHistory = warnUnkept('This build is not kept in the history')
  const notOnDisk = warnUnkept('Only the end of long output is kept of this build')

  async function* runBuild(request: BuildRequest, signal: AbortSignal): AsyncGenerator<BuildEvent, void> {
    const began = Date.now()
    const recorder = recordedBuild(request)
    const stopping = new AbortController()
    let ended = false
    let name = ''
    let log: KeptLog | null = null
    try {
      for await (const event of engine.build(request, AbortSignal.any([signal, stopping.signal]))) {
        if (event.kind === 'started') {
          name = event.build
          builds.add(name)
          running.set(name, stopping)
          log = logs.keep(name)
        }
        recorder.take(event)
        const isEnd = event.kind === 'succeeded' || event.kind === 'failed' || event.kind === 'cancelled'
        const writing = event.kind === 'log' ? log?.take(event) : isEnd ? log?.finish() : null
        const unwritten = await writing?.then(() => null, notOnDisk)
        if (unwritten) yield unwritten
        // Kept before it is told: whoever hears of the end finds the build in the history.
        ended = isEnd
        if (ended) {
          const unkeptBuild = await history.add(began, recorder.finish()).then(() => null, notInHistory)
          if (unkeptBuild) yield unkeptBuild
        }
        yield event
      }
    } finally {
      running.delete(name)
      if (!ended && recorder.hasBegun()) {
        await log?.finish().catch(unkept)
        recorder.take({ kind: 'cancelled', milliseconds: Date.now() - began })
        await history.add(began, recorder.finish()).catch(unkept)
      }
    }
  }

  const implementation: HostImplementation = {
    'app.info': () => Promise.resolve({ ...options.info, homeDirectory }),

    'documents.open': async ({ path }) => {
      const document = await readDocument(path)
      const draft = await drafts.read(path).catch(unkept)
      await recent.add(path).catch(unkept)
      return {
        path,
        ...document,
        contextDirectory: dirname(path),
        ...(draft && draft.text !== document.text
          ? { draft: draft.text, draftBase: draft.base }
          : { draft: null, draftBase: null }),
      }
    },
    'documents.save': async ({ path, text, expected }) => {
      const begun = performance.timeOrigin + performance.now()
      const fingerprint = await saveDocument(path, text, expected)
      await drafts.forgetUpTo(path, begun).catch(unkept)
      await recent.add(path).catch(unkept)
      return { fingerprint }
    },
    'documents.watch': ({ path }, signal) => watchDocument(path, signal),
    'documents.watchIgnoreFile': watchIgnoreFile,
    'documents.watchContext': watchContext,
    'documents.keepDraft': ({ path, text, base }) =>
      mustKeep('Unsaved text', text === null ? drafts.forget(path) : drafts.keep(path, text, base ?? null)),
    'documents.untitledDraft': async () => ({ text: (await drafts.read(null))?.text ?? null }),
    'documents.recent': async () => ({ documents: [...(await recent.list())] }),
    'documents.forgetRecent': async ({ path }) => {
      await recent.forget(path)
      return {}
    },
    'documents.chooseOpen': async (_argument, signal) => ({ path: await requireDialogs(dialogs).chooseOpen(signal) }),
    'documents.chooseSave': async ({ suggestion }, signal) => ({
      path: await requireDialogs(dialogs).chooseSave(suggestion, signal),
    }),
    'folders.choose': async (_argument, signal) => ({ path: await requireDialogs(dialogs).chooseFolder(signal) }),
    'folders.list': ({ path }) => listFolder(path ?? options.startDirectory ?? homeDirectory),

    'placement.load': ({ path }) => placements.load(path),
    'placement.store': ({ path, placement }) => mustKeep('Where cards lie', placements.store(path, placement)),
    'settings.load': async () => {
      const loaded = await settings.load()
      options.onSettings?.(loaded)
      return loaded
    },
    'settings.store': argument => {
      options.onSettings?.(argument.settings)
      return mustKeep('Settings', settings.store(argument.settings))
    },

    'engine.inspect': (_argument, signal) => engine.inspect(signal),
    'engines.list': (_argument, signal) => engine.places(signal),
    'engines.test': ({ choice }, signal) => engine.test(choice, signal),
    'engines.choose': ({ choice }) => mustKeep('The choice of an engine', engine.choose(choice)),
    'engines.forget': ({ choice }) => mustKeep('The choice of an engine', engine.forget(choice)),
    'engine.inspectImages': ({ references }, signal) => engine.inspectImages(references, signal),
    'engine.images': async (_argument, signal) => ({ images: [...(await engine.images(signal))] }),
    'builds.run': runBuild,
    'builds.stop': ({ build }) => {
      running.get(build)?.abort()
      return Promise.resolve({})
    },
    'builds.loadProfiles': ({ path }) => profiles.load(path),
    'builds.storeProfiles': ({ path, profiles: changed }) =>
      mustKeep('How this file is built', profiles.store(path, changed)),
    'history.list': async ({ path }) => ({ entries: [...(await history.list(path))] }),
    'history.read': ({ path, id }) => history.read(path, id),
    'history.weigh': async ({ path, build, sizes }) => {
      await history.weigh(path, build, sizes).catch(unkept)
      return {}
    },
    'history.remove': async ({ path, id }) => {
      await history.remove(path, id)
      return {}
    },
    'logs.read': ({ from, count, ...step }) => logs.read(step, from, count),
    'logs.search': async function* ({ query, until, ...step }) {
      for await (const lines of logs.search(step, query, until)) yield { lines }
    },
    'logs.text': async function* (step) {
      for await (const text of logs.text(step)) yield { text }
    },
    'files.list': (reference, signal) => engine.listFiles(reference, signal),
    'files.read': ({ path, offset, length, ...reference }, signal) =>
      engine.readFile(reference, path, offset, length, signal),
    'files.compareContents': (request, signal) => compareContents(engine, request, signal),
    'files.extract': (request, signal) => extractFiles(engine, request, signal),
    'files.loadExpected': ({ path }) => expectations.load(path),
    'files.storeExpected': ({ path, expectations: changed }) =>
      mustKeep('What is expected of files', expectations.store(path, changed)),
    'files.release': async ({ build }) => {
      builds.delete(build)
      await engine.release(build)
      return {}
    },

    'window.setDirty': ({ dirty }) => {
      options.onDirty?.(dirty)
      return Promise.resolve({})
    },
  }
  return {
    implementation,
    async close() {
      const held = [...builds]
      builds.clear()
      await Promise.allSettled(held.map(build => engine.release(build)))
      await allTurnsTaken()
    },
  }
}

function requireDialogs(dialogs: Dialogs | undefined): Dialogs {
  if (dialogs !== undefined) return dialogs
  throw new HostError('unknown-method', 'This host has no file dialogs of its own; list folders instead.')
}
