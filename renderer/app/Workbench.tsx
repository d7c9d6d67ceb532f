import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react'
import { Group, Panel, Separator } from 'react-resizable-panels'
import { useStore } from 'zustand'
import type { StageId } from '../../shared/graph/stage-graph.ts'
import type { BuildState } from '../../shared/builds/build-state.ts'
import type { CommandRegistry } from '../commands/command-registry.ts'
import { DocumentBanner } from './DocumentBanner.tsx'
import type { Desk } from './desk.ts'
import type { DrawerTab } from './Drawer.tsx'
import { LowerPanel, loadLowerPanels } from './LowerPanel.tsx'
import { notify } from '../ui/notices.ts'
import { SidePane } from './SidePane.tsx'
import { currentProfile, requestFor } from './build-request.ts'
import { documentCommands } from './document-commands.ts'
import { profileProblem } from './profile-problem.ts'
import { showFailure } from './show-failure.ts'
import { usePanes } from './panes.ts'
import { Welcome } from './Welcome.tsx'
import type { Workspace } from './workspace-state.ts'
import { prepareThread } from '../graph/layout-thread.ts'
import { loadPart } from '../ui/load-part.ts'
import { Waiting } from '../ui/Waiting.tsx'

const loadGraph = () => loadPart(() => import('./GraphArea.tsx'))
const GraphArea = lazy(async () => ({ default: (await loadGraph()).GraphArea }))
const Outline = lazy(async () => ({ default: (await loadPart(() => import('./Outline.tsx'))).Outline }))
const BuildFormDialog = lazy(async () => ({
  default: (await loadPart(() => import('./BuildFormDialog.tsx'))).BuildFormDialog,
}))

/** What will be shown of a document, ahead of it, and the thread that a large one will need. */
export async function loadPanes(): Promise<void> {
  await Promise.all([loadGraph(), loadLowerPanels()])
  prepareThread()
}

export interface WorkbenchProps {
  readonly desk: Desk
  readonly workspace: Workspace
  readonly registry: CommandRegistry
}

/** The document in its panes; the welcome view where there is none. */
export function Workbench({ desk, workspace, registry }: WorkbenchProps) {
  const { host, session, builds, buildSettings, expectedFiles } = desk
  const document = useStore(session.store, state => state.document)
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
  const [isAsked, setAsked] = useState(false)
  const panes = usePanes(workspace)
  useEffect(() => {
    const soon = requestIdleCallback(() => void loadPanes())
    return () => cancelIdleCallback(soon)
  }, [])

  const hasFailed = useStore(builds, ({ build }) => build !== null && build.failure !== null)
  const building = phase === 'starting' || phase === 'running'

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

  const goToFailure = useCallback(() => {
    setDrawer('build')
    showFailure(builds, session)
  }, [builds, session])

  const hasDocument = document !== null
  const handlers = useMemo(
    () =>
      documentCommands({
        session,
        workspace,
        hasDocument,
        startBuild: hasEngine ? () => startBuild(null) : null,
        stopBuild: building ? () => builds.cancel() : null,
        showFailure: hasFailed ? goToFailure : null,
        toggleOutline: () => setOutline(shown => !shown),
        toggleDrawer: () => setDrawer(tab => (tab === null ? 'problems' : null)),
        showContext: () => setDrawer('context'),
        showBuildForm: () => setAsked(true),
      }),
    [session, workspace, builds, startBuild, goToFailure, hasEngine, hasDocument, hasFailed, building],
  )
  useEffect(() => registry.provide(handlers), [registry, handlers])

  const showFiles = useCallback((of: number | string) => {
    setFilesOf(of)
    setDrawer('files')
  }, [])
  const showContext = useCallback(() => setDrawer('context'), [])
  const showProblems = useCallback((stage: StageId) => {
    setProblemsOf(stage)
    setDrawer('problems')
  }, [])
  const lower = {
    host,
    session,
    builds,
    buildSettings,
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

  if (document === null) return <Welcome workspace={workspace} />
  return (
    <>
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
                <Suspense fallback={<Waiting>Drawing…</Waiting>}>
                  <GraphArea
                    key={document.path ?? document.name}
                    host={host}
                    session={session}
                    workspace={workspace}
                    builds={builds}
                    onBuild={startBuild}
                    onRunAgain={runAgain}
                    onShowFiles={showFiles}
                    onShowContext={showContext}
                    onShowProblems={showProblems}
                    onShowFailure={goToFailure}
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
      <Suspense>
        {isAsked && (
          <BuildFormDialog
            {...{ session, workspace, buildSettings }}
            onBuild={() => startBuild(null)}
            onDismiss={() => setAsked(false)}
          />
        )}
      </Suspense>
    </>
  )
}
