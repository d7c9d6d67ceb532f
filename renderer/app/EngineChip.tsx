import { Container, RefreshCw, TriangleAlert } from 'lucide-react'
import { useRef } from 'react'
import { useStore } from 'zustand'
import { Button } from '../ui/controls.tsx'
import type { Workspace } from './workspace-state.ts'

/** Which engine would build, or why none would; the whole story in the popover behind it. */
export function EngineChip({ workspace }: { workspace: Workspace }) {
  const engine = useStore(workspace.store, state => state.engine)
  const popover = useRef<HTMLDivElement>(null)
  const chip = useRef<HTMLButtonElement>(null)
  const state = engine?.kind ?? 'checking'
  const place = () => {
    const anchor = chip.current?.getBoundingClientRect()
    if (!anchor || !popover.current) return
    popover.current.style.top = `${anchor.bottom + 6}px`
    popover.current.style.right = `${window.innerWidth - anchor.right}px`
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
      >
        {engine?.kind === 'ready' && (
          <dl>
            <dt>Endpoint</dt>
            <dd className="code">{engine.endpoint}</dd>
            <dt>Found through</dt>
            <dd>{engine.source}</dd>
            <dt>Version</dt>
            <dd>
              {engine.version}, API {engine.apiVersion}, {engine.platform}
            </dd>
          </dl>
        )}
        {engine?.kind === 'unavailable' && (
          <>
            <p>{engine.message}</p>
            {engine.tried.length > 1 && (
              <>
                <p className="label">Tried</p>
                <ul className="code">
                  {engine.tried.map(line => (
                    <li key={line}>{line}</li>
                  ))}
                </ul>
              </>
            )}
          </>
        )}
        {engine === null && <p>Asking the places the docker command would ask.</p>}
        <Button icon={RefreshCw} disabled={engine === null} onClick={() => void workspace.inspectEngine()}>
          Look again
        </Button>
      </div>
    </>
  )
}
