import { X } from 'lucide-react'
import type { PointerEvent } from 'react'
import { createPortal } from 'react-dom'
import type { Analysis } from '../../shared/analysis.ts'
import type { EngineImage } from '../../shared/bridge/contract.ts'
import { IconButton } from '../ui/controls.tsx'
import type { AddChoice, Addition } from './add-choices.ts'
import { AddList } from './AddList.tsx'
import { usePane } from './pane-store.ts'

interface AddPanelProps {
  readonly analysis: Analysis
  readonly images: readonly EngineImage[]
  readonly onClose: () => void
  readonly onPick: (addition: Addition) => void
  /** Asks what it is to be for a card. */
  readonly onGive: (addition: Exclude<Addition, { kind: 'starter' }>) => void
  readonly onPress: (choice: AddChoice, event: PointerEvent) => void
}

/** The same list, kept open beside the cards: its entries are dragged to where they shall be. */
export function AddPanel({ onClose, ...list }: AddPanelProps) {
  return (
    <section
      className="add-panel"
      aria-label="Add by dragging"
      onDoubleClick={event => event.stopPropagation()}
      onKeyDown={event => event.stopPropagation()}
    >
      <header>
        <h2>Add</h2>
        <IconButton icon={X} label="Hide the list" onClick={onClose} />
      </header>
      <p>Drag an entry onto the canvas or a card. Enter adds it, Shift+Enter gives it to a card.</p>
      <AddList {...list} autoFocus={false} />
    </section>
  )
}

/** What is being dragged, at the pointer. */
export function Carried() {
  const carried = usePane(state => state.carried)
  if (carried === null) return null
  const { x, y } = carried.pointer
  return createPortal(
    <div className="carried" aria-hidden style={{ transform: `translate(${x + 12}px, ${y + 8}px)` }}>
      {carried.title}
    </div>,
    document.body,
  )
}
