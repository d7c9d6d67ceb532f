import type { ComponentType } from 'react'
import type { HostApi } from '../../shared/bridge/contract.ts'
import { createBuildSettings, type BuildSettings } from '../builds/build-settings.ts'
import { createBuildStore, type BuildStore } from '../builds/build-store.ts'
import { followExpectedFiles, type ExpectedFiles } from '../files/expected-files.ts'
import { beginDrawing } from '../graph/head-start.ts'
import { createSession, type Session } from '../source/session.ts'
import { styleNonce } from '../ui/style-nonce.ts'
import { followSurroundings } from './follow-surroundings.ts'
import { notify } from '../ui/notices.ts'
import { followVariants } from './variants.ts'
import { Workbench, type WorkbenchProps } from './Workbench.tsx'
import type { Workspace } from './workspace-state.ts'

/** What a document needs: the editor, all that is read from its text, and the panes that show it. */
export interface Desk {
  readonly host: HostApi
  readonly session: Session
  readonly builds: BuildStore
  readonly buildSettings: BuildSettings
  readonly expectedFiles: ExpectedFiles
  readonly Workbench: ComponentType<WorkbenchProps>
  /** Begins with what takes longest of a document just opened, before any of it is on the screen. */
  readonly beginDrawing: () => void
}

/** The welcome view does without it: this module and all that it imports are loaded for the first document. */
export function createDesk(host: HostApi, workspace: Workspace): Desk {
  const session = createSession(styleNonce())
  const builds = createBuildStore(host)
  const report = (error: unknown) => notify(error instanceof Error ? error.message : String(error), 'error')
  const buildSettings = createBuildSettings(host, session, report)
  const expectedFiles = followExpectedFiles(host, session, report)
  followSurroundings(host, session, builds)
  followVariants(session, workspace)
  return {
    host,
    session,
    builds,
    buildSettings,
    expectedFiles,
    Workbench,
    beginDrawing() {
      const { analysis, placement } = session.store.getState()
      beginDrawing(analysis, placement)
    },
  }
}
