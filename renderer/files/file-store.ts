import { createStore, type StoreApi } from 'zustand/vanilla'
import type { HostApi } from '../../shared/bridge/contract.ts'
import { HostError } from '../../shared/bridge/host-error.ts'
import type { FileBatch, FileSystemReference, ImageLayer } from '../../shared/files/file-listing.ts'
import { FileTree } from '../../shared/files/file-tree.ts'

export interface FileListing {
  readonly reference: FileSystemReference
  /** Grows while it is listed; `version` tells one state of it from the next. */
  readonly tree: FileTree
  readonly version: number
  /** Of an image; a stage has steps instead. */
  readonly layers: readonly ImageLayer[]
  /** By entry of a whole image: the layer that brought it, from 0. */
  readonly origins: readonly (number | undefined)[]
  readonly phase: 'listing' | 'complete' | 'failed' | 'left'
  /** A sentence, with `failed`. */
  readonly message: string | null
}

export interface FileStoreState {
  /** The one that is shown. */
  readonly listing: FileListing | null
  /** All that are complete, of the last build and of the one before it; the last of a stage is its newest. */
  readonly known: readonly FileListing[]
  /** Why there is nothing to compare with, in a sentence. */
  readonly problem: string | null
}

export interface FileStore extends StoreApi<FileStoreState> {
  /** Shows a stage's files: at once where they are still known, else as the host lists them. */
  show(reference: FileSystemReference): void
  /** Lists files to compare with those that are shown. */
  compare(reference: FileSystemReference): void
  /** Lists stages behind the scenes, one at a time, as long as there is room for them. */
  learn(build: string, stages: readonly number[]): void
  /** One more, behind the scenes. */
  learnAlso(reference: FileSystemReference): void
  /** Lists again what could not be listed. */
  retry(): void
  /** Stops a listing under way. */
  leave(): void
}

/** Entries of whole listings that are kept, some 100 bytes each. One listing is kept whatever its size. */
const keptEntries = 1_500_000

/** One per host, so that coming back to the panel finds the listing where it was left. */
export const fileStoreOf = storePerHost()

/** Images apart: what is known of the stages of a build stays known while one is looked at. */
export const imageStoreOf = storePerHost()

function storePerHost(): (host: HostApi) => FileStore {
  const stores = new WeakMap<HostApi, FileStore>()
  return host => {
    const store = stores.get(host) ?? createFileStore(host)
    stores.set(host, store)
    return store
  }
}

export function createFileStore(host: HostApi): FileStore {
  const store = createStore<FileStoreState>(() => ({ listing: null, known: [], problem: null }))
  let current: AbortController | null = null
  let learning = new AbortController()
  let comparing = new AbortController()
  let builds: readonly string[] = []

  const room = () => keptEntries - store.getState().known.reduce((sum, { tree }) => sum + tree.count, 0)
  const keep = (listing: FileListing) => {
    const known = store.getState().known.filter(({ reference }) => !isSamePlace(reference, listing.reference))
    store.setState({ known: [...known, listing] })
    while (room() < 0 && store.getState().known.length > 1) store.setState(state => ({ known: state.known.slice(1) }))
  }
  const find = (reference: FileSystemReference) =>
    store.getState().known.find(listing => isSamePlace(listing.reference, reference))
  /** Those of builds before are gone on the engine; of the last of them what was listed is kept to be compared. */
  const enter = (build: string) => {
    if (builds.at(-1) === build) return
    builds = [...builds, build].slice(-2)
    const known = store.getState().known.filter(({ reference }) => builds.includes(reference.build))
    if (known.length < store.getState().known.length) store.setState({ known })
  }

  const learn = async (reference: FileSystemReference, signal: AbortSignal) => {
    if (find(reference) !== undefined) return
    const tree = new FileTree()
    const origins: number[] = []
    let layers: readonly ImageLayer[] = []
    for await (const batch of host.stream('files.list', reference, signal)) {
      grow(tree, origins, batch)
      layers = batch.layers ?? layers
    }
    keep({ reference, tree, version: tree.version, layers, origins, phase: 'complete', message: null })
  }
  const learnAll = async (references: readonly FileSystemReference[], signal: AbortSignal) => {
    for (const reference of references) {
      if (room() <= 0 || signal.aborted) return
      await learn(reference, signal)
    }
  }

  const list = async (reference: FileSystemReference, controller: AbortController) => {
    const tree = new FileTree()
    let layers: readonly ImageLayer[] = []
    const origins: number[] = []
    let soon: ReturnType<typeof setTimeout> | null = null
    const show = (phase: FileListing['phase'], message: string | null = null) => {
      if (soon !== null) clearTimeout(soon)
      soon = null
      const listing: FileListing = { reference, tree, version: tree.version, layers, origins, phase, message }
      if (current === controller) store.setState({ listing })
      return listing
    }
    show('listing')
    try {
      for await (const batch of host.stream('files.list', reference, controller.signal)) {
        grow(tree, origins, batch)
        layers = batch.layers ?? layers
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

  const begin = (reference: FileSystemReference) => {
    current?.abort()
    const controller = new AbortController()
    current = controller
    void list(reference, controller)
  }

  return {
    ...store,
    show(reference) {
      const { listing } = store.getState()
      if (listing !== null && isSamePlace(listing.reference, reference) && listing.phase !== 'left') return
      enter(reference.build)
      const known = find(reference)
      if (known === undefined) begin(reference)
      else {
        current?.abort()
        current = null
        store.setState({ listing: known })
      }
    },
    compare(reference) {
      comparing.abort()
      comparing = new AbortController()
      const { signal } = comparing
      store.setState({ problem: null })
      learn(reference, signal).catch((error: unknown) => {
        if (!signal.aborted) store.setState({ problem: error instanceof Error ? error.message : String(error) })
      })
    },
    learn(build, stages) {
      learning.abort()
      learning = new AbortController()
      enter(build)
      const references = stages.map(stage => ({ build, stage }))
      // Nobody asked to see them: what cannot be listed is not known.
      learnAll(references, learning.signal).catch(() => undefined)
    },
    learnAlso(reference) {
      learnAll([reference], learning.signal).catch(() => undefined)
    },
    retry() {
      const { listing } = store.getState()
      if (listing !== null) begin(listing.reference)
    },
    leave() {
      const { listing } = store.getState()
      current?.abort()
      current = null
      if (listing?.phase === 'listing') store.setState({ listing: { ...listing, phase: 'left' } })
    },
  }
}

function grow(tree: FileTree, origins: number[], { entries, from }: FileBatch): void {
  if (from === undefined) return tree.add(entries)
  for (const [at, entry] of entries.entries()) {
    tree.add([entry])
    // The last one is the entry's own; folders that it lies in may have come before it.
    origins[tree.count] = from[at] ?? 0
  }
}

export function isSamePlace(a: FileSystemReference, b: FileSystemReference): boolean {
  return a.build === b.build && a.stage === b.stage && a.line === b.line && a.platform === b.platform
}
