import { createStore } from 'zustand/vanilla'
import type { HostApi, Result } from '../../shared/bridge/contract.ts'
import { HostError } from '../../shared/bridge/host-error.ts'
import type { Placement } from '../../shared/drawing/placement.ts'
import { idsOnceReopened } from '../../shared/graph/identity.ts'
import { createEngineList } from '../engines/engine-list.ts'
import type { DocumentIdentity, Session, SessionState } from '../source/session.ts'
import type { Desk } from './desk.ts'
import { dismissNotices, notify } from '../ui/notices.ts'
import { fileName, parentFolder } from './paths.ts'
import type { Workspace, WorkspaceState } from './workspace-state.ts'

type DiskState = Result<'documents.watch'>

const draftDelay = 400
const initial: WorkspaceState = {
  desk: null,
  starting: true,
  info: null,
  engine: null,
  images: [],
  recent: [],
  conflict: null,
  missing: false,
  dialog: 'none',
  settings: { theme: 'system', panes: {}, tags: {}, shortcuts: {}, variants: {}, sidePane: 'text' },
  lost: null,
  busy: false,
}

/** `loadDesk` is asked once, for the first document. */
export function createWorkspace(host: HostApi, loadDesk: () => Promise<Desk>): Workspace {
  const store = createStore<WorkspaceState>(() => initial)
  let watching = new AbortController()
  let afterUnsaved: (() => void) | null = null
  let engineLooks = 0
  let saving = false
  /** Ends with the last save asked for: each begins when the one before it has ended, with the text as it then is. */
  let saves: Promise<unknown> = Promise.resolve()
  let latestDisk: DiskState | null = null
  /** What the disk was seen to hold while a save was under way. */
  let seenWhileSaving = new Set<string>()
  let draftTimer: ReturnType<typeof setTimeout> | undefined

  let loading: Promise<Session> | null = null

  const current = () => store.getState().desk?.session ?? null
  const stateOf = () => current()?.store.getState() ?? null
  const path = () => stateOf()?.document?.path ?? null

  function report(error: unknown): void {
    if (error instanceof HostError && error.code === 'cancelled') return
    if (error instanceof HostError && error.code === 'disconnected') store.setState({ lost: error.message })
    else notify(error instanceof Error ? error.message : String(error), 'error')
  }

  /** Runs a call whose failure is worth a sentence but changes nothing else. */
  function background(work: Promise<unknown>): void {
    work.catch(report)
  }

  async function watch(watched: string): Promise<void> {
    watching.abort()
    watching = new AbortController()
    const { signal } = watching
    try {
      for await (const disk of host.stream('documents.watch', { path: watched }, signal)) {
        latestDisk = disk
        if (saving && disk.kind === 'present') seenWhileSaving.add(disk.fingerprint)
        if (!saving) compareWithDisk()
      }
    } catch (error) {
      if (!signal.aborted) report(error)
    }
  }

  function compareWithDisk(): void {
    const [disk, session] = [latestDisk, current()]
    if (!disk || session === null || path() === null) return
    const { fingerprint, dirty } = session.store.getState()
    if (disk.kind === 'missing') return store.setState({ missing: true })
    store.setState({ missing: false })
    if (disk.fingerprint === fingerprint) return store.setState({ conflict: null })
    if (disk.text !== null && (!dirty || disk.text === session.text())) {
      const same = disk.text === session.text()
      session.reload(disk.text, disk.fingerprint)
      store.setState({ conflict: null })
      if (!same) notify('The file changed on disk and was reloaded.', 'neutral', { label: 'Undo', run: session.undo })
      return
    }
    store.setState({ conflict: { diskText: disk.text, fingerprint: disk.fingerprint } })
  }

  /** Also while someone types without a pause: what is typed meanwhile does not put it off. */
  function keepDraftSoon(): void {
    draftTimer ??= setTimeout(keepDraft, draftDelay)
  }

  function stopDraftTimer(): void {
    clearTimeout(draftTimer)
    draftTimer = undefined
  }

  function keepDraft(): void {
    stopDraftTimer()
    const session = current()
    if (session === null) return
    const { document, dirty, fingerprint: base } = session.store.getState()
    if (document)
      background(host.call('documents.keepDraft', { path: document.path, text: dirty ? session.text() : null, base }))
  }

  function forgetDraft(forgotten: string | null): void {
    stopDraftTimer()
    background(host.call('documents.keepDraft', { path: forgotten, text: null }))
  }

  async function placesOf(file: string): Promise<Placement> {
    try {
      return new Map(Object.entries((await host.call('placement.load', { path: file })).nodes))
    } catch (error) {
      report(error)
      return new Map()
    }
  }

  async function loadRecent(): Promise<void> {
    store.setState({ recent: (await host.call('documents.recent', {})).documents })
  }

  /** `overwrite` replaces whatever is there; otherwise the disk must hold what the text is based on. */
  function write(destination: string, overwrite: boolean): Promise<boolean> {
    const written = saves.then(() => writeNow(destination, overwrite))
    saves = written
    return written
  }

  async function writeNow(destination: string, overwrite: boolean): Promise<boolean> {
    const session = current()
    if (session === null) return false
    const text = session.text()
    const { document: before, fingerprint: known } = session.store.getState()
    if (!before) return false
    const expected = overwrite || store.getState().missing ? null : known
    saving = true
    seenWhileSaving = new Set()
    try {
      const { fingerprint } = await host.call('documents.save', { path: destination, text, expected })
      // What was seen last may be from before the save; taking it for news would put the old text back.
      if (!seenWhileSaving.has(fingerprint)) latestDisk = null
      const moved = destination !== before.path
      const contextDirectory = moved ? parentFolder(destination) : before.contextDirectory
      session.saved(text, fingerprint, {
        path: destination,
        name: fileName(destination),
        contextDirectory,
        writable: true,
      })
      store.setState({ conflict: null, missing: false, dialog: 'none' })
      if (session.store.getState().dirty) keepDraftSoon()
      else forgetDraft(before.path)
      if (moved) {
        latestDisk = null
        void watch(destination)
        background(loadRecent())
      }
      // Stages may bear other names than when their places were kept.
      keepPlacement()
      return true
    } catch (error) {
      if (error instanceof HostError && error.code === 'changed-on-disk') store.setState({ dialog: 'conflict' })
      else report(error)
      return false
    } finally {
      saving = false
      compareWithDisk()
    }
  }

  /** Another document may have been asked for while the desk was loaded: the last one stays. */
  async function begin(
    document: DocumentIdentity,
    text: string,
    fingerprint: string | null,
    draft: string | null,
    places?: Placement,
  ): Promise<void> {
    const session = await ready()
    watching.abort()
    latestDisk = null
    // What was said of another document is no longer true.
    dismissNotices()
    store.setState({ conflict: null, missing: false, dialog: 'none', starting: false })
    session.open(document, text, fingerprint, draft, places)
    store.getState().desk?.beginDrawing()
    if (draft !== null && draft !== text)
      notify('Unsaved text from last time was brought back. Undo goes to what was saved.')
  }

  function ready(): Promise<Session> {
    return (loading ??= loadSession())
  }

  async function loadSession(): Promise<Session> {
    try {
      const desk = await loadDesk()
      desk.session.store.subscribe(follow)
      store.setState({ desk })
      return desk.session
    } catch (error) {
      loading = null
      throw error
    }
  }

  function follow(state: SessionState, previous: SessionState): void {
    if (state.dirty !== previous.dirty) background(host.call('window.setDirty', { dirty: state.dirty }))
    if (state.editor.doc !== previous.editor.doc && state.document === previous.document) keepDraftSoon()
    if (state.placement !== previous.placement && state.document === previous.document) keepPlacement()
  }

  function keepPlacement(): void {
    const state = stateOf()
    if (state === null) return
    const later = idsOnceReopened(state.analysis.graph.stages)
    const nodes = Object.fromEntries([...state.placement].map(([key, place]) => [later.get(key) ?? key, place]))
    background(host.call('placement.store', { path: path(), placement: { nodes } }))
  }

  window.addEventListener('beforeunload', event => {
    const { desk, info } = store.getState()
    const isDirty = stateOf()?.dirty === true
    if (isDirty) keepDraft()
    // Electron's window asks by itself.
    if (info?.host === 'electron') return
    // A build ends with the page that asked for it.
    const phase = desk?.builds.getState().build?.phase
    if (isDirty || phase === 'starting' || phase === 'running') event.preventDefault()
  })

  const workspace: Workspace = {
    store,
    async start() {
      try {
        const [info, settings] = await Promise.all([host.call('app.info', {}), host.call('settings.load', {})])
        store.setState({ info, settings })
        background(loadRecent())
        void workspace.inspectEngine()
        if (info.launchPath !== null) {
          await workspace.openPath(info.launchPath)
          return
        }
        const { text } = await host.call('documents.untitledDraft', {})
        if (text !== null && !stateOf()?.document)
          await begin({ path: null, name: 'Untitled', contextDirectory: null, writable: true }, '', null, text)
      } catch (error) {
        report(error)
      } finally {
        store.setState({ starting: false })
      }
    },
    leaveDocument(then) {
      if (stateOf()?.dirty !== true) {
        then()
        return
      }
      afterUnsaved = then
      store.setState({ dialog: 'unsaved' })
    },
    async resolveUnsaved(choice) {
      const then = afterUnsaved
      afterUnsaved = null
      store.setState({ dialog: 'none' })
      if (choice === 'cancel') return
      if (choice === 'discard') forgetDraft(path())
      else if (!(await workspace.save())) return
      then?.()
    },
    chooseOpen() {
      workspace.leaveDocument(() => {
        if (store.getState().info?.host !== 'electron') return store.setState({ dialog: 'open' })
        background(
          host
            .call('documents.chooseOpen', {})
            .then(chosen => (chosen.path === null ? undefined : workspace.openPath(chosen.path))),
        )
      })
    },
    async openPath(opened) {
      store.setState({ busy: true })
      try {
        const [document] = await Promise.all([host.call('documents.open', { path: opened }), ready()])
        const { contextDirectory, writable, text, fingerprint, draft, draftBase } = document
        await begin(
          { path: document.path, name: fileName(document.path), contextDirectory, writable },
          text,
          // A draft of another text than the one on disk is a conflict, which watching the disk brings up.
          draft === null ? fingerprint : (draftBase ?? fingerprint),
          draft,
          await placesOf(document.path),
        )
        void watch(document.path)
        background(loadRecent())
      } catch (error) {
        report(error)
      } finally {
        store.setState({ busy: false })
      }
    },
    openText(name, text) {
      background(begin({ path: null, name, contextDirectory: null, writable: true }, text, null, null))
    },
    closeDocument() {
      workspace.leaveDocument(() => {
        watching.abort()
        current()?.close()
        store.setState({ conflict: null, missing: false })
        background(loadRecent())
      })
    },
    discardForClosing() {
      stopDraftTimer()
      const forgotten = host.call('documents.keepDraft', { path: path(), text: null })
      background(forgotten.then(() => host.call('window.setDirty', { dirty: false })))
    },
    async save() {
      const document = stateOf()?.document
      if (!document) return false
      if (document.path === null) {
        await workspace.chooseSaveAs()
        return stateOf()?.dirty === false && path() !== null
      }
      return write(document.path, false)
    },
    saveAs: destination => write(destination, true),
    async chooseSaveAs() {
      const { info } = store.getState()
      if (info?.host !== 'electron') {
        store.setState({ dialog: 'save-as' })
        return
      }
      const suggestion = path() ?? `${info.homeDirectory}/Dockerfile`
      const chosen = await host.call('documents.chooseSave', { suggestion })
      if (chosen.path !== null) await workspace.saveAs(chosen.path)
    },
    async resolveConflict(choice) {
      const { conflict } = store.getState()
      store.setState({ dialog: 'none' })
      if (choice === 'cancel' || !conflict) return
      store.setState({ conflict: null })
      if (choice === 'disk' && conflict.diskText !== null) {
        current()?.reload(conflict.diskText, conflict.fingerprint)
        forgetDraft(path())
        return
      }
      current()?.keepOver(conflict.fingerprint)
      await workspace.save()
    },
    engines: createEngineList(host, report, () => workspace.inspectEngine()),
    async inspectEngine({ quietly = false } = {}) {
      const look = ++engineLooks
      if (!quietly) store.setState({ engine: null })
      try {
        const engine = await host.call('engine.inspect', {})
        // Another one may have been chosen meanwhile.
        if (look !== engineLooks) return
        store.setState({ engine })
        // Without a list of images names are typed without suggestions: nothing to complain about.
        const listed = engine.kind === 'ready' ? await host.call('engine.images', {}).catch(() => null) : null
        store.setState({ images: listed?.images ?? [] })
      } catch (error) {
        if (!quietly) report(error)
      }
    },
    changeSettings(change) {
      const settings = { ...store.getState().settings, ...change }
      store.setState({ settings })
      background(host.call('settings.store', { settings }))
    },
    async forgetRecent(forgotten) {
      await host.call('documents.forgetRecent', { path: forgotten })
      await loadRecent()
    },
    show: dialog => store.setState({ dialog }),
  }
  return workspace
}
