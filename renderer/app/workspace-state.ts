import type { StoreApi } from 'zustand/vanilla'
import type { AppInfo, EngineImage, EngineStatus, RecentDocument, Settings } from '../../shared/bridge/contract.ts'
import type { EngineList } from '../engines/engine-list.ts'
import type { Desk } from './desk.ts'

/** The disk holds something other than what the unsaved text is based on. */
export interface Conflict {
  readonly diskText: string | null
  readonly fingerprint: string
}

export type OpenDialog = 'none' | 'open' | 'save-as' | 'conflict' | 'unsaved'

export interface WorkspaceState {
  /** Null until the first document. */
  readonly desk: Desk | null
  /** Until it is known whether there is something to open at once. */
  readonly starting: boolean
  readonly info: AppInfo | null
  /** Null while it is being looked for. */
  readonly engine: EngineStatus | null
  /** What the engine has, as FROM takes it; none where there is no engine. */
  readonly images: readonly EngineImage[]
  readonly recent: readonly RecentDocument[]
  readonly conflict: Conflict | null
  /** True once the file has gone from the disk. */
  readonly missing: boolean
  readonly dialog: OpenDialog
  readonly settings: Settings
  /** Null while connected; otherwise how the host was lost. */
  readonly lost: string | null
  readonly busy: boolean
}

/** Opens, saves, watches and keeps the document; everything here is about files and the host, nothing about drawing. */
export interface Workspace {
  readonly store: StoreApi<WorkspaceState>
  readonly start: () => Promise<void>
  /** Asks where there is unsaved text, then goes on. */
  readonly leaveDocument: (then: () => void) => void
  readonly resolveUnsaved: (choice: 'save' | 'discard' | 'cancel') => Promise<void>
  readonly chooseOpen: () => void
  readonly openPath: (path: string) => Promise<void>
  /** A document that is not on disk: the sample, a starter, a file dropped in without a path. */
  readonly openText: (name: string, text: string) => void
  readonly closeDocument: () => void
  /** The window is closing and the user chose not to save: no draft may bring the text back. */
  readonly discardForClosing: () => void
  readonly save: () => Promise<boolean>
  readonly saveAs: (path: string) => Promise<boolean>
  readonly chooseSaveAs: () => Promise<void>
  readonly resolveConflict: (choice: 'disk' | 'mine' | 'cancel') => Promise<void>
  /** Where engines may be, and the choice among them. */
  readonly engines: EngineList
  /** Quietly: what was found before is shown until the answer is there. */
  readonly inspectEngine: (how?: { readonly quietly?: boolean }) => Promise<void>
  readonly changeSettings: (change: Partial<Settings>) => void
  readonly forgetRecent: (path: string) => Promise<void>
  readonly show: (dialog: OpenDialog) => void
}
