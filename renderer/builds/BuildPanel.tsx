import { Hammer } from 'lucide-react'
import { useState } from 'react'
import { useStore, type StoreApi } from 'zustand'
import type { Analysis } from '../../shared/analysis.ts'
import type { HostApi } from '../../shared/bridge/contract.ts'
import { hasEnded, logOf, type BuildState } from '../../shared/builds/build-state.ts'
import type { VertexDigest } from '../../shared/builds/build-events.ts'
import { currentLines, unchangedText } from '../../shared/builds/current-marks.ts'
import { stageTitle, type Stage } from '../../shared/graph/stage-graph.ts'
import type { Selection } from '../../shared/selection.ts'
import { Button } from '../ui/controls.tsx'
import { rememberRows, tellingStep, type BuildRow } from './build-rows.ts'
import type { BuildView } from './build-store.ts'
import { BuildSummary } from './BuildSummary.tsx'
import '../ui/panel-empty.css'
import './builds.css'
import { FailureBanner } from './FailureBanner.tsx'
import { LogPane } from './LogPane.tsx'
import { StepList } from './StepList.tsx'
import { Waterfall } from './Waterfall.tsx'

export interface BuildPanelProps {
  readonly host: HostApi
  readonly store: StoreApi<BuildView>
  /** Of the text as it stands now. */
  readonly analysis: Analysis
  readonly selection: Selection
  readonly onSelect: (selection: Selection) => void
  /** 1-based lines of the current text. */
  readonly onShowLines: (start: number, end: number) => void
  /** Null where no engine answers. */
  readonly onBuild: (() => void) | null
  readonly onCancel: () => void
  /** A stage of the built text, by its index. */
  readonly onShowFiles: (stageIndex: number) => void
}

/** What a build did or does, step by step, with the whole output of each. */
export function BuildPanel(props: BuildPanelProps) {
  const { store, analysis, onBuild } = props
  const build = useStore(store, view => view.build)
  const held = useStore(store, view => view.held)
  const heldStages = useStore(store, view => view.heldStages)
  if (build === null) return <NoBuild analysis={analysis} onBuild={onBuild} />
  return <BuildSteps {...props} build={build} files={held !== null && held === build.build ? heldStages : []} />
}

function NoBuild({ analysis, onBuild }: Pick<BuildPanelProps, 'analysis' | 'onBuild'>) {
  const target = analysis.graph.stages.find(stage => stage.id === analysis.graph.target)
  return (
    <div className="panel-empty">
      <Hammer size={24} aria-hidden />
      <p className="panel-empty-title">Nothing has been built yet</p>
      {target === undefined ? (
        <p>There is no stage to build: begin one with FROM, then build it here.</p>
      ) : (
        <>
          <p>A build shows each step, its time and its whole log here, and opens the files of every stage.</p>
          <Button
            variant="primary"
            icon={Hammer}
            disabled={onBuild === null}
            title={onBuild === null ? 'No engine answers: see the engine chip' : undefined}
            onClick={() => onBuild?.()}
          >
            Build {stageTitle(target)}
          </Button>
        </>
      )}
    </div>
  )
}

interface BuildStepsProps extends BuildPanelProps {
  readonly build: BuildState
  /** Stages of this build that can be looked into. */
  readonly files: readonly Stage[]
}

/** A row chosen here, and the selection that this choice made: any other selection since was made elsewhere. */
interface Choice {
  readonly row: string
  readonly began: number
  readonly selection: Selection
}

function BuildSteps({ host, store, build, files, analysis, selection, ...on }: BuildStepsProps) {
  const stopping = useStore(store, view => view.stopping)
  const [inTime, setInTime] = useState(false)
  const [rowsOf] = useState(() => rememberRows())
  const rows = rowsOf(build)
  const [choice, setChoice] = useState<Choice | null>(null)
  const own = choice !== null && choice.began === build.began && sameSelection(choice.selection, selection)
  // A build that went well says most in its stages, not in the export that came last.
  const ofStages = rows.flatMap(row => (row.kind === 'step' && row.stage !== null ? [row.step] : []))
  const telling = tellingStep(build, build.phase === 'succeeded' && ofStages.length > 0 ? ofStages : build.steps)
  const chosen =
    (own ? rows.find(row => row.key === choice.row) : rowOfSelection(build, analysis, rows, selection)) ??
    rows.find(row => row.kind === 'step' && row.step.vertex === build.failure?.vertex) ??
    rows.find(row => row.kind === 'step' && row.step.vertex === telling)
  const vertex = vertexOf(build, chosen)
  const shown = rows.find(row => row.kind === 'step' && row.step.vertex === vertex)

  const choose = (row: BuildRow) => {
    const next = selectionOf(build, analysis, row) ?? selection
    setChoice({ row: row.key, began: build.began, selection: next })
    if (next !== selection) on.onSelect(next)
    const lines = row.kind === 'warning' ? currentLines(build, analysis, row.warning.lines) : null
    if (lines !== null) on.onShowLines(lines.start, lines.end)
  }
  const { failure } = build
  const failed = rows.find(row => row.kind === 'step' && row.step.vertex === failure?.vertex)

  return (
    <div className="build-panel">
      <BuildSummary
        build={build}
        stopping={stopping}
        current={build.analysis.file.text === analysis.file.text}
        onBuild={on.onBuild}
        onCancel={on.onCancel}
        inTime={inTime}
        onInTime={setInTime}
      />
      {inTime && (
        <BuildTimes
          store={store}
          build={build}
          onChoose={vertex => {
            const row = rows.find(each => each.kind === 'step' && each.step.vertex === vertex)
            if (row !== undefined) choose(row)
            setInTime(false)
          }}
        />
      )}
      <div className="build-body" hidden={inTime}>
        <StepList
          build={build}
          rows={rows}
          chosen={chosen?.key ?? null}
          onChoose={choose}
          files={files}
          onShowFiles={on.onShowFiles}
        />
        <div className="build-output">
          {failure !== null && (
            <FailureBanner
              failure={failure}
              place={currentLines(build, analysis, failure.lines)}
              log={failed === undefined || vertex === failure.vertex ? null : logOf(build, failure.vertex ?? '')}
              onShowLines={on.onShowLines}
              onShowLog={() => {
                if (failed !== undefined) choose(failed)
              }}
            />
          )}
          {vertex !== null && shown?.kind === 'step' ? (
            <LogPane
              host={host}
              build={build.build}
              ended={hasEnded(build.phase)}
              vertex={vertex}
              title={`${shown.keyword} ${shown.gist}`.trim()}
              log={logOf(build, vertex)}
              silence={silence(shown.mark?.state ?? 'not-run')}
            />
          ) : (
            failure === null && <p className="log-silence">Nothing has been reported for this stage yet.</p>
          )}
        </div>
      </div>
    </div>
  )
}

function BuildTimes({ store, build, onChoose }: Pick<BuildStepsProps, 'store' | 'build'> & ChoosesStep) {
  const before = useStore(store, view => view.before)
  const showsCritical = useStore(store, view => view.showsCritical)
  return (
    <Waterfall
      {...{ build, before, showsCritical, onChoose }}
      onShowCritical={shows => store.setState({ showsCritical: shows })}
    />
  )
}

interface ChoosesStep {
  readonly onChoose: (vertex: VertexDigest) => void
}

function vertexOf(build: BuildState, row: BuildRow | undefined): string | null {
  switch (row?.kind) {
    case 'group':
      return tellingStep(build, row.steps)
    case 'step':
      return row.step.vertex
    case 'warning':
    case undefined:
      return null
  }
}

function sameSelection(a: Selection, b: Selection): boolean {
  if (a === b) return true
  if (a.kind === 'stage' && b.kind === 'stage') return a.stage === b.stage
  if (a.kind === 'step' && b.kind === 'step') return a.stage === b.stage && a.instruction === b.instruction
  if (a.kind === 'edge' && b.kind === 'edge') return a.edge === b.edge
  return a.kind === 'none' && b.kind === 'none'
}

/** The row of what is selected elsewhere, where the build still has it. */
function rowOfSelection(
  build: BuildState,
  analysis: Analysis,
  rows: readonly BuildRow[],
  selection: Selection,
): BuildRow | undefined {
  if (selection.kind === 'stage')
    return rows.find(row => row.kind === 'group' && row.stage !== null && row.stage.id === selection.stage)
  if (selection.kind !== 'step') return undefined
  const { instructions } = unchangedText(build.analysis, analysis)
  return rows.find(
    row =>
      row.kind === 'step' &&
      row.stage?.id === selection.stage &&
      row.instruction !== null &&
      instructions.get(row.instruction) === selection.instruction,
  )
}

/** What choosing a row selects in the current text; null where it no longer has it. */
function selectionOf(build: BuildState, analysis: Analysis, row: BuildRow): Selection | null {
  if (row.kind === 'warning' || row.stage === null) return null
  const { id } = row.stage
  if (!analysis.graph.stages.some(stage => stage.id === id)) return null
  if (row.kind === 'group' || row.instruction === null) return { kind: 'stage', stage: id }
  const instruction = unchangedText(build.analysis, analysis).instructions.get(row.instruction)
  return instruction === undefined ? { kind: 'stage', stage: id } : { kind: 'step', stage: id, instruction }
}

function silence(state: string): string {
  switch (state) {
    case 'cached':
      return 'This step came from the cache and printed nothing.'
    case 'queued':
      return 'This step waits for others.'
    case 'running':
      return 'This step has printed nothing yet.'
    case 'not-run':
      return 'The build ended before this step ran.'
    default:
      return 'This step printed nothing.'
  }
}
