import { Container, RefreshCw, TriangleAlert } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { EnginePicker } from '../engines/EnginePicker.tsx'
import { Button } from '../ui/controls.tsx'
import type { Workspace } from './workspace-state.ts'

/** Which engine would build, or why none would; the places to choose from are in the popover behind it. */
export function EngineChip({ workspace }: { workspace: Workspace }) {
  const engine = useStore(workspace.store, state => state.engine)
  const popover = useRef<HTMLDivElement>(null)
  const chip = useRef<HTMLButtonElement>(null)
  const state = engine?.kind ?? 'checking'
  useLookAgain(workspace, state === 'unavailable')
  const place = () => {
    const anchor = chip.current?.getBoundingClientRect()
    if (!anchor || !popover.current) return
    popover.current.style.top = `${anchor.bottom + 6}px`
    popover.current.style.right = `${window.innerWidth - anchor.right}px`
  }
  const lookAgain = () => {
    void workspace.inspectEngine()
    void workspace.engines.look()
  }
  return (
    <>
      <button
        ref={chip}
        type="button"
        className="engine-chip"
        data-state={state}
        popoverTarget="engine-details"
        onClick={place}
      >
        {state === 'unavailable' ? <TriangleAlert size={14} aria-hidden /> : <Container size={14} aria-hidden />}
        <span>
          {engine === null
            ? 'Looking for an engine'
            : engine.kind === 'ready'
              ? `${engine.name} ${engine.version}`
              : 'No engine'}
        </span>
      </button>
      <div
        ref={popover}
        id="engine-details"
        popover="auto"
        className="popover engine-details"
        role="dialog"
        aria-label="Engine"
        onToggle={event => {
          if (event.newState === 'open') void workspace.engines.look()
        }}
      >
        {engine?.kind === 'unavailable' && <p>{engine.message}</p>}
        <EnginePicker engines={workspace.engines} />
        <Button icon={RefreshCw} disabled={engine === null} onClick={lookAgain}>
          Look again
        </Button>
      </div>
    </>
  )
}

/** Milliseconds between two looks for an engine: soon at first, ever more seldom, as a look may start an ssh. */
const waits = { first: 3000, longest: 60_000 }

/** Finds an engine that is started after the window: by and by, and at once when the user comes back to the window. */
function useLookAgain(workspace: Workspace, isMissing: boolean): void {
  useEffect(() => {
    if (!isMissing) return
    let timer = 0
    const lookIn = (wait: number) => {
      timer = window.setTimeout(() => {
        if (!document.hidden) void workspace.inspectEngine({ quietly: true })
        lookIn(Math.min(waits.longest, wait * 2))
      }, wait)
    }
    const comeBack = () => {
      clearTimeout(timer)
      void workspace.inspectEngine({ quietly: true })
      lookIn(waits.first)
    }
    lookIn(waits.first)
    window.addEventListener('focus', comeBack)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('focus', comeBack)
    }
  }, [workspace, isMissing])
}
