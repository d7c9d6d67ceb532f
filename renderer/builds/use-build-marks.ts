import { useState } from 'react'
import { useStore } from 'zustand'
import type { Analysis } from '../../shared/analysis.ts'
import { noMarks, type BuildMarks } from '../../shared/builds/build-marks.ts'
import type { BuildState } from '../../shared/builds/build-state.ts'
import { marksFor } from '../../shared/builds/current-marks.ts'
import type { BuildStore } from './build-store.ts'

/** Marks of the last build for the text as it stands now; the same value for as long as they say the same. */
export function useBuildMarks(store: BuildStore, analysis: Analysis): BuildMarks {
  const [marks] = useState(rememberMarks)
  return useStore(store, view => (view.build === null ? noMarks : marks(view.build, analysis)))
}

/** Output and transfers come by the thousand and change no mark: only steps and the build's end do. */
function rememberMarks(): (build: BuildState, analysis: Analysis) => BuildMarks {
  let seen: readonly [BuildState, Analysis] | null = null
  let marks = noMarks
  return (build, analysis) => {
    const [before, text] = seen ?? []
    const same =
      before?.steps === build.steps &&
      before.phase === build.phase &&
      before.analysis === build.analysis &&
      text === analysis
    if (!same) marks = marksFor(build, analysis)
    seen = [build, analysis]
    return marks
  }
}
