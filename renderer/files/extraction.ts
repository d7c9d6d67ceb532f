import { createStore, type StoreApi } from 'zustand/vanilla'
import type { HostApi } from '../../shared/bridge/contract.ts'
import { HostError } from '../../shared/bridge/host-error.ts'
import { displayName } from '../../shared/files/display-name.ts'
import { extractedWords, type ExtractionEvent, type ExtractionRequest } from '../../shared/files/extraction.ts'
import { notify } from '../ui/notices.ts'

type Wanted = Pick<ExtractionRequest, 'build' | 'stage' | 'paths'>

export type ExtractionState =
  | { readonly kind: 'idle' }
  /** Where the host has no dialog of its own. */
  | { readonly kind: 'asking'; readonly wanted: Wanted }
  | { readonly kind: 'running'; readonly progress: Extract<ExtractionEvent, { kind: 'progress' }> | null }
  /** Something lies there already. */
  | { readonly kind: 'taken'; readonly request: ExtractionRequest; readonly names: readonly string[] }

/** One extraction at a time, which goes on when the panel is left. */
export interface Extraction extends StoreApi<ExtractionState> {
  /** Asks for a folder, then extracts. */
  ask(wanted: Wanted): Promise<void>
  start(request: ExtractionRequest): Promise<void>
  /** Stops, and takes back what was written; or asks no more. */
  cancel(): void
}

export function extractionOf(host: HostApi): Extraction {
  const known = extractions.get(host) ?? createExtraction(host)
  extractions.set(host, known)
  return known
}

const extractions = new WeakMap<HostApi, Extraction>()

function createExtraction(host: HostApi): Extraction {
  const store = createStore<ExtractionState>(() => ({ kind: 'idle' }))
  let running = new AbortController()
  const show = (state: ExtractionState) => store.setState(state, true)
  const complain = (error: unknown) => notify(error instanceof Error ? error.message : String(error), 'error')

  const extraction: Extraction = {
    ...store,
    async ask(wanted) {
      if (store.getState().kind === 'running') {
        notify('Another extraction is under way. Cancel it, or wait for its end.')
        return
      }
      try {
        const { path } = await host.call('folders.choose', {})
        if (path !== null) await extraction.start({ ...wanted, folder: path, replace: false })
      } catch (error) {
        if (error instanceof HostError && error.code === 'unknown-method') show({ kind: 'asking', wanted })
        else complain(error)
      }
    },
    async start(request) {
      running.abort()
      running = new AbortController()
      show({ kind: 'running', progress: null })
      let end: ExtractionState = { kind: 'idle' }
      try {
        for await (const event of host.stream('files.extract', request, running.signal)) {
          if (event.kind === 'progress') show({ kind: 'running', progress: event })
          else if (event.kind === 'taken') end = { kind: 'taken', request, names: event.names }
          else notify(told(event, request.folder), 'success')
        }
      } catch (error) {
        if (!(error instanceof HostError && error.code === 'cancelled')) complain(error)
      }
      show(end)
    },
    cancel() {
      running.abort()
      show({ kind: 'idle' })
    },
  }
  return extraction
}

function told(event: Extract<ExtractionEvent, { kind: 'extracted' }>, folder: string): string {
  const [first] = event.left
  const why = first === undefined ? '' : ` /${displayName(`${first.path} ${first.reason}`)}.`
  return extractedWords(event, folder) + why
}
