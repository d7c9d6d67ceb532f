import { useStore } from 'zustand'
import type { Workspace } from './workspace-state.ts'

/** Size of each pane of a group, in per cent. */
type Layout = Readonly<Record<string, number>>

interface PaneGroup {
  readonly defaultLayout: Record<string, number>
  readonly onLayoutChanged: (layout: Layout) => void
}

/** Remembered sizes of a group of panes; what was never changed has the sizes given here. */
export function usePanes(workspace: Workspace): (initial: Layout) => PaneGroup {
  const remembered = useStore(workspace.store, state => state.settings.panes)
  return initial => {
    const ids = Object.keys(initial)
    // The same pane has another size beside other panes, so a size is remembered for the whole group.
    const key = (id: string) => `${ids.join(' ')}: ${id}`
    return {
      defaultLayout: Object.fromEntries(ids.map(id => [id, remembered[key(id)] ?? initial[id] ?? 0])),
      onLayoutChanged(layout) {
        if (ids.some(id => layout[id] === undefined)) return
        const sizes = Object.fromEntries(ids.map(id => [key(id), Math.round((layout[id] ?? 0) * 10) / 10]))
        const changed = ids.some(
          id => Math.abs((sizes[key(id)] ?? 0) - (remembered[key(id)] ?? initial[id] ?? 0)) > 0.2,
        )
        if (changed) workspace.changeSettings({ panes: { ...remembered, ...sizes } })
      },
    }
  }
}
