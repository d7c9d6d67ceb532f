import { useState, type PointerEvent as ReactPointerEvent } from 'react'

/** Where a row is dropped: beside the one under the pointer. */
export interface RowDrop {
  readonly row: string
  readonly above: boolean
}

/** A row on its way to another place in its list. */
export interface RowDrag {
  readonly row: string
  /** Null outside all rows. */
  readonly over: RowDrop | null
}

const threshold = 4

/** The end of a drag is no click on what holds both of its ends. */
function withoutClick(): void {
  const keepBack = (event: MouseEvent) => event.stopPropagation()
  window.addEventListener('click', keepBack, true)
  setTimeout(() => window.removeEventListener('click', keepBack, true))
}

/** Drags rows up and down by what their elements bear as `data-drag-row`; the row under the pointer says where to. */
export function useRowDrag(onDrop: (row: string, over: RowDrop) => void) {
  const [drag, setDrag] = useState<RowDrag | null>(null)
  const press = (row: string, { button, clientX, clientY }: ReactPointerEvent) => {
    if (button !== 0) return
    let latest: RowDrag | null = null
    const follow = (event: PointerEvent) => {
      if (latest === null && Math.hypot(event.clientX - clientX, event.clientY - clientY) < threshold) return
      const under = document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>('[data-drag-row]')
      const box = under?.getBoundingClientRect()
      const over = under?.dataset['dragRow']
      latest = {
        row,
        over:
          over === undefined || box === undefined
            ? null
            : { row: over, above: event.clientY < box.top + box.height / 2 },
      }
      setDrag(latest)
    }
    const end = () => {
      window.removeEventListener('pointermove', follow)
      window.removeEventListener('pointerup', drop)
      window.removeEventListener('pointercancel', end)
      window.removeEventListener('keydown', key, true)
      setDrag(null)
    }
    const key = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || latest === null) return
      event.stopPropagation()
      end()
    }
    const drop = () => {
      end()
      if (latest !== null) withoutClick()
      if (latest?.over) onDrop(row, latest.over)
    }
    window.addEventListener('pointermove', follow)
    window.addEventListener('pointerup', drop)
    window.addEventListener('pointercancel', end)
    window.addEventListener('keydown', key, true)
  }
  return { drag, press }
}
