import { createStore, type StoreApi } from 'zustand/vanilla'
import type { HostApi } from '../../shared/bridge/contract.ts'
import { HostError } from '../../shared/bridge/host-error.ts'
import { FileTree } from '../../shared/files/file-tree.ts'

export interface FileListing {
  readonly build: string
  readonly stage: number
  /** Grows while it is listed; `version` tells one state of it from the next. */
  readonly tree: FileTree
  readonly version: number
  readonly phase: 'listing' | 'complete' | 'failed' | 'left'
  /** A sentence, with `failed`. */
  readonly message: string | null
}

export interface FileStoreState {
  /** The one that is shown. */
  readonly listing: FileListing | null
  /** All that are complete, of one build; the last of a stage is its newest. */
  readonly known: readonly FileListing[]
}

export interface FileStore extends StoreApi<FileStoreState> {
  /** Shows a stage's files: at once where they are still known, else as the host lists them. */
  show(build: string, stage: number): void
  /** Lists stages behind the scenes, one at a time, as long as there is room for them. */
  learn(build: string, stages: readonly number[]): void
  /** Lists again what could not be listed. */
  retry(): void
  /** Stops a listing under way. */
  leave(): void
}

/** Entries of whole listings that are kept, some 100 bytes each. One listing is kept whatever its size. */
const keptEntries = 1_500_000

/** One per host, so that coming back to the panel finds the listing where it was left. */
export function fileStoreOf(host: HostApi): FileStore {
  const known = stores.get(host)
  if (known !== undefined) return known
  const store = createFileStore(host)
  stores.set(host, store)
  return store
}

const stores = new WeakMap<HostApi, FileStore>()

export function createFileStore(host: HostApi): FileStore {
  const store = createStore<FileStoreState>(() => ({ listing: null, known: [] }))
  let current: AbortController | null = null
  let learning = new AbortController()

  const room = () => keptEntries - store.getState().known.reduce((sum, { tree }) => sum + tree.count, 0)
  const keep = (listing: FileListing) => {
    const known = store
      .getState()
      .known.filter(({ build, stage }) => build === listing.build && stage !== listing.stage)
    store.setState({ known: [...known, listing] })
    while (room() < 0 && store.getState().known.length > 1) store.setState(state => ({ known: state.known.slice(1) }))
  }
  /** Those of another build are gone on the engine, and its files could no longer be read. */
  const keepOnly = (build: string) => {
    const known = store.getState().known.filter(other => other.build === build)
    if (known.length < store.getState().known.length) store.setState({ known })
  }

  const learnAll = async (build: string, stages: readonly number[], signal: AbortSignal) => {
    for (const stage of stages) {
      if (room() <= 0 || signal.aborted) return
      if (store.getState().known.some(other => other.stage === stage)) continue
      const tree = new FileTree()
      for await (const { entries } of host.stream('files.list', { build, stage }, signal)) tree.add(entries)
      keep({ build, stage, tree, version: tree.version, phase: 'complete', message: null })
    }
  }

  const list = async (build: string, stage: number, controller: AbortController) => {
    const tree = new FileTree()
    let soon: ReturnType<typeof setTimeout> | null = null
    const show = (phase: FileListing['phase'], message: string | null = null) => {
      if (soon !== null) clearTimeout(soon)
      soon = null
      const listing: FileListing = { build, stage, tree, version: tree.version, phase, message }
      if (current === controller) store.setState({ listing })
      return listing
    }
    show('listing')
    try {
      for await (const { entries } of host.stream('files.list', { build, stage }, controller.signal)) {
        tree.add(entries)
        // A hundred batches a second need not be drawn one by one.
        soon ??= setTimeout(() => show('listing'), 50)
      }
      keep(show('complete'))
    } catch (error) {
      if (controller.signal.aborted) return
      if (error instanceof HostError) show('failed', error.message)
      else {
        show('failed', 'The files could not be shown because of a mistake in Slipway itself. Try again.')
        throw error
      }
    } finally {
      if (soon !== null) clearTimeout(soon)
      if (current === controller) current = null
    }
  }

  const begin = (build: string, stage: number) => {
    current?.abort()
    const controller = new AbortController()
    current = controller
    void list(build, stage, controller)
  }

  return {
    ...store,
    show(build, stage) {
      const { listing } = store.getState()
      const shown = listing?.build === build && listing.stage === stage ? listing : null
      if (shown !== null && shown.phase !== 'left') return
      keepOnly(build)
      const known = store.getState().known.find(other => other.stage === stage)
      if (known === undefined) begin(build, stage)
      else {
        current?.abort()
        current = null
        store.setState({ listing: known })
      }
    },
    learn(build, stages) {
      learning.abort()
      learning = new AbortController()
      keepOnly(build)
      // Nobody asked to see them: what cannot be listed is not known.
      learnAll(build, stages, learning.signal).catch(() => undefined)
    },
    retry() {
      const { listing } = store.getState()
      if (listing !== null) begin(listing.build, listing.stage)
    },
    leave() {
      const { listing } = store.getState()
      current?.abort()
      current = null
      if (listing?.phase === 'listing') store.setState({ listing: { ...listing, phase: 'left' } })
    },
  }
}
