import { GripVertical } from 'lucide-react'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { moveInstruction, moveInstructionDown, moveInstructionUp } from '../../shared/edits/move-instruction.ts'
import { removeInstruction } from '../../shared/edits/remove-instruction.ts'
import type { EditOutcome } from '../../shared/edits/edit-outcome.ts'
import type { Stage, Step } from '../../shared/graph/stage-graph.ts'
import { Words } from '../ui/Words.tsx'
import { useInspected } from './inspected.ts'
import { RemoveButton } from './lists.tsx'

/** The steps of a stage: each opens its form; they are moved with the mouse or with Alt and the arrow keys. */
export function StepList({ stage }: { readonly stage: Stage }) {
  const { analysis, apply } = useInspected()
  const [dragged, setDragged] = useState<number | null>(null)
  const [above, setAbove] = useState<number | null>(null)
  const [words, setWords] = useState<{ readonly text: string; readonly isRefused: boolean } | null>(null)
  const list = useRef<HTMLUListElement>(null)
  /** Instruction index of the step that is to have the focus once the text has been read again. */
  const focusNext = useRef<number | null>(null)
  useEffect(() => {
    const row = list.current?.querySelector<HTMLElement>(`[data-instruction="${focusNext.current}"] .inspector-row`)
    focusNext.current = null
    row?.focus()
  }, [analysis])

  const first = stage.steps[0]?.instruction ?? 0
  const end = first + stage.steps.length
  const perform = (outcome: EditOutcome, focus: number | null) => {
    const applied = apply(outcome)
    setWords(
      applied.kind === 'refused'
        ? { text: applied.reason, isRefused: true }
        : { text: outcome.kind === 'edits' ? outcome.title : '', isRefused: false },
    )
    if (applied.kind === 'written') focusNext.current = focus
  }
  const drop = () => {
    if (dragged !== null && above !== null && above !== dragged && above !== dragged + 1)
      perform(moveInstruction(analysis, dragged, above === end ? null : above), above > dragged ? above - 1 : above)
  }
  const letGo = () => {
    setDragged(null)
    setAbove(null)
  }
  const onKeyDown = (event: KeyboardEvent, { instruction }: Step) => {
    const act = (outcome: EditOutcome, focus: number) => {
      event.preventDefault()
      perform(outcome, focus)
    }
    if (event.altKey && event.key === 'ArrowUp') act(moveInstructionUp(analysis, instruction), instruction - 1)
    else if (event.altKey && event.key === 'ArrowDown') act(moveInstructionDown(analysis, instruction), instruction + 1)
    else if (event.key === 'Delete' || event.key === 'Backspace')
      act(removeInstruction(analysis, instruction), Math.min(instruction, end - 2))
    else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault()
      const next = instruction + (event.key === 'ArrowUp' ? -1 : 1)
      list.current?.querySelector<HTMLElement>(`[data-instruction="${next}"] .inspector-row`)?.focus()
    }
  }
  if (stage.steps.length === 0) return <p className="inspector-words">No steps yet: it is what its base is.</p>
  return (
    <>
      <ul className="inspector-rows" ref={list}>
        {stage.steps.map(step => (
          <StepRow
            key={step.instruction}
            stage={stage}
            step={step}
            mark={above === step.instruction ? 'above' : above === end && step.instruction === end - 1 ? 'below' : null}
            onKeyDown={event => onKeyDown(event, step)}
            onDrag={() => setDragged(step.instruction)}
            onOver={isBelow => dragged !== null && setAbove(step.instruction + (isBelow ? 1 : 0))}
            onDrop={drop}
            onDragEnd={letGo}
          />
        ))}
      </ul>
      <p className="inspector-words" data-refused={words?.isRefused === true || undefined} role="status">
        <Words text={words?.text ?? 'Drag a step, or press Alt with ↑ or ↓, to move it. Delete takes it away.'} />
      </p>
    </>
  )
}

interface StepRowProps {
  readonly stage: Stage
  readonly step: Step
  /** Where the dragged step would go. */
  readonly mark: 'above' | 'below' | null
  readonly onKeyDown: (event: KeyboardEvent) => void
  readonly onDrag: () => void
  readonly onOver: (isBelow: boolean) => void
  readonly onDrop: () => void
  /** It was dropped somewhere, or let go. */
  readonly onDragEnd: () => void
}

function StepRow({ stage, step, mark, onKeyDown, onDrag, onOver, onDrop, onDragEnd }: StepRowProps) {
  const { analysis, select } = useInspected()
  const { instruction, keyword, gist, line } = step
  return (
    <li
      className="inspector-step"
      data-instruction={instruction}
      data-drop={mark}
      draggable
      onDragStart={event => {
        event.dataTransfer.effectAllowed = 'move'
        event.dataTransfer.setData('application/x-slipway-step', gist)
        onDrag()
      }}
      onDragOver={event => {
        event.preventDefault()
        const { top, height } = event.currentTarget.getBoundingClientRect()
        onOver(event.clientY > top + height / 2)
      }}
      onDrop={event => {
        event.preventDefault()
        onDrop()
      }}
      onDragEnd={onDragEnd}
    >
      <GripVertical size={14} aria-hidden className="inspector-grip" />
      <button
        type="button"
        className="inspector-row"
        aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown Delete"
        title={`${keyword} ${gist}`}
        onKeyDown={onKeyDown}
        onClick={() => select({ kind: 'step', stage: stage.id, instruction })}
      >
        <span className="inspector-keyword">{keyword}</span>
        <span className="inspector-gist">{gist}</span>
      </button>
      <RemoveButton
        label={`Remove ${keyword} on line ${line}`}
        outcome={() => removeInstruction(analysis, instruction)}
      />
    </li>
  )
}
