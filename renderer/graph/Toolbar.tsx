import { Download, FolderOpen, Maximize, Plus, Shapes, WandSparkles, ZoomIn, ZoomOut } from 'lucide-react'
import { useStore } from '@xyflow/react'
import { useTitleOf } from '../commands/use-commands.ts'
import { Button, IconButton } from '../ui/controls.tsx'
import type { Point } from '../../shared/graph/layout.ts'

interface ToolbarProps {
  /** How often the file reads the main build context; those edges are hidden until asked for. */
  readonly contextCount: number
  readonly showContext: boolean
  readonly onToggleContext: () => void
  readonly onFit: () => void
  readonly onActualSize: () => void
  readonly onZoomIn: () => void
  readonly onZoomOut: () => void
  readonly onTidy: () => void
  /** With the place, in window pixels, at which to ask for the stage. */
  readonly onAddStage: (at: Point) => void
  /** With the place of the menu, in window pixels. */
  readonly addPanel: boolean
  readonly onAddPanel: () => void
  readonly onExport: (at: Point) => void
}

export function Toolbar(props: ToolbarProps) {
  const { contextCount, showContext, onAddStage } = props
  const titleOf = useTitleOf()
  const zoom = useStore(state => Math.round(state.transform[2] * 100))
  return (
    <div className="graph-toolbar" role="toolbar" aria-label="Canvas">
      <Button
        icon={Plus}
        variant="quiet"
        onClick={event => {
          const { left, bottom } = event.currentTarget.getBoundingClientRect()
          onAddStage({ x: left, y: bottom + 8 })
        }}
      >
        Add stage
      </Button>
      <IconButton
        icon={Shapes}
        label={titleOf('canvas.addPanel')}
        pressed={props.addPanel}
        onClick={props.onAddPanel}
      />
      {contextCount > 0 && (
        <Button
          icon={FolderOpen}
          variant="quiet"
          aria-pressed={showContext}
          title={`${showContext ? 'Hide' : 'Show'} the build context and what is copied from it`}
          onClick={props.onToggleContext}
        >
          Context <span className="graph-toolbar-count">{contextCount}</span>
        </Button>
      )}
      <span className="graph-toolbar-rule" />
      <IconButton icon={WandSparkles} label={titleOf('canvas.tidy')} onClick={props.onTidy} />
      <IconButton
        icon={Download}
        label={titleOf('canvas.export')}
        onClick={event => {
          const { left, bottom } = event.currentTarget.getBoundingClientRect()
          props.onExport({ x: left, y: bottom + 8 })
        }}
      />
      <IconButton icon={Maximize} label={titleOf('canvas.fit')} onClick={props.onFit} />
      <IconButton icon={ZoomOut} label={titleOf('canvas.zoomOut')} onClick={props.onZoomOut} />
      <button type="button" className="graph-zoom" title={titleOf('canvas.actualSize')} onClick={props.onActualSize}>
        {zoom} %
      </button>
      <IconButton icon={ZoomIn} label={titleOf('canvas.zoomIn')} onClick={props.onZoomIn} />
    </div>
  )
}
