import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Analysis } from '../../shared/analysis.ts'
import type { HostApi } from '../../shared/bridge/contract.ts'
import { HostError } from '../../shared/bridge/host-error.ts'
import type { BuildEvent, BuildRequest } from '../../shared/builds/build-events.ts'
import { severalPlatforms } from '../../shared/builds/build-options.ts'
import { finishedStages } from '../../shared/builds/build-outline.ts'
import { replayBuild } from '../../shared/builds/replay-build.ts'
import { hasEnded, reduceBuild, startBuild, type BuildState } from '../../shared/builds/build-state.ts'
import type { Stage } from '../../shared/graph/stage-graph.ts'
import type { Selection } from '../../shared/selection.ts'

/** A build of the history as it is looked at again. */
export interface PastBuild {
  readonly build: BuildState
  /** Milliseconds since the epoch. */
  readonly began: number
  /** Of the text of then. */
  readonly selection: Selection
}

export interface BuildView {
  /** The running build or the last one; null before the first. */
  readonly build: BuildState | null
  /** Whether the running build was told to stop. */
  readonly stopping: boolean
  /** The build of the same file that ended before it; null where none is known. */
  readonly before: BuildState | null
  /** What the graph shows in place of the text as it stands; null where it shows that. */
  readonly past: PastBuild | null
  /** Whether the graph shows what the build's length hangs on. */
  readonly showsCritical: boolean
  /** The build whose stages can be listed and read, by the host's name for it. */
  readonly held: string | null
  /** What the held build was made of, whatever the editor holds by now. */
  readonly heldAnalysis: Analysis | null
  /** The stages of the held build that can be looked into; those of `heldAnalysis`. */
  readonly heldStages: readonly Stage[]
  /** What the held build was for, where that is several platforms; files are those of the first unless said otherwise. */
  readonly heldPlatforms: readonly string[]
  /** The build of the same file that was held before, to compare with. */
  readonly heldBefore: { readonly build: string; readonly stages: readonly Stage[] } | null
}

export interface BuildStore extends StoreApi<BuildView> {
  /** Begins a build of `request.text`, of which `analysis` is the analysis. A build that still runs is cancelled. */
  start(request: BuildRequest, analysis: Analysis): void
  /** Stops the running build; nothing happens where none runs. It ends when the engine has said so. */
  cancel(): void
  /** A file was opened: shows its last build from the history, where this window knows of none. */
  reopen(path: string): Promise<void>
  /** Shows a build of the past, or with null the text as it stands again. */
  showPast(past: PastBuild | null): void
}

/** When the events gathered so far are shown. Returns what takes the appointment back. */
export type Appointment = (show: () => void) => () => void

/** The next frame, or a moment later where the window is hidden and has no frames. */
const nextFrame: Appointment = show => {
  const frame = requestAnimationFrame(show)
  const timeout = setTimeout(show, 250)
  return () => {
    cancelAnimationFrame(frame)
    clearTimeout(timeout)
  }
}

/** How long the engine may take to say that a build has stopped; after that it is left. */
const stopMilliseconds = 5_000

export const holdsNothing = {
  held: null,
  heldAnalysis: null,
  heldStages: [],
  heldPlatforms: [],
  heldBefore: null,
} as const

interface BuildStoreOptions {
  readonly appointment?: Appointment
  /** A monotonic clock in milliseconds. */
  readonly now?: () => number
}

export function createBuildStore(host: HostApi, options: BuildStoreOptions = {}): BuildStore {
  const { appointment = nextFrame, now = () => performance.now() } = options
  const store = createStore<BuildView>(() => ({
    ...{ build: null, stopping: false, before: null, past: null, showsCritical: false },
    ...holdsNothing,
  }))
  let current: AbortController | null = null
  /** The file that was opened last. */
  let opened: string | null = null

  const release = (build: string) => {
    // A host that is gone has let go of everything; one that fails to will when it closes.
    host.call('files.release', { build }).catch(() => undefined)
  }

  /** What was held before is left to compare with by a build that left something to look into, and by no other. */
  const hold = (ended: BuildState, build: string) => {
    const stages = ended.phase === 'cancelled' ? [] : finishedStages(ended)
    const { held, heldStages, heldBefore } = store.getState()
    const spare = stages.length === 0 ? build : (heldBefore?.build ?? null)
    if (spare !== null) release(spare)
    if (stages.length === 0) return
    store.setState({
      ...{ held: build, heldAnalysis: ended.analysis, heldStages: stages },
      heldPlatforms: severalPlatforms(ended.request),
      heldBefore: held === null ? null : { build: held, stages: heldStages },
    })
  }

  const follow = async (request: BuildRequest, controller: AbortController) => {
    let gathered: { readonly event: BuildEvent; readonly at: number }[] = []
    let takeBack: (() => void) | null = null
    const show = () => {
      takeBack?.()
      takeBack = null
      const events = gathered
      gathered = []
      const view = store.getState()
      if (view.build === null || current !== controller || events.length === 0) return
      const build = events.reduce((state, { event, at }) => reduceBuild(state, event, at), view.build)
      store.setState({ build })
      if (hasEnded(build.phase) && !hasEnded(view.build.phase) && build.build !== null) hold(build, build.build)
    }
    const take = (event: BuildEvent) => {
      if (current !== controller) return
      gathered.push({ event, at: now() })
      if (event.kind === 'succeeded' || event.kind === 'failed' || event.kind === 'cancelled') show()
      else takeBack ??= appointment(show)
    }
    const began = now()
    try {
      for await (const event of host.stream('builds.run', request, controller.signal)) take(event)
      take(failure('The build ended without saying how. Look at the log, then build again.'))
    } catch (error) {
      if (controller.signal.aborted || (error instanceof HostError && error.code === 'cancelled'))
        take({ kind: 'cancelled', milliseconds: now() - began })
      else if (error instanceof HostError) take(failure(error.message))
      else {
        take(failure('The build stopped because of a mistake in Slipway itself. Build again; report it if it stays.'))
        throw error
      }
    } finally {
      if (current === controller) current = null
    }
  }

  /** The newest build of the history. Nothing hangs on it: without a history there is nothing to compare or to show. */
  const lastBuild = async (path: string | null): Promise<BuildState | null> => {
    try {
      const [entry] = (await host.call('history.list', { path })).entries
      if (entry === undefined) return null
      const recorded = await host.call('history.read', { path, id: entry.id })
      return replayBuild(recorded, entry.began - performance.timeOrigin)
    } catch {
      return null
    }
  }

  return {
    ...store,
    start(request, analysis) {
      current?.abort()
      const controller = new AbortController()
      current = controller
      const last = store.getState().build
      const before = last !== null && last.request.path === request.path && hasEnded(last.phase) ? last : null
      store.setState({ build: startBuild(request, analysis, now()), stopping: false, before, past: null })
      if (before === null)
        void lastBuild(request.path).then(found => {
          if (current === controller) store.setState({ before: found })
        })
      void follow(request, controller)
    },
    cancel() {
      const { build } = store.getState()
      const controller = current
      if (build === null || controller === null || hasEnded(build.phase)) return
      const leave = () => controller.abort()
      if (build.build === null) leave()
      else {
        store.setState({ stopping: true })
        host.call('builds.stop', { build: build.build }).then(() => setTimeout(leave, stopMilliseconds), leave)
      }
    },
    async reopen(path) {
      const { build, held, heldBefore } = store.getState()
      if (build?.request.path === path || (build !== null && !hasEnded(build.phase))) return
      for (const build of [held, heldBefore?.build ?? null]) if (build !== null) release(build)
      store.setState({ build: null, before: null, ...holdsNothing })
      opened = path
      const found = await lastBuild(path)
      if (opened === path && store.getState().build === null) store.setState({ build: found })
    },
    showPast(past) {
      store.setState({ past })
    },
  }
}

/** Anything after the build's own last event changes nothing, so this may always follow it. */
function failure(message: string): BuildEvent {
  return { kind: 'failed', message, detail: '', vertex: null, lines: [], exitCode: null }
}
