import { useStore, type StoreApi } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { SessionState } from '../source/session.ts'
import type { Desk } from './desk.ts'

type Readable = Pick<StoreApi<SessionState | null>, 'getState' | 'getInitialState' | 'subscribe'>

const nobody: Readable = createStore<SessionState | null>(() => null)

/** What is read from the session, or `none` before there is one. */
export function useDocument<Value>(desk: Desk | null, read: (state: SessionState) => Value, none: Value): Value {
  const store: Readable = desk?.session.store ?? nobody
  return useStore(store, state => (state === null ? none : read(state)))
}
