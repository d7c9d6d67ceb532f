import { currentLines } from '../../shared/builds/current-marks.ts'
import type { BuildStore } from '../builds/build-store.ts'
import type { Session } from '../source/session.ts'

/** Selects the step that made the last build fail, whose log is shown then, and goes to its line; neither where it was edited away. */
export function showFailure(builds: BuildStore, session: Session): void {
  const { build } = builds.getState()
  const { analysis } = session.store.getState()
  const place = build === null || build.failure === null ? null : currentLines(build, analysis, build.failure.lines)
  if (place === null) return
  for (const { id, steps } of analysis.graph.stages) {
    const step = steps.find(({ line }) => line === place.start)
    if (step !== undefined) session.select({ kind: 'step', stage: id, instruction: step.instruction })
  }
  session.revealLines(place.start, place.end)
}
