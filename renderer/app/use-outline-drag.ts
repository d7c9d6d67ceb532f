import { useState, type PointerEvent as ReactPointerEvent } from 'react'
import type { StageId } from '../../shared/graph/stage-graph.ts'

/** A stage on its way to another place in the file. */
export interface OutlineDrag {
  readonly stage: StageId
  /** The stage under the pointer, and whether its upper half; null outside. */
  readonly over: { readonly stage: string; readonly above: boolean } | null
}

const threshold = 4

/** Drags rows of stages up and down; the row under the pointer says where to. */
export function useOutlineDrag(onDrop: (stage: StageId, over: NonNullable<OutlineDrag['over']>) => void) {
  const [drag, setDrag] = useState<OutlineDrag | null>(null)
  const press = (stage: StageId, { button, clientX, clientY }: ReactPointerEvent) => {
    if (button !== 0) return
    let latest: OutlineDrag | null = null
    const follow = (event: PointerEvent) => {
      if (latest === null && Math.hypot(event.clientX - clientX, event.clientY - clientY) < threshold) return
      const row = document.elementFromPoint(event.clientX, event.clientY)?.closest<HTMLElement>('[data-outline-stage]')
      const box = row?.getBoundingClientRect()
      const over = row?.dataset['outlineStage']
      latest = {
        stage,
        over:
          over === undefined || box === undefined
            ? null
            : { stage: over, above: event.clientY < box.top + box.height / 2 },
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
      if (latest?.over) onDrop(stage, latest.over)
    }
    window.addEventListener('pointermove', follow)
    window.addEventListener('pointerup', drop)
    window.addEventListener('pointercancel', end)
    window.addEventListener('keydown', key, true)
  }
  return { drag, press }
}
