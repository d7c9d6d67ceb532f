import '@fontsource-variable/inter/wght.css'
import '@fontsource-variable/jetbrains-mono/wght.css'
import './ui/tokens.css'
import './ui/controls.css'
import './app/app.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { connect } from '../shared/bridge/connect.ts'
import { App } from './app/App.tsx'
import { followSurroundings } from './app/follow-surroundings.ts'
import { followVariants } from './app/variants.ts'
import { createWorkspace } from './app/workspace.ts'
import { notify } from './app/notices.ts'
import { openPort } from './bridge/open-port.ts'
import { createBuildSettings } from './builds/build-settings.ts'
import { createBuildStore } from './builds/build-store.ts'
import { followExpectedFiles } from './files/expected-files.ts'
import { createSession } from './source/session.ts'
import { styleNonce } from './ui/style-nonce.ts'

const host = connect(openPort())
const session = createSession(styleNonce())
const workspace = createWorkspace(host, session)
const builds = createBuildStore(host)
const report = (error: unknown) => notify(error instanceof Error ? error.message : String(error), 'error')
const buildSettings = createBuildSettings(host, session, report)
const expectedFiles = followExpectedFiles(host, session, report)
followSurroundings(host, session, builds)
followVariants(session, workspace)

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root element.')
createRoot(root).render(
  <StrictMode>
    <App {...{ host, session, workspace, builds, buildSettings, expectedFiles }} />
  </StrictMode>,
)
await workspace.start()
