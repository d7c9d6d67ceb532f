import { useState } from 'react'
import { useStore } from 'zustand'
import type { Analysis } from '../../shared/analysis.ts'
import { noMarks, type BuildMarks } from '../../shared/builds/build-marks.ts'
import type { BuildState } from '../../shared/builds/build-state.ts'
import { marksFor } from '../../shared/builds/current-marks.ts'
import { criticalStages } from '../../shared/builds/timeline.ts'
import type { BuildStore } from './build-store.ts'

/** Marks of the last build for the text as it stands now; the same value for as long as they say the same. */
export function useBuildMarks(store: BuildStore, analysis: Analysis): BuildMarks {
  const [marks] = useState(rememberMarks)
  return useStore(store, view => (view.build === null ? noMarks : marks(view.build, analysis, view.showsCritical)))
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
