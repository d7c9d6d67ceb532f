import { MousePointerClick } from 'lucide-react'
import { useMemo, type ReactNode } from 'react'
import type { Analysis } from '../../shared/analysis.ts'
import type { Selection } from '../../shared/selection.ts'
import '../ui/panel-empty.css'
import { EdgeForm } from './EdgeForm.tsx'
import { InspectedContext, type Inspected } from './inspected.ts'
import './inspector.css'
import { StageForm } from './StageForm.tsx'
import { StepForm } from './StepForm.tsx'

interface InspectorProps {
  readonly inspected: Omit<Inspected, 'subject'>
  readonly selection: Selection
  /** Another number for every other thing selected; the same while the text moves what is selected. */
  readonly selectionNumber: number
}

/** The form of what is selected: a stage, one of its steps, or an edge. */
export function Inspector({ inspected, selection, selectionNumber }: InspectorProps) {
  const { analysis } = inspected
  const subject = subjectOf(analysis, selection)
  const whole = useMemo(() => ({ ...inspected, subject }), [inspected, subject])
  return (
    <InspectedContext value={whole}>
      <div className="inspector" key={selectionNumber}>
        {formOf(analysis, selection)}
      </div>
    </InspectedContext>
  )
}

/** A step is named by its text, since its number changes with every line above it. */
function subjectOf({ file, graph }: Analysis, selection: Selection): string {
  switch (selection.kind) {
    case 'none':
      return ''
    case 'stage':
      return selection.stage
    case 'step':
      return `${selection.stage} ${file.instructions[selection.instruction]?.raw ?? ''}`
    case 'edge': {
      const edge = graph.edges.find(each => each.id === selection.edge)
      return edge === undefined ? '' : `${edge.to} ${file.text.slice(edge.range.from, edge.range.to)}`
    }
  }
}

function formOf({ graph }: Analysis, selection: Selection): ReactNode {
  switch (selection.kind) {
    case 'none':
      break
    case 'stage': {
      const stage = graph.stages.find(each => each.id === selection.stage)
      if (stage !== undefined) return <StageForm stage={stage} />
      break
    }
    case 'step': {
      const stage = graph.stages.find(each => each.id === selection.stage)
      const step = stage?.steps.find(each => each.instruction === selection.instruction)
      if (stage !== undefined && step !== undefined) return <StepForm stage={stage} step={step} />
      break
    }
    case 'edge': {
      const edge = graph.edges.find(each => each.id === selection.edge)
      const stage = graph.stages.find(each => each.id === edge?.to)
      if (edge !== undefined && stage !== undefined) return <EdgeForm edge={edge} stage={stage} />
      break
    }
  }
  return (
    <div className="panel-empty">
      <MousePointerClick size={24} aria-hidden />
      <p className="panel-empty-title">Nothing is selected</p>
      <p>Select a stage, a step or an edge on the canvas, or put the cursor into the text: its form is shown here.</p>
    </div>
  )
}
