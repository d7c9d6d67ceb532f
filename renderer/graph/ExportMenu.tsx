import { Clipboard, FileCode, FileImage } from 'lucide-react'
import { useStore } from 'zustand'
import { toMermaid } from '../../shared/graph/mermaid.ts'
import { notify } from '../ui/notices.ts'
import { exportGraph, type Exported } from './export-graph.ts'
import { MenuEntry } from './MenuEntry.tsx'
import type { PaneStore } from './pane-store.ts'
import { Popover } from './Popover.tsx'

/** What the graph can be taken away as: as it is seen, or as text for other tools. */
export function ExportMenu({ store, ...exported }: Exported & { readonly store: PaneStore }) {
  const opened = useStore(store, state => state.opened)
  if (opened?.kind !== 'export-menu') return null
  const close = () => store.setState({ opened: null })
  const then = (act: () => Promise<void>) => () => {
    close()
    act().catch((error: unknown) =>
      notify(`The graph was not exported. ${error instanceof Error ? error.message : String(error)}`, 'error'),
    )
  }
  return (
    <Popover label="Export the graph" at={opened.at} onClose={close} isMenu>
      <MenuEntry icon={FileImage} label="Save as SVG" onChoose={then(() => exportGraph('svg', exported))} />
      <MenuEntry icon={FileImage} label="Save as PNG" onChoose={then(() => exportGraph('png', exported))} />
      <hr className="menu-rule" />
      <MenuEntry icon={FileCode} label="Save as Mermaid" onChoose={then(() => exportGraph('mermaid', exported))} />
      <MenuEntry icon={FileCode} label="Save as DOT" onChoose={then(() => exportGraph('dot', exported))} />
      <MenuEntry
        icon={Clipboard}
        label="Copy as Mermaid"
        onChoose={then(() => navigator.clipboard.writeText(toMermaid(exported.graph)))}
      />
    </Popover>
  )
}
