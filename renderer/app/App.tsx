import { useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react'
import { Group, Panel, Separator } from 'react-resizable-panels'
import { useStore } from 'zustand'
import type { HostApi } from '../../shared/bridge/contract.ts'
import { isCommandId } from '../../shared/commands.ts'
import type { EditOutcome } from '../../shared/edits/edit-outcome.ts'
import type { StageId } from '../../shared/graph/stage-graph.ts'
import { BuildPanel } from '../builds/BuildPanel.tsx'
import type { BuildStore } from '../builds/build-store.ts'
import { useBuildMarks } from '../builds/use-build-marks.ts'
import { FilesPanel } from '../files/FilesPanel.tsx'
import { GraphPane } from '../graph/GraphPane.tsx'
import type { Session } from '../source/session.ts'
import { SourcePane } from '../source/SourcePane.tsx'
import { createCommandRunner } from './command-runner.ts'
import { DocumentBanner } from './DocumentBanner.tsx'
import { DocumentDialogs } from './DocumentDialogs.tsx'
import { Drawer, type DrawerTab } from './Drawer.tsx'
import { openDropped } from './dropped-file.ts'
import { Notices } from './Notices.tsx'
import { notify } from './notices.ts'
import { Outline } from './Outline.tsx'
import { ProblemsPanel } from './ProblemsPanel.tsx'
import { commandOf } from './shortcuts.ts'
import { TopBar } from './TopBar.tsx'
import { defaultTag, tagProblem } from './tags.ts'
import { usePanes } from './panes.ts'
import { useTheme } from './theme.ts'
import { Welcome } from './Welcome.tsx'
import type { Workspace } from './workspace.ts'

interface AppProps {
  readonly host: HostApi
  readonly session: Session
  readonly workspace: Workspace
  readonly builds: BuildStore
}

export function App({ host, session, workspace, builds }: AppProps) {
  const document = useStore(session.store, state => state.document)
  const analysis = useStore(session.store, state => state.analysis)
  const selection = useStore(session.store, state => state.selection)
  const settings = useStore(workspace.store, state => state.settings)
  const placement = useStore(workspace.store, state => state.placement)
  const lost = useStore(workspace.store, state => state.lost)
  /** What the canvas draws: a keystroke is on the screen before the graph has followed. */
  const drawn = useDeferredValue(analysis)
  const phase = useStore(builds, state => state.build?.phase)
  const held = useStore(builds, state => state.held)
  const heldStages = useStore(builds, state => state.heldStages)
  const [outline, setOutline] = useState(false)
  const [drawer, setDrawer] = useState<DrawerTab | null>(null)
  const [filesOf, setFilesOf] = useState(0)
  const panes = usePanes(workspace)
  useTheme(settings.theme)

  const building = phase === 'starting' || phase === 'running'
  const tag = settings.tags[document?.path ?? ''] ?? defaultTag(document)
  const marks = useBuildMarks(builds, drawn)

  const startBuild = useCallback(
    (stageIndex: number | null) => {
      const { analysis: pinned, document: source } = session.store.getState()
      if (!source) return
      const named = stageIndex === null ? tag.trim() : ''
      const problem = named === '' ? null : tagProblem(named)
      if (problem !== null) {
        notify(problem, 'error')
        return
      }
      const target = stageIndex ?? pinned.graph.stages.find(stage => stage.id === pinned.graph.target)?.index ?? null
      setDrawer('build')
      setFilesOf(target ?? 0)
      builds.start(
        {
          text: session.text(),
          path: source.path,
          contextDirectory: source.contextDirectory,
          target,
          tags: named === '' ? [] : [named],
          buildArgs: { ...pinned.inputs.buildArgs },
          noCache: false,
        },
        pinned,
      )
    },
    [builds, session, tag],
  )

  const drawnText = drawn.file.text
  const perform = useCallback(
    (outcome: EditOutcome): boolean => {
      // The graph follows the text a moment later; offsets into an older text would cut it in the wrong place.
      if (drawnText !== session.store.getState().analysis.file.text) {
        notify(
          'The text changed a moment ago, before the graph showed it. Nothing was changed; do that again.',
          'error',
        )
        return false
      }
      if (outcome.kind === 'refused') {
        notify(outcome.reason, 'error')
        return false
      }
      session.edit(outcome.title, outcome.edits)
      for (const warning of outcome.warnings) notify(warning)
      return true
    },
    [session, drawnText],
  )

  const run = useMemo(
    () =>
      createCommandRunner({
        session,
        workspace,
        startBuild: () => startBuild(null),
        stopBuild: () => builds.cancel(),
        toggleOutline: () => setOutline(shown => !shown),
        toggleDrawer: () => setDrawer(tab => (tab === null ? 'problems' : null)),
      }),
    [session, workspace, builds, startBuild],
  )

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const command = commandOf(event)
      const typing =
        event.target instanceof HTMLElement && event.target.closest('input, textarea, select, dialog') !== null
      const inText = event.target instanceof HTMLElement && event.target.closest('.cm-editor') !== null
      if (!command || event.defaultPrevented) return
      if (command.startsWith('edit.') && (typing || inText)) return
      event.preventDefault()
      run(command)
    }
    const onDrop = (event: DragEvent) => {
      const file = event.dataTransfer?.files[0]
      if (!file) return
      event.preventDefault()
      // The text pane would write the file's content into the open document.
      event.stopPropagation()
      void openDropped(file, workspace)
    }
    const onDragOver = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault()
    }
    window.addEventListener('keydown', onKeyDown)
    window.addEventListener('drop', onDrop, true)
    window.addEventListener('dragover', onDragOver)
    return () => {
      window.removeEventListener('keydown', onKeyDown)
      window.removeEventListener('drop', onDrop, true)
      window.removeEventListener('dragover', onDragOver)
    }
  }, [run, workspace])

  useEffect(
    () =>
      window.slipwayBridge?.onCommand(command => {
        if (isCommandId(command)) run(command)
      }),
    [run],
  )

  const showFiles = (stage: StageId) => {
    const index = heldStages.find(candidate => candidate.id === stage)?.index
    if (index === undefined) {
      notify('This stage was not part of the last build. Build to it first.')
      return
    }
    setFilesOf(index)
    setDrawer('files')
  }
  const horizontal = outline ? { outline: 16, canvas: 48, text: 36 } : { canvas: 60, text: 40 }

  return (
    <div className="window">
      <TopBar
        session={session}
        workspace={workspace}
        run={run}
        building={building}
        tag={tag}
        onTag={next => workspace.changeSettings({ tags: { ...settings.tags, [document?.path ?? '']: next } })}
      />
      {lost !== null && (
        <div className="banner" data-tone="error" role="alert">
          {lost} What you typed stays here; reload the page once the host runs again.
        </div>
      )}
      {document === null ? (
        <Welcome workspace={workspace} />
      ) : (
        <>
          <DocumentBanner session={session} workspace={workspace} />
          <Group orientation="vertical" className="panes" {...panes({ main: 62, drawer: 38 })}>
            <Panel id="main" minSize="20">
              <Group orientation="horizontal" {...panes(horizontal)}>
                {outline && (
                  <>
                    <Panel id="outline" minSize={140}>
                      <Outline session={session} />
                    </Panel>
                    <Separator className="separator" aria-label="Width of the outline" />
                  </>
                )}
                <Panel id="canvas" minSize={240}>
                  <GraphPane
                    analysis={drawn}
                    documentKey={document.path ?? document.name}
                    selection={selection}
                    onSelect={session.select}
                    placement={placement}
                    onPlace={workspace.place}
                    marks={marks}
                    perform={perform}
                    onBuild={stage =>
                      startBuild(analysis.graph.stages.find(found => found.id === stage)?.index ?? null)
                    }
                    onShowFiles={held === null ? null : showFiles}
                    onShowSource={range => session.reveal(range, true)}
                  />
                </Panel>
                <Separator className="separator" aria-label="Width of the text" />
                <Panel id="text" minSize={200}>
                  <SourcePane session={session} />
                </Panel>
              </Group>
            </Panel>
            {drawer !== null && (
              <>
                <Separator className="separator" aria-label="Height of the lower pane" data-vertical />
                <Panel id="drawer" minSize={120}>
                  <Drawer
                    tab={drawer}
                    problems={drawn.diagnostics.length}
                    onTab={setDrawer}
                    onClose={() => setDrawer(null)}
                  >
                    {drawer === 'problems' && <ProblemsPanel analysis={drawn} session={session} />}
                    {drawer === 'build' && (
                      <BuildPanel
                        store={builds}
                        analysis={analysis}
                        selection={selection}
                        onSelect={session.select}
                        onShowLines={session.revealLines}
                        onBuild={() => startBuild(null)}
                        onCancel={() => builds.cancel()}
                        onShowFiles={index => {
                          setFilesOf(index)
                          setDrawer('files')
                        }}
                      />
                    )}
                    {drawer === 'files' && (
                      <FilesPanel
                        host={host}
                        build={held}
                        stages={heldStages}
                        stageIndex={filesOf}
                        onStageIndex={setFilesOf}
                      />
                    )}
                  </Drawer>
                </Panel>
              </>
            )}
          </Group>
          {drawer === null && (
            <Drawer tab={null} problems={drawn.diagnostics.length} onTab={setDrawer} onClose={() => setDrawer(null)} />
          )}
        </>
      )}
      <DocumentDialogs host={host} session={session} workspace={workspace} />
      <Notices />
    </div>
  )
}
