import { useEffect, useRef } from 'react'
import type { Session } from './session.ts'

/** The text. Its state is the session's; this only gives it a place on the screen. */
export function SourcePane({ session }: { session: Session }) {
  const parent = useRef<HTMLDivElement>(null)
  useEffect(() => (parent.current ? session.mount(parent.current) : undefined), [session])
  return <div ref={parent} className="source-pane" />
}
