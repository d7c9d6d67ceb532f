import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import './ui/idle-callbacks.ts'
import './ui/tokens.css'
import './ui/controls.css'
import './app/app.css'
import { StrictMode } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { connect } from '../shared/bridge/connect.ts'
import { App } from './app/App.tsx'
import { createWorkspace } from './app/workspace.ts'
import { openPort } from './bridge/open-port.ts'
import { loadPart } from './ui/load-part.ts'

const host = connect(openPort())
const workspace = createWorkspace(host, async () =>
  (await loadPart(() => import('./app/desk.ts'))).createDesk(host, workspace),
)

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root element.')
// At once, so that no key is pressed before the window listens.
flushSync(() =>
  createRoot(root).render(
    <StrictMode>
      <App host={host} workspace={workspace} />
    </StrictMode>,
  ),
)
await workspace.start()
