import { stageTitle } from '../graph/stage-graph.ts'
import { countSteps } from './build-outline.ts'
import { analysisOf, loadsOf } from './build-sizes.ts'
import type { HistoryEntry, RecordedBuild } from './build-record.ts'
import { type BuildState, reduceBuild, startBuild } from './build-state.ts'
import { requestedStage } from './step-places.ts'

/** The build as it stood when it ended. `began` is on the monotonic clock of whoever shows it. */
export function replayBuild({ request, milliseconds, events, sizes }: RecordedBuild, began = 0): BuildState {
  const analysis = analysisOf(request)
  const weighed = sizes && analysis.within({ ...analysis.surroundings, weighed: loadsOf(sizes) })
  const begun = startBuild(request, weighed ?? analysis, began)
  return events.reduce((state, event) => reduceBuild(state, event, began + milliseconds), begun)
}

/** What a list shows of it. */
export function historyEntry(id: string, began: number, recorded: RecordedBuild): HistoryEntry {
  const build = replayBuild(recorded)
  const { graph } = build.analysis
  const stage = requestedStage(graph, recorded.request.target)
  const { cached, total } = countSteps(build)
  const phase = build.phase === 'succeeded' || build.phase === 'failed' ? build.phase : 'cancelled'
  return {
    ...{ id, began, phase, milliseconds: build.milliseconds ?? recorded.milliseconds },
    target: stage === undefined ? 'the file' : stageTitle(stage),
    ...{ tags: [...recorded.request.tags], stages: graph.stages.length, steps: total, cached },
    message: build.failure?.message ?? null,
  }
}
