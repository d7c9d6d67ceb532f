import { useEffect, useRef } from 'react'

/** The name of a stage while it is being changed, in its place on the card. */
export function NameField({ name, onDone }: { name: string; onDone: (name: string | null) => void }) {
  const field = useRef<HTMLInputElement>(null)
  const over = useRef(false)
  useEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [])
  const done = (next: string | null) => {
    if (over.current) return
    over.current = true
    onDone(next === name ? null : next)
  }
  return (
    <input
      ref={field}
      className="stage-name-field nodrag nopan"
      aria-label="Stage name"
      defaultValue={name}
      placeholder="name"
      spellCheck={false}
      autoComplete="off"
      onClick={event => event.stopPropagation()}
      onDoubleClick={event => event.stopPropagation()}
      onKeyDown={event => {
        event.stopPropagation()
        const isEnter = event.key === 'Enter'
        if (!isEnter && event.key !== 'Escape') return
        done(isEnter ? event.currentTarget.value.trim() : null)
        event.currentTarget.closest<HTMLElement>('.react-flow__node')?.focus()
      }}
      onBlur={event => done(event.currentTarget.value.trim())}
    />
  )
}
