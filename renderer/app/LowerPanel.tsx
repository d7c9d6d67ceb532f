import { lazy, Suspense, useDeferredValue, useEffect, useMemo, useRef } from 'react'
import { useStore } from 'zustand'
import type { GraphEdge, StageId } from '../../shared/graph/stage-graph.ts'
import { selectedStages, type Selection } from '../../shared/selection.ts'
import type { Analysis } from '../../shared/analysis.ts'
import type { HostApi } from '../../shared/bridge/contract.ts'
import type { BuildState } from '../../shared/builds/build-state.ts'
import type { BuildSettings } from '../builds/build-settings.ts'
import type { BuildStore } from '../builds/build-store.ts'
import type { ExpectedFiles } from '../files/expected-files.ts'
import type { Session } from '../source/session.ts'
import { Drawer, type DrawerTab } from './Drawer.tsx'
import { ProblemsPanel } from '../problems/ProblemsPanel.tsx'
import { notify } from '../ui/notices.ts'
import { performIn } from './perform.ts'
import { loadPart } from '../ui/load-part.ts'

const loadBuildPanel = () => loadPart(() => import('../builds/BuildPanel.tsx'))
const loadHistoryPanel = () => loadPart(() => import('../builds/HistoryPanel.tsx'))
const loadContextPanel = () => loadPart(() => import('../files/ContextPanel.tsx'))
const loadFilesPanel = () => loadPart(() => import('../files/FilesPanel.tsx'))
const BuildPanel = lazy(async () => ({ default: (await loadBuildPanel()).BuildPanel }))
const ContextPanel = lazy(async () => ({ default: (await loadContextPanel()).ContextPanel }))
const FilesPanel = lazy(async () => ({ default: (await loadFilesPanel()).FilesPanel }))

const HistoryPanel = lazy(async () => ({ default: (await loadHistoryPanel()).HistoryPanel }))

/** What the tabs show, ahead of the first look at them. */
export const loadLowerPanels = () =>
  Promise.all([loadBuildPanel(), loadFilesPanel(), loadContextPanel(), loadHistoryPanel()])

interface LowerPanelProps {
  readonly host: HostApi
  readonly session: Session
  readonly builds: BuildStore
  readonly buildSettings: BuildSettings
  readonly expectedFiles: ExpectedFiles
  /** Null shows the tabs alone. */
  readonly tab: DrawerTab | null
  readonly onTab: (tab: DrawerTab | null) => void
  /** The stage whose problems alone are shown; null for all. */
  readonly problemsOf: StageId | null
  readonly onProblemsOf: (stage: StageId | null) => void
  /** Whose files are shown: a stage by its index, or an image by its reference. */
  readonly filesOf: number | string
  readonly onShowFiles: (of: number | string) => void
  /** Null where no engine answers. */
  readonly onBuild: (() => void) | null
  readonly onRunAgain: (build: BuildState) => void
}

/** Problems, build, files and history, below the canvas and the text. */
export function LowerPanel(props: LowerPanelProps) {
  const { host, session, builds, buildSettings, tab, onTab, problemsOf, onProblemsOf, onShowFiles, onBuild } = props
  /** Null at first: a document is on the screen before problems are looked for. */
  const analysis = useDeferredValue<Analysis | null>(
    useStore(session.store, state => (state.looksForProblems ? state.analysis : null)),
    null,
  )
  return (
    <Drawer tab={tab} problems={analysis?.diagnostics.length ?? 0} onTab={onTab} onClose={() => onTab(null)}>
      {tab === 'problems' && analysis !== null && (
        <ProblemsPanel
          analysis={analysis}
          stage={problemsOf}
          onStage={onProblemsOf}
          perform={outcome => void performIn(session, analysis.file.text, outcome)}
          onShowSource={range => session.reveal(range, true)}
        />
      )}
      <Suspense>
        {tab === 'build' && <BuildTab {...{ host, session, builds, onShowFiles, onBuild }} />}
        {tab === 'files' && <FilesTab {...props} />}
        {tab === 'context' && <ContextTab {...{ host, session, buildSettings }} />}
        {tab === 'history' && <HistoryTab {...{ host, session, builds, onRunAgain: props.onRunAgain }} />}
      </Suspense>
    </Drawer>
  )
}

function BuildTab(props: Pick<LowerPanelProps, 'host' | 'session' | 'builds' | 'onShowFiles' | 'onBuild'>) {
  const { host, session, builds, onShowFiles, onBuild } = props
  const analysis = useStore(session.store, state => state.analysis)
  const selection = useStore(session.store, state => state.selection)
  return (
    <BuildPanel
      host={host}
      store={builds}
      analysis={analysis}
      selection={selection}
      onSelect={session.select}
      onShowLines={session.revealLines}
      onBuild={onBuild}
      onCancel={() => builds.cancel()}
      onShowFiles={onShowFiles}
    />
  )
}

function FilesTab({ host, session, builds, expectedFiles, filesOf, onShowFiles }: LowerPanelProps) {
  const held = useStore(builds, state => state.held)
  const stages = useStore(builds, state => state.heldStages)
  const heldPlatforms = useStore(builds, state => state.heldPlatforms)
  const heldBefore = useStore(builds, state => state.heldBefore)
  const heldAnalysis = useStore(builds, state => state.heldAnalysis)
  const surroundings = useStore(session.store, state => state.analysis.surroundings)
  const selection = useStore(session.store, state => state.selection)
  const edges = useStore(session.store, state => state.analysis.graph.edges)
  const images = useMemo(
    () => [...new Set(edges.flatMap(({ from }) => (from.kind === 'image' ? [from.reference] : [])))],
    [edges],
  )
  const selectedStage = stageOf(selection, edges)
  /** The stage of which no tree is to be shown for its being selected: it was before, or it was selected in a tree. */
  const known = useRef(selectedStage)
  useEffect(() => {
    if (selectedStage === known.current) return
    known.current = selectedStage
    const index = stages.find(({ id }) => id === selectedStage)?.index
    if (index !== undefined) onShowFiles(index)
  }, [selectedStage, stages, onShowFiles])
  const select = (next: Selection) => {
    known.current = stageOf(next, edges)
    session.select(next)
  }
  const analysis = useMemo(
    () =>
      heldAnalysis !== null && surroundings.listed?.pinned === heldAnalysis ? heldAnalysis.within(surroundings) : null,
    [heldAnalysis, surroundings],
  )
  return (
    <FilesPanel
      host={host}
      build={held}
      stages={stages}
      platforms={heldPlatforms}
      before={heldBefore}
      stageIndex={typeof filesOf === 'number' ? filesOf : null}
      images={images}
      image={typeof filesOf === 'string' ? filesOf : null}
      onShow={onShowFiles}
      analysis={analysis}
      expected={surroundings.expected}
      expectedFiles={expectedFiles}
      selection={selection}
      onSelect={select}
    />
  )
}

/** The stage that a selection is in; of an edge the one that takes it. */
function stageOf(selection: Selection, edges: readonly GraphEdge[]): StageId | null {
  if (selection.kind === 'edge') return edges.find(({ id }) => id === selection.edge)?.to ?? null
  return selectedStages(selection)[0] ?? null
}

function ContextTab({ host, session, buildSettings }: Pick<LowerPanelProps, 'host' | 'session' | 'buildSettings'>) {
  const document = useStore(session.store, state => state.document)
  const analysis = useDeferredValue(useStore(session.store, state => state.analysis))
  const namedContexts = useStore(buildSettings, profiles => profiles.last.options.namedContexts)
  return (
    <ContextPanel
      {...{ host, analysis }}
      path={document?.path ?? null}
      contextDirectory={document?.contextDirectory ?? null}
      namedContexts={namedContexts}
      onShowSource={range => session.reveal(range, true)}
    />
  )
}

function HistoryTab(props: Pick<LowerPanelProps, 'host' | 'session' | 'builds' | 'onRunAgain'>) {
  const { host, session, builds, onRunAgain } = props
  const path = useStore(session.store, state => state.document?.path ?? null)
  const phase = useStore(builds, state => state.build?.phase)
  const past = useStore(builds, state => state.past)
  return (
    <HistoryPanel
      key={path}
      {...{ host, path, past, onRunAgain }}
      moment={phase}
      onPast={next => builds.showPast(next)}
      onProblem={complain}
    />
  )
}

function complain(sentence: string): void {
  notify(sentence, 'error')
}
