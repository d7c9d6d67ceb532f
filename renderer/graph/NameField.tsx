import { useEffect, useRef, useState } from 'react'

interface NameFieldProps {
  readonly name: string
  /** Null leaves the name as it is. False: the name was refused, and the field stays to be mended. */
  readonly onDone: (name: string | null) => boolean
}

/** The name of a stage while it is being changed, in its place on the card. */
export function NameField({ name, onDone }: NameFieldProps) {
  const field = useRef<HTMLInputElement>(null)
  const over = useRef(false)
  useEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [])
  const [refused, setRefused] = useState(false)
  const done = (next: string | null) => {
    if (over.current) return true
    over.current = true
    return (over.current = onDone(next === name ? null : next))
  }
  return (
    <input
      ref={field}
      className="stage-name-field nodrag nopan"
      aria-label="Stage name"
      aria-invalid={refused}
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
        const isOver = done(isEnter ? event.currentTarget.value.trim() : null)
        setRefused(!isOver)
        if (isOver) event.currentTarget.closest<HTMLElement>('.react-flow__node')?.focus()
      }}
      onBlur={event => {
        // What was refused once was left on purpose.
        if (refused || !done(event.currentTarget.value.trim())) done(null)
      }}
    />
  )
}
