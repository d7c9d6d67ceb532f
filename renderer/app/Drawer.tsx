import { FolderOpen, FolderTree, Hammer, History, ListChecks, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { IconButton } from '../ui/controls.tsx'

export type DrawerTab = 'problems' | 'build' | 'files' | 'context' | 'history'

const tabs = [
  { id: 'problems', title: 'Problems', icon: ListChecks },
  { id: 'build', title: 'Build', icon: Hammer },
  { id: 'files', title: 'Files', icon: FolderTree },
  { id: 'context', title: 'Context', icon: FolderOpen },
  { id: 'history', title: 'History', icon: History },
] as const

interface DrawerProps {
  /** Null shows the tabs alone. */
  readonly tab: DrawerTab | null
  readonly problems: number
  readonly onTab: (tab: DrawerTab | null) => void
  readonly onClose: () => void
  readonly children?: ReactNode
}

export function Drawer({ tab, problems, onTab, onClose, children }: DrawerProps) {
  return (
    <section className="drawer" aria-label="Lower panel">
      <div className="drawer-tabs">
        <div className="drawer-tablist" role="tablist" aria-label="Lower panel">
          {tabs.map(({ id, title, icon: Icon }) => (
            <button
              key={id}
              type="button"
              role="tab"
              id={`tab-${id}`}
              aria-selected={tab === id}
              aria-controls={tab === id ? 'drawer-content' : undefined}
              className="drawer-tab"
              onClick={() => onTab(tab === id ? null : id)}
            >
              <Icon size={14} aria-hidden />
              {title}
              {id === 'problems' && problems > 0 && <span className="badge">{problems}</span>}
            </button>
          ))}
        </div>
        {tab !== null && <IconButton icon={X} label="Close the panel" onClick={onClose} />}
      </div>
      {tab !== null && (
        <div id="drawer-content" className="drawer-content" role="tabpanel" aria-labelledby={`tab-${tab}`}>
          {children}
        </div>
      )}
    </section>
  )
}
