import { useCallback, useDeferredValue, useEffect } from 'react'
import { useStore } from 'zustand'
import type { HostApi, Variant } from '../../shared/bridge/contract.ts'
import type { EditOutcome } from '../../shared/edits/edit-outcome.ts'
import type { GraphEdge, StageId } from '../../shared/graph/stage-graph.ts'
import type { TextRange } from '../../shared/text/text-edit.ts'
import type { BuildState } from '../../shared/builds/build-state.ts'
import type { BuildStore } from '../builds/build-store.ts'
import { useBuildMarks } from '../builds/use-build-marks.ts'
import { GraphPane } from '../graph/GraphPane.tsx'
import type { Session } from '../source/session.ts'
import { contextPaths } from './context-paths.ts'
import { notify } from '../ui/notices.ts'
import { goToPane } from './document-commands.ts'
import { PastStrip } from './PastStrip.tsx'
import { performIn } from './perform.ts'
import { chooseVariant } from './variants.ts'
import './variants.css'
import { VariantsStrip } from './VariantsStrip.tsx'
import { useDrawnAnalysis } from './use-drawn-analysis.ts'
import { usePastGraph } from './use-past-graph.ts'
import type { Workspace } from './workspace-state.ts'

interface GraphAreaProps {
  readonly host: HostApi
  readonly session: Session
  readonly workspace: Workspace
  readonly builds: BuildStore
  /** Builds up to a stage, by its index. */
  readonly onBuild: (stageIndex: number) => void
  readonly onRunAgain: (build: BuildState) => void
  /** Of a stage by its index, or of an image by its reference. */
  readonly onShowFiles: (of: number | string) => void
  readonly onShowContext: () => void
  readonly onShowProblems: (stage: StageId) => void
  readonly onShowFailure: () => void
}

/** The canvas of one document, fed from the session: alone in following every key typed, and a moment behind it. */
export function GraphArea({
  host,
  session,
  workspace,
  builds,
  onBuild,
  onRunAgain,
  onShowFiles,
  onShowContext,
  onShowProblems,
  onShowFailure,
}: GraphAreaProps) {
  /** A keystroke is on the screen before the graph has followed. */
  const { drawn, catchUp } = useDrawnAnalysis(session, '.graph-pane, .popover')
  const selection = useStore(session.store, state => state.selection)
  const images = useStore(workspace.store, state => state.images)
  const hasEngine = useStore(workspace.store, state => state.engine?.kind !== 'unavailable')
  const withoutProblems = useStore(session.store, state => !state.looksForProblems)
  const placement = useStore(session.store, state => state.placement)
  // With the graph that the step led to.
  const recalled = useDeferredValue(useStore(session.store, state => state.recalled))
  const held = useStore(builds, state => state.held)
  const past = useStore(builds, state => state.past)
  const marks = useBuildMarks(builds, past?.build.analysis ?? drawn)
  // Another document has builds of its own.
  useEffect(() => () => builds.showPast(null), [builds])

  const drawnText = drawn.file.text
  const perform = useCallback(
    (outcome: EditOutcome, said?: string): boolean => performIn(session, drawnText, outcome, said),
    [session, drawnText],
  )
  const { stages } = drawn.graph
  const build = useCallback(
    (stage: StageId) => {
      const index = stages.find(found => found.id === stage)?.index
      if (index !== undefined) onBuild(index)
    },
    [stages, onBuild],
  )
  const showFiles = useCallback(
    (stage: StageId) => {
      const index = builds.getState().heldStages.find(candidate => candidate.id === stage)?.index
      if (index === undefined) notify('This stage was not part of the last build. Build to it first.')
      else onShowFiles(index)
    },
    [builds, onShowFiles],
  )
  const showSource = useCallback((range: TextRange) => session.reveal(range, true), [session])

  const showForm = useCallback(
    (isMeant: (edge: GraphEdge) => boolean) => {
      const edge = session.store.getState().analysis.graph.edges.find(isMeant)
      if (edge !== undefined) session.select({ kind: 'edge', edge: edge.id })
      goToPane(workspace, 'inspector')
    },
    [session, workspace],
  )

  const droppedPaths = useCallback(
    (files: readonly File[]) => contextPaths(files, session.store.getState().document, host),
    [session, host],
  )
  const changeVariant = useCallback(
    (variant: Variant) => chooseVariant(session, workspace, variant),
    [session, workspace],
  )

  const ofPast = usePastGraph(builds)

  return (
    <div className="canvas-area">
      {past === null ? (
        <VariantsStrip analysis={drawn} onChange={changeVariant} />
      ) : (
        <PastStrip
          {...{ past, session }}
          onRunAgain={() => onRunAgain(past.build)}
          onBack={() => builds.showPast(null)}
        />
      )}
      <GraphPane
        analysis={drawn}
        selection={selection}
        onSelect={session.select}
        placement={placement}
        images={images}
        onPlace={session.place}
        recalled={recalled?.cards ?? null}
        marks={marks}
        withoutProblems={withoutProblems}
        onDrawn={session.lookForProblems}
        perform={perform}
        catchUp={catchUp}
        contextPaths={droppedPaths}
        onBuild={hasEngine ? build : null}
        onShowFiles={held === null ? null : showFiles}
        onShowImage={onShowFiles}
        onShowContext={onShowContext}
        onShowSource={showSource}
        onShowForm={showForm}
        onShowProblems={onShowProblems}
        onShowFailure={onShowFailure}
        {...ofPast}
      />
    </div>
  )
}
