import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useState } from 'react'

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

/** Rows drawn beyond what is in sight, so that scrolling by a notch never shows a gap. */
const spare = 12

/**
 * Which rows of a long list are in sight, all rows being `rowHeight` pixels high and the first one `offset` pixels below
 * the top of what scrolls (the height of a header that stays in sight).
 */
export function useRowWindow(count: number, rowHeight: number, offset = 0): RowWindow {
  const [element, ref] = useState<HTMLElement | null>(null)
  const rows = useVirtualizer({
    count,
    getScrollElement: () => element,
    estimateSize: () => rowHeight,
    overscan: spare,
    scrollMargin: offset,
    scrollPaddingStart: offset,
    initialRect: { width: 0, height: 40 * rowHeight },
  })
  const { startIndex = 0, endIndex = -1 } = rows.calculateRange() ?? {}
  const reveal = useCallback(
    (row: number, place: 'nearest' | 'middle' = 'nearest') => {
      if (place === 'middle' || element === null) {
        rows.scrollToIndex(row, { align: place === 'middle' ? 'center' : 'auto' })
        return
      }
      const top = row * rowHeight
      // Whole rows only: half a row at the top looks like a fault.
      const lowest = Math.ceil((offset + top + rowHeight - element.clientHeight) / rowHeight) * rowHeight
      if (top < element.scrollTop) element.scrollTop = top
      else if (lowest > element.scrollTop) element.scrollTop = lowest
    },
    [rows, element, rowHeight, offset],
  )
  return {
    ref,
    element,
    first: Math.max(0, startIndex - spare),
    end: Math.min(count, endIndex + 1 + spare),
    reveal,
  }
}
