import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react'
import { Group, Panel, Separator } from 'react-resizable-panels'
import { useStore } from 'zustand'
import type { HostApi } from '../../shared/bridge/contract.ts'
import type { StageId } from '../../shared/graph/stage-graph.ts'
import type { BuildState } from '../../shared/builds/build-state.ts'
import type { BuildSettings } from '../builds/build-settings.ts'
import type { BuildStore } from '../builds/build-store.ts'
import { chordTable } from '../../shared/key-chords.ts'
import { createCommandRegistry } from '../commands/command-registry.ts'
import { holdTyping } from '../commands/early-typing.ts'
import { CommandsContext } from '../commands/use-commands.ts'
import type { ExpectedFiles } from '../files/expected-files.ts'
import type { Session } from '../source/session.ts'
import { DocumentBanner } from './DocumentBanner.tsx'
import { DocumentDialogs } from './DocumentDialogs.tsx'
import type { DrawerTab } from './Drawer.tsx'
import { LowerPanel, loadLowerPanels } from './LowerPanel.tsx'
import { Notices } from './Notices.tsx'
import { notify } from './notices.ts'
import { SidePane } from './SidePane.tsx'
import { TopBar } from './TopBar.tsx'
import { currentProfile, requestFor } from './build-request.ts'
import { profileProblem } from './profile-problem.ts'
import { defaultTag } from './tags.ts'
import { usePanes } from './panes.ts'
import { useTheme } from './theme.ts'
import { useWindowEvents } from './use-window-events.ts'
import { Welcome } from './Welcome.tsx'
import { windowCommands } from './window-commands.ts'
import type { Workspace } from './workspace-state.ts'

const loadGraph = () => import('./GraphArea.tsx')
const GraphArea = lazy(async () => ({ default: (await loadGraph()).GraphArea }))
const loadOutline = () => import('./Outline.tsx')
const Outline = lazy(async () => ({ default: (await loadOutline()).Outline }))
const loadPalette = () => import('../commands/CommandPalette.tsx')
const CommandPalette = lazy(async () => ({ default: (await loadPalette()).CommandPalette }))
const BuildFormDialog = lazy(async () => ({ default: (await import('./BuildFormDialog.tsx')).BuildFormDialog }))
const ShortcutsDialog = lazy(async () => ({
  default: (await import('../commands/ShortcutsDialog.tsx')).ShortcutsDialog,
}))

interface AppProps {
  readonly host: HostApi
  readonly session: Session
  readonly workspace: Workspace
  readonly builds: BuildStore
  readonly buildSettings: BuildSettings
  readonly expectedFiles: ExpectedFiles
}

export function App({ host, session, workspace, builds, buildSettings, expectedFiles }: AppProps) {
  const document = useStore(session.store, state => state.document)
  const settings = useStore(workspace.store, state => state.settings)
  const lost = useStore(workspace.store, state => state.lost)
  const hasEngine = useStore(workspace.store, state => state.engine?.kind !== 'unavailable')
  const phase = useStore(builds, state => state.build?.phase)
  /** A build that failed at no step of its own may have lost its engine; the chip must not go on praising it. */
  const lostEngine = useStore(builds, state => state.build?.failure?.vertex === null)
  useEffect(() => {
    if (lostEngine) void workspace.inspectEngine()
  }, [lostEngine, workspace])
  const [outline, setOutline] = useState(false)
  const [drawer, setDrawer] = useState<DrawerTab | null>(null)
  const [filesOf, setFilesOf] = useState<number | string>(0)
  const [problemsOf, setProblemsOf] = useState<StageId | null>(null)
  const [asked, setAsked] = useState<'commands' | 'shortcuts' | 'build' | null>(null)
  const [registry] = useState(createCommandRegistry)
  const panes = usePanes(workspace)
  useTheme(settings.theme)
  // Parts come after the first frame, yet are there before they are asked for: what is typed into the palette at once
  // must not go elsewhere.
  useEffect(() => {
    const soon = requestIdleCallback(() => void Promise.all([loadGraph(), loadPalette(), loadLowerPanels()]))
    return () => cancelIdleCallback(soon)
  }, [])

  const building = phase === 'starting' || phase === 'running'
  const tag = settings.tags[document?.path ?? ''] ?? defaultTag(document)

  const startBuild = useCallback(
    (stageIndex: number | null) => {
      const profile = currentProfile({ session, workspace, buildSettings })
      const problem = stageIndex === null ? profileProblem(profile) : null
      const request = requestFor(session, profile, stageIndex)
      if (problem !== null) notify(problem, 'error')
      if (problem !== null || request === null) return
      setDrawer('build')
      setFilesOf(typeof request.target === 'number' ? request.target : 0)
      builds.start(request, session.store.getState().analysis)
    },
    [builds, session, workspace, buildSettings],
  )
  const runAgain = useCallback(
    (past: BuildState) => {
      const { analysis } = session.store.getState()
      setDrawer('build')
      builds.start(past.request, past.analysis.file.text === analysis.file.text ? analysis : past.analysis)
    },
    [builds, session],
  )

  const hasDocument = document !== null
  const handlers = useMemo(
    () =>
      windowCommands({
        session,
        workspace,
        hasDocument,
        startBuild: hasEngine ? () => startBuild(null) : null,
        stopBuild: building ? () => builds.cancel() : null,
        toggleOutline: () => setOutline(shown => !shown),
        toggleDrawer: () => setDrawer(tab => (tab === null ? 'problems' : null)),
        showBuildForm: () => setAsked('build'),
        showCommands() {
          holdTyping()
          setAsked('commands')
        },
        showShortcuts: () => setAsked('shortcuts'),
      }),
    [session, workspace, builds, startBuild, hasEngine, hasDocument, building],
  )
  useEffect(() => registry.provide(handlers), [registry, handlers])
  const { run } = registry
  const chosen = settings.shortcuts
  const commands = useMemo(() => ({ registry, chosen }), [registry, chosen])
  useWindowEvents(
    run,
    useMemo(() => chordTable(chosen), [chosen]),
    workspace,
  )

  const showFiles = useCallback((of: number | string) => {
    setFilesOf(of)
    setDrawer('files')
  }, [])
  const showProblems = useCallback((stage: StageId) => {
    setProblemsOf(stage)
    setDrawer('problems')
  }, [])
  const lower = {
    host,
    session,
    builds,
    expectedFiles,
    tab: drawer,
    onTab: setDrawer,
    problemsOf,
    onProblemsOf: setProblemsOf,
    filesOf,
    onShowFiles: showFiles,
    onBuild: hasEngine ? () => startBuild(null) : null,
    onRunAgain: runAgain,
  }
  const horizontal = outline ? { outline: 16, canvas: 48, text: 36 } : { canvas: 60, text: 40 }

  return (
    <CommandsContext value={commands}>
      <div className="window">
        <TopBar
          session={session}
          workspace={workspace}
          building={building}
          tag={tag}
          onTag={next => workspace.changeSettings({ tags: { ...settings.tags, [document?.path ?? '']: next } })}
        />
        {lost !== null && (
          <div className="banner" data-tone="error" role="alert">
            {lost} Start Slipway again: unsaved text comes back. What is typed from here on stays in this window alone.
          </div>
        )}
        {document === null ? (
          <Welcome workspace={workspace} />
        ) : (
          <main className="workspace">
            <DocumentBanner session={session} workspace={workspace} />
            <Group orientation="vertical" className="panes" {...panes({ main: 62, drawer: 38 })}>
              <Panel id="main" minSize="20">
                <Group orientation="horizontal" {...panes(horizontal)}>
                  {outline && (
                    <>
                      <Panel id="outline" minSize={140}>
                        <Suspense>
                          <Outline session={session} />
                        </Suspense>
                      </Panel>
                      <Separator className="separator" aria-label="Width of the outline" />
                    </>
                  )}
                  <Panel id="canvas" minSize={240}>
                    <Suspense>
                      <GraphArea
                        host={host}
                        session={session}
                        workspace={workspace}
                        builds={builds}
                        documentKey={document.path ?? document.name}
                        onBuild={startBuild}
                        onShowFiles={showFiles}
                        onShowProblems={showProblems}
                      />
                    </Suspense>
                  </Panel>
                  <Separator className="separator" aria-label="Width of the text" />
                  <Panel id="text" minSize={200}>
                    <SidePane session={session} workspace={workspace} />
                  </Panel>
                </Group>
              </Panel>
              {drawer !== null && (
                <>
                  <Separator className="separator" aria-label="Height of the lower pane" data-vertical />
                  <Panel id="drawer" minSize={120}>
                    <LowerPanel {...lower} />
                  </Panel>
                </>
              )}
            </Group>
            {drawer === null && <LowerPanel {...lower} />}
          </main>
        )}
        <DocumentDialogs host={host} session={session} workspace={workspace} />
        <Suspense>
          {asked === 'build' && hasDocument && (
            <BuildFormDialog
              {...{ session, workspace, buildSettings }}
              onBuild={() => startBuild(null)}
              onDismiss={() => setAsked(null)}
            />
          )}
          {asked === 'commands' && <CommandPalette registry={registry} onClose={() => setAsked(null)} />}
          {asked === 'shortcuts' && (
            <ShortcutsDialog
              chosen={chosen}
              onChoose={shortcuts => workspace.changeSettings({ shortcuts })}
              onClose={() => setAsked(null)}
            />
          )}
        </Suspense>
        <Notices />
      </div>
    </CommandsContext>
  )
}
