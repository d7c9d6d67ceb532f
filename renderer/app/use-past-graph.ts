import { useMemo } from 'react'
import { useStore } from 'zustand'
import type { BuildStore } from '../builds/build-store.ts'
import type { Selection } from '../../shared/selection.ts'
import type { GraphPaneProps } from '../graph/graph-pane-props.ts'
import { notify } from '../ui/notices.ts'

function refuse(): false {
  notify('This is the graph as it was built then. Go back to the text to change it.')
  return false
}

/** Nothing of the past can be changed, and its lines need not be where the text has them now. */
const readOnly = {
  recalled: null,
  onPlace: refuse,
  perform: refuse,
  catchUp: () => undefined,
  contextPaths: () => {
    refuse()
    return Promise.resolve(null)
  },
  onBuild: null,
  onShowFiles: null,
  onShowSource: refuse,
  onShowForm: refuse,
  onShowProblems: refuse,
  onShowFailure: refuse,
} satisfies Partial<GraphPaneProps>

/** What the canvas is told in place of the text as it stands while it shows a build of the past; else nothing. */
export function usePastGraph(builds: BuildStore): Partial<GraphPaneProps> {
  const past = useStore(builds, view => view.past)
  return useMemo(
    () =>
      past === null
        ? {}
        : {
            ...readOnly,
            analysis: past.build.analysis,
            selection: past.selection,
            onSelect: (selection: Selection) => builds.showPast({ ...past, selection }),
          },
    [builds, past],
  )
}
