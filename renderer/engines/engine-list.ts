import { createStore, type StoreApi } from 'zustand/vanilla'
import type { HostApi } from '../../shared/bridge/contract.ts'
import { choiceKey, type EngineChoice, type EnginePlace, type PlaceState } from '../../shared/engine-places.ts'

export interface EngineListState {
  /** In the order to offer. */
  readonly places: readonly EnginePlace[]
  /** What a test found, by the key of the place; 'testing' while it runs. */
  readonly tests: ReadonlyMap<string, PlaceState | 'testing'>
}

/** The places where an engine may be, as far as somebody has looked. */
export interface EngineList {
  readonly store: StoreApi<EngineListState>
  /** Asks every place anew. */
  readonly look: () => Promise<void>
  readonly test: (choice: EngineChoice) => Promise<void>
  readonly choose: (choice: EngineChoice) => Promise<void>
  readonly forget: (choice: EngineChoice) => Promise<void>
}

export function createEngineList(
  host: HostApi,
  report: (error: unknown) => void,
  onChosen: () => Promise<void>,
): EngineList {
  const store = createStore<EngineListState>(() => ({ places: [], tests: new Map() }))
  let looking = new AbortController()

  const setTest = (choice: EngineChoice, result: PlaceState | 'testing' | null) => {
    const tests = new Map(store.getState().tests)
    if (result === null) tests.delete(choiceKey(choice))
    else tests.set(choiceKey(choice), result)
    store.setState({ tests })
  }
  const reported = async (work: () => Promise<unknown>) => {
    try {
      await work()
    } catch (error) {
      report(error)
    }
  }
  const change = (method: 'engines.choose' | 'engines.forget', choice: EngineChoice) =>
    reported(async () => {
      // Where that fails, what is shown is what holds.
      await host.call(method, { choice }).finally(list.look)
      await onChosen()
    })

  const list: EngineList = {
    store,
    look: () => {
      looking.abort()
      looking = new AbortController()
      const { signal } = looking
      const seen = new Map<string, EnginePlace>()
      return reported(async () => {
        for await (const place of host.stream('engines.list', {}, signal)) {
          if (signal.aborted) return
          const key = choiceKey(place.choice)
          // What was met before is shown until it is asked again.
          const before = store.getState().places.find(({ choice }) => choiceKey(choice) === key)
          seen.set(key, { ...place, state: place.state ?? before?.state ?? null })
          store.setState({ places: [...seen.values()] })
        }
      })
    },
    test: choice => {
      setTest(choice, 'testing')
      return reported(async () => {
        try {
          setTest(choice, await host.call('engines.test', { choice }))
        } catch (error) {
          setTest(choice, null)
          throw error
        }
      })
    },
    choose: choice => {
      const isChosen = (place: EnginePlace) => choiceKey(place.choice) === choiceKey(choice)
      store.setState(({ places }) => ({ places: places.map(place => ({ ...place, chosen: isChosen(place) })) }))
      return change('engines.choose', choice)
    },
    forget: choice => change('engines.forget', choice),
  }
  return list
}
