import type { LucideIcon } from 'lucide-react'

interface MenuEntryProps {
  readonly icon?: LucideIcon
  readonly label: string
  readonly shortcut?: string
  readonly disabledReason?: string | null
  readonly onChoose: () => void
}

export function MenuEntry({ icon: Icon, label, shortcut, disabledReason = null, onChoose }: MenuEntryProps) {
  return (
    <button
      type="button"
      role="menuitem"
      className="menu-entry"
      disabled={disabledReason !== null}
      title={disabledReason ?? undefined}
      onClick={onChoose}
    >
      {Icon && <Icon size={16} aria-hidden />}
      {label}
      {shortcut !== undefined && <span className="shortcut">{shortcut}</span>}
    </button>
  )
}
