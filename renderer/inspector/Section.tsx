import { useId, type ReactNode } from 'react'

interface SectionProps {
  readonly title?: string | undefined
  readonly count?: number
  readonly children: ReactNode
}

export function Section({ title, count, children }: SectionProps) {
  const id = useId()
  return (
    <section className="inspector-section" aria-labelledby={title === undefined ? undefined : id}>
      {title !== undefined && (
        <h3 id={id} className="inspector-heading">
          {title}
          {count !== undefined && <span className="inspector-count">{count}</span>}
        </h3>
      )}
      {children}
    </section>
  )
}
