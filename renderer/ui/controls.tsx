import { useEffect, useRef, type ButtonHTMLAttributes, type ReactNode } from 'react'
import type { LucideIcon } from 'lucide-react'

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly variant?: 'primary' | 'danger' | 'quiet' | 'plain'
  readonly icon?: LucideIcon
}

export function Button({ variant = 'plain', icon: Icon, children, ...rest }: ButtonProps) {
  return (
    <button type="button" className="button" data-variant={variant} {...rest}>
      {Icon && <Icon size={16} aria-hidden />}
      {children}
    </button>
  )
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly icon: LucideIcon
  /** Its name for everyone: tooltip and accessible name. */
  readonly label: string
  readonly pressed?: boolean
}

export function IconButton({ icon: Icon, label, pressed, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      className="button"
      data-variant="quiet"
      data-icon-only
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      {...rest}
    >
      <Icon size={16} aria-hidden />
    </button>
  )
}

export type Tone = 'neutral' | 'error' | 'warning' | 'success' | 'accent'

export function Badge({ tone = 'neutral', title, children }: { tone?: Tone; title?: string; children: ReactNode }) {
  return (
    <span className="badge" data-tone={tone} title={title}>
      {children}
    </span>
  )
}

interface DialogProps {
  readonly title: string
  readonly size?: 'normal' | 'large'
  /** Escape, or the platform's own way of dismissing. */
  readonly onDismiss: () => void
  readonly actions: ReactNode
  readonly children: ReactNode
}

/** A modal over the platform's `<dialog>`: focus is kept inside and given back, Escape dismisses. */
export function Dialog({ title, size = 'normal', onDismiss, actions, children }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const dialog = element.current
    const before = document.activeElement
    dialog?.showModal()
    // Enter does what the dialog is for, never what loses something because it happens to come first.
    dialog?.querySelector<HTMLElement>('.dialog-actions [data-variant="primary"]:not(:disabled)')?.focus()
    return () => {
      dialog?.close()
      // It is no longer in the page by now, and gives nothing back. What was given the focus meanwhile keeps it.
      if (before instanceof HTMLElement && document.activeElement === document.body) before.focus()
    }
  }, [])
  return (
    <dialog
      ref={element}
      className="dialog"
      data-size={size}
      aria-label={title}
      onCancel={event => {
        event.preventDefault()
        onDismiss()
      }}
    >
      <h2 className="dialog-title">{title}</h2>
      {children}
      <div className="dialog-actions">{actions}</div>
    </dialog>
  )
}
