import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import type { Point } from '../../shared/graph/layout.ts'

interface PopoverProps {
  readonly label: string
  readonly at: Point
  readonly onClose: () => void
  readonly children: ReactNode
  /** A menu is walked through with the arrow keys, a popover with Tab. */
  readonly isMenu?: boolean
}

const margin = 8
const menuKeys = ['ArrowDown', 'ArrowUp', 'Home', 'End']
const focusable = 'button:not(:disabled), input, select, [tabindex="0"]'

/**
 * A small window at a place. Focus goes in when it opens and back when it closes; Escape or a press outside closes it.
 */
export function Popover({ label, at, onClose, children, isMenu = false }: PopoverProps) {
  const element = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState(at)

  useLayoutEffect(() => {
    const box = element.current?.getBoundingClientRect()
    if (box === undefined) return
    setPlace({
      x: Math.max(margin, Math.min(at.x, window.innerWidth - box.width - margin)),
      y: Math.max(margin, Math.min(at.y, window.innerHeight - box.height - margin)),
    })
  }, [at])

  useEffect(() => {
    const before = document.activeElement
    const inside = element.current
    const wanted =
      inside?.querySelector<HTMLElement>('[data-autofocus]') ?? inside?.querySelector<HTMLElement>(focusable)
    focusOn(wanted)
    return () => {
      const isLost = document.activeElement === document.body || document.activeElement === null
      if (before instanceof HTMLElement && (isLost || inside?.contains(document.activeElement))) before.focus()
    }
  }, [])

  useEffect(() => {
    const pressed = (event: PointerEvent) => {
      if (event.target instanceof Node && element.current?.contains(event.target) === false) onClose()
    }
    window.addEventListener('pointerdown', pressed, true)
    return () => window.removeEventListener('pointerdown', pressed, true)
  }, [onClose])

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    event.stopPropagation()
    if (event.key === 'Escape') {
      event.preventDefault()
      onClose()
      return
    }
    if (event.key !== 'Tab' && !(isMenu && menuKeys.includes(event.key))) return
    const stops = [...(element.current?.querySelectorAll<HTMLElement>(focusable) ?? [])]
    const now = stops.findIndex(stop => stop === document.activeElement)
    const backwards = event.key === 'Tab' ? event.shiftKey : event.key === 'ArrowUp'
    event.preventDefault()
    if (event.key === 'Home' || event.key === 'End') focusOn(stops.at(event.key === 'Home' ? 0 : -1))
    else focusOn(stops.at((now + (backwards ? -1 : 1)) % stops.length))
  }

  return createPortal(
    <div
      ref={element}
      className={isMenu ? 'popover menu' : 'popover graph-popover'}
      role={isMenu ? 'menu' : 'dialog'}
      aria-label={label}
      style={{ left: place.x, top: place.y }}
      onKeyDown={onKeyDown}
      onClick={event => event.stopPropagation()}
      onDoubleClick={event => event.stopPropagation()}
      onContextMenu={event => event.preventDefault()}
    >
      {children}
    </div>,
    document.querySelector('main') ?? document.body,
  )
}

/** As Tab does where nobody stands in for it: what is in a field is selected, so that typing replaces it. */
function focusOn(stop: HTMLElement | null | undefined): void {
  stop?.focus()
  if (stop instanceof HTMLInputElement) stop.select()
}
