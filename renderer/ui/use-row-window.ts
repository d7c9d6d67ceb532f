import { useCallback, useEffect, useState } from 'react'

export interface RowWindow {
  /** Goes on the element that scrolls. */
  readonly ref: (element: HTMLElement | null) => void
  readonly element: HTMLElement | null
  /** Rows to draw: from `first` up to `end`. Row n stands at n × the row height. */
  readonly first: number
  readonly end: number
  /** Brings a row into sight, by the shortest way or to the middle. */
  readonly reveal: (row: number, place?: 'nearest' | 'middle') => void
}

/**
 * Which rows of a long list are in sight, all rows being `rowHeight` pixels high and the first one `offset` pixels below
 * the top of what scrolls. Draws again only when a row comes or goes.
 */
export function useRowWindow(count: number, rowHeight: number, offset = 0): RowWindow {
  const [element, ref] = useState<HTMLElement | null>(null)
  const [sight, setSight] = useState({ first: 0, rows: 40 })

  useEffect(() => {
    if (element === null) return
    const look = () => {
      const first = Math.max(0, Math.floor((element.scrollTop - offset) / rowHeight))
      const rows = Math.ceil(element.clientHeight / rowHeight) + 1
      setSight(before => (before.first === first && before.rows === rows ? before : { first, rows }))
    }
    look()
    const observer = new ResizeObserver(look)
    observer.observe(element)
    element.addEventListener('scroll', look, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', look)
    }
  }, [element, rowHeight, offset])

  const reveal = useCallback(
    (row: number, place: 'nearest' | 'middle' = 'nearest') => {
      if (element === null) return
      const top = row * rowHeight
      const room = element.clientHeight - offset - rowHeight
      if (place === 'middle') element.scrollTo({ top: top - room / 2 })
      else if (top < element.scrollTop) element.scrollTo({ top })
      else if (top > element.scrollTop + room) element.scrollTo({ top: top - room })
    },
    [element, rowHeight, offset],
  )

  // A list that shrank under the reader is looked at from its end until the scroll event comes.
  const first = Math.max(0, Math.min(sight.first, count - sight.rows) - spare)
  return { ref, element, first, end: Math.min(count, first + sight.rows + 2 * spare), reveal }
}

/** Rows drawn beyond what is in sight, so that scrolling by a notch never shows a gap. */
const spare = 12
