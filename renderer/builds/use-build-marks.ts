import { useState } from 'react'
import { useStore } from 'zustand'
import type { Analysis } from '../../shared/analysis.ts'
import { noMarks, type BuildMarks } from '../../shared/builds/build-marks.ts'
import type { BuildState } from '../../shared/builds/build-state.ts'
import { marksFor } from '../../shared/builds/current-marks.ts'
import { criticalStages } from '../../shared/builds/timeline.ts'
import type { BuildStore } from './build-store.ts'

/** Marks of the last build, or of the past one that is shown, for `analysis`; the same value while they say the same. */
export function useBuildMarks(store: BuildStore, analysis: Analysis): BuildMarks {
  const [marks] = useState(rememberMarks)
  return useStore(store, view => {
    const build = view.past?.build ?? view.build
    return build === null ? noMarks : marks(build, analysis, view.showsCritical)
  })
}

/** Output and transfers come by the thousand and change no mark: only steps and the build's end do. */
function rememberMarks(): (build: BuildState, analysis: Analysis, showsCritical: boolean) => BuildMarks {
  let seen: readonly [BuildState, Analysis, boolean] | null = null
  let marks = noMarks
  return (build, analysis, showsCritical) => {
    const [before, text, showed] = seen ?? []
    const same =
      before?.steps === build.steps &&
      before.phase === build.phase &&
      before.analysis === build.analysis &&
      text === analysis &&
      showed === showsCritical
    if (!same) marks = withCritical(marksFor(build, analysis), build, showsCritical)
    seen = [build, analysis, showsCritical]
    return marks
  }
}

function withCritical(marks: BuildMarks, build: BuildState, showsCritical: boolean): BuildMarks {
  return showsCritical ? { ...marks, critical: criticalStages(build, performance.now()) } : marks
}
