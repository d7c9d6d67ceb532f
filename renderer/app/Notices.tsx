import { X } from 'lucide-react'
import { useStore } from 'zustand'
import { Words } from '../ui/Words.tsx'
import { Button, IconButton } from '../ui/controls.tsx'
import { dismissNotice, notices } from '../ui/notices.ts'

export function Notices() {
  const shown = useStore(notices, state => state.shown)
  return (
    <div className="notices" aria-live="polite">
      {shown.map(notice => (
        <div
          key={notice.id}
          className="notice"
          data-tone={notice.tone}
          role={notice.tone === 'error' ? 'alert' : 'status'}
        >
          <span>
            <Words text={notice.message} />
          </span>
          {notice.action && (
            <Button
              variant="quiet"
              onClick={() => {
                notice.action?.run()
                dismissNotice(notice.id)
              }}
            >
              {notice.action.label}
            </Button>
          )}
          <IconButton icon={X} label="Dismiss" onClick={() => dismissNotice(notice.id)} />
        </div>
      ))}
    </div>
  )
}
