import type { HostApi } from '../../shared/bridge/contract.ts'
import { expectationKey, expectedStage, type Expectation, type Expectations } from '../../shared/files/expectations.ts'
import type { StageId } from '../../shared/graph/stage-graph.ts'
import type { Session } from '../source/session.ts'

/** What is expected of the files of stages; it is kept where the analysis finds it, among its surroundings. */
export interface ExpectedFiles {
  /** From now on this is expected of a stage; nothing where the list is empty. */
  change(stage: StageId, expectations: readonly Expectation[]): void
  /** As `slipway build --verify` reads it. */
  written(): Expectations
}

const patienceMilliseconds = 500

/** Remembered by the host for each file, by the names that stages have now; `report` hears what could not be. */
export function followExpectedFiles(host: HostApi, session: Session, report: (error: unknown) => void): ExpectedFiles {
  const state = () => session.store.getState()
  const expected = () => state().analysis.surroundings.expected
  let kept: string | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  const show = (next: ReturnType<typeof expected>) =>
    session.setSurroundings({ ...state().analysis.surroundings, expected: next })

  const written = (): Expectations => {
    const { stages } = state().analysis.graph
    const keyed = [...expected()].map(([id, expectations]) => {
      const stage = stages.find(each => each.id === id)
      return [stage === undefined ? id : expectationKey(stage), expectations] as const
    })
    return { stages: Object.fromEntries(keyed.flatMap(([key, each]) => (each.length > 0 ? [[key, [...each]]] : []))) }
  }
  /** Nothing before it has been loaded: what is not known yet must not be overwritten. */
  const keep = () => {
    const { document } = state()
    const expectations = written()
    const words = JSON.stringify([document?.path, expectations])
    if (kept === null || kept === words || document === null) return
    kept = words
    host.call('files.storeExpected', { path: document.path, expectations }).catch(report)
  }
  const load = async (path: string | null) => {
    kept = null
    show(new Map())
    const { stages } = await host.call('files.loadExpected', { path })
    const { document, analysis } = state()
    if (document === null || document.path !== path) return
    show(new Map(Object.entries(stages).map(([key, each]) => [expectedId(analysis.graph, key), each])))
    kept = JSON.stringify([path, written()])
  }

  session.store.subscribe(({ document, analysis }, before) => {
    // Saving changes what the document is called, not what it says.
    const isOpened = document !== before.document && analysis !== before.analysis
    if (document !== null && isOpened) load(document.path).catch(report)
    // A stage may have another name by now, or the file another place.
    if (analysis.graph === before.analysis.graph && document === before.document) return
    clearTimeout(timer)
    timer = setTimeout(keep, patienceMilliseconds)
  })
  return {
    change(stage, expectations) {
      show(new Map([...expected(), [stage, expectations]]))
      keep()
    },
    written,
  }
}

/** What is expected of a stage that the text does not have now is kept under what may become its id. */
function expectedId(graph: Parameters<typeof expectedStage>[0], key: string): StageId {
  return expectedStage(graph, key)?.id ?? (key as StageId)
}
