import { FileCode2, FlaskConical, FolderOpen, X } from 'lucide-react'
import { useStore } from 'zustand'
import { sample } from '../../shared/starters/sample.ts'
import { starters } from '../../shared/starters/starters.ts'
import { Button, IconButton } from '../ui/controls.tsx'
import { fileName, parentFolder } from './paths.ts'
import type { Workspace } from './workspace-state.ts'

export function Welcome({ workspace }: { workspace: Workspace }) {
  const recent = useStore(workspace.store, state => state.recent)
  return (
    <main className="welcome">
      <div className="welcome-column">
        <WelcomeMark />
        <h2>Open a Dockerfile</h2>
        <p>
          See its stages and what each one takes from another. Edit the drawing or the text: nothing is written until
          you save.
        </p>
        <div className="welcome-actions">
          <Button variant="primary" icon={FolderOpen} onClick={() => workspace.chooseOpen()}>
            Open…
          </Button>
          <Button icon={FlaskConical} onClick={() => workspace.openText(sample.name, sample.text)}>
            Try the sample
          </Button>
        </div>
        <p className="quiet">Or drop a Dockerfile into this window. The sample builds without a network.</p>
      </div>
      <div className="welcome-column">
        <h3>Recent</h3>
        {recent.length === 0 && <p className="quiet">Files you open are listed here.</p>}
        <ul className="welcome-list">
          {recent.slice(0, 8).map(({ path }) => (
            <li key={path}>
              <button type="button" className="welcome-entry" onClick={() => void workspace.openPath(path)}>
                <FileCode2 size={16} aria-hidden />
                <span className="welcome-entry-name">{fileName(path)}</span>
                <span className="welcome-entry-detail">{parentFolder(path)}</span>
              </button>
              <IconButton
                icon={X}
                label={`Remove ${path} from the list`}
                onClick={() => void workspace.forgetRecent(path)}
              />
            </li>
          ))}
        </ul>
        <h3>Start from</h3>
        <ul className="welcome-starters">
          {starters.map(starter => (
            <li key={starter.name}>
              <button
                type="button"
                className="welcome-starter"
                onClick={() => workspace.openText(starter.name, starter.text)}
              >
                <strong>{starter.name}</strong>
                <span>{starter.summary}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
    </main>
  )
}

/** Three stages and the arrows between them: what the window is about, before there is a file. */
function WelcomeMark() {
  return (
    <svg className="welcome-mark" viewBox="0 0 240 96" aria-hidden>
      <path className="welcome-mark-edge" d="M76 24 C 112 24, 124 48, 160 48 M76 72 C 112 72, 124 48, 160 48" />
      <rect className="welcome-mark-a" x="8" y="8" width="68" height="32" rx="8" />
      <rect className="welcome-mark-b" x="8" y="56" width="68" height="32" rx="8" />
      <rect className="welcome-mark-c" x="160" y="32" width="72" height="32" rx="8" />
    </svg>
  )
}
