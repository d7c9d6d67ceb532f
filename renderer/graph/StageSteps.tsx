import { GripVertical } from 'lucide-react'
import type { PointerEvent } from 'react'
import type { StepRow } from '../../shared/drawing/card-model.ts'
import type { StageId } from '../../shared/graph/stage-graph.ts'
import { useRowDrag, type RowDrop } from '../ui/use-row-drag.ts'
import { MarkIcon } from './CardMarks.tsx'
import type { StepPlace } from './drop-step.ts'
import { useCardActions } from './pane-store.ts'

interface StageStepsProps {
  readonly stage: StageId
  readonly rows: readonly StepRow[]
}

/** What a stage does, a row for each step; a row is dragged up and down by its grip. */
export function StageSteps({ stage, rows }: StageStepsProps) {
  const actions = useCardActions()
  const { drag, press } = useRowDrag((row, over) => {
    const [dropped, beside] = [row, over.row].map(key => rows.find(each => rowKey(stage, each) === key))
    if (dropped !== undefined && beside !== undefined)
      actions.dropStep(placeOf(stage, dropped), placeOf(stage, beside), over.above)
  })
  return rows.map(row => (
    <Step
      key={row.instruction}
      stage={stage}
      row={row}
      drop={drag?.over?.row === rowKey(stage, row) && drag.row !== drag.over.row ? drag.over : null}
      onGrip={event => press(rowKey(stage, row), event)}
    />
  ))
}

function rowKey(stage: StageId, { instruction }: StepRow): string {
  return `${stage} ${instruction}`
}

function placeOf(stage: StageId, { instruction }: StepRow): StepPlace {
  return { kind: 'step', stage, instruction }
}

interface StepProps {
  readonly stage: StageId
  readonly row: StepRow
  /** Where a dragged step would go. */
  readonly drop: RowDrop | null
  readonly onGrip: (event: PointerEvent) => void
}

function Step({ stage, row, drop, onGrip }: StepProps) {
  const actions = useCardActions()
  return (
    <div
      className="stage-step"
      data-drag-row={rowKey(stage, row)}
      data-drop={drop === null ? undefined : drop.above ? 'above' : 'below'}
      data-selected={row.selected}
      data-state={row.mark?.state}
      title={`${row.keyword} ${row.gist}`}
      onClick={event => {
        // With a modifier it is the stage that is meant.
        if (event.shiftKey || event.ctrlKey || event.metaKey) return
        event.stopPropagation()
        actions.selectStep(stage, row.instruction)
      }}
      onDoubleClick={event => {
        event.stopPropagation()
        actions.showStep(stage, row.instruction)
      }}
    >
      <span
        className="step-grip nodrag nopan"
        title="Drag to move this step"
        onPointerDown={event => {
          event.stopPropagation()
          onGrip(event)
        }}
      >
        <GripVertical size={12} aria-hidden />
      </span>
      <span className="step-keyword">{row.keyword}</span>
      <span className="step-gist">{row.gist}</span>
      {row.mark !== null && <MarkIcon mark={row.mark} />}
    </div>
  )
}
