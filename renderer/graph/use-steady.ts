import { useState } from 'react'
import { useLatest } from './use-latest.ts'

type Handler = (...parts: never[]) => unknown

/** Handlers that stay the same functions from one drawing to the next, so that who takes them is not drawn again for them. */
export function useSteady<Handlers extends Readonly<Record<keyof Handlers, Handler>>>(handlers: Handlers): Handlers {
  const latest = useLatest(handlers)
  const [steady] = useState(() => {
    const names = Object.keys(handlers) as (keyof Handlers)[]
    const entries = names.map(name => [name, (...parts: never[]) => latest.current[name](...parts)] as const)
    return Object.fromEntries(entries) as Handlers
  })
  return steady
}
