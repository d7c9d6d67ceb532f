import { useMemo, useState, type KeyboardEvent } from 'react'
import type { Point } from '../../shared/graph/layout.ts'
import { stageTitle, type Stage, type StageId } from '../../shared/graph/stage-graph.ts'
import { stageHue } from '../../shared/drawing/stage-hue.ts'
import { Words } from '../ui/Words.tsx'
import { Popover } from './Popover.tsx'

interface PickStageProps {
  readonly title: string
  readonly stages: readonly Stage[]
  /** Why a stage may not be chosen: it is in the list only where nothing is against it. */
  readonly refusalOf: (stage: StageId) => string | null
  readonly at: Point
  readonly onClose: () => void
  readonly onPick: (stage: StageId) => void
}

/** Connecting without a pointer: a list of stages, narrowed by typing; one that is refused says why. */
export function PickStagePopover({ title, stages, refusalOf, at, onClose, onPick }: PickStageProps) {
  const [filter, setFilter] = useState('')
  const [chosen, setChosen] = useState(0)
  const wanted = filter.trim().toLowerCase()
  const refusals = useMemo(() => new Map(stages.map(({ id }) => [id, refusalOf(id)])), [stages, refusalOf])
  const named = stages.filter(stage => stageTitle(stage).toLowerCase().includes(wanted))
  const found = named.filter(({ id }) => refusals.get(id) === null)
  const refusal = named.map(({ id }) => refusals.get(id)).find(Boolean)
  const current = Math.min(chosen, found.length - 1)
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0 && found.length > 0) {
      event.preventDefault()
      setChosen((current + step + found.length) % found.length)
    }
    const stage = found[current]
    if (event.key === 'Enter' && stage !== undefined) {
      event.preventDefault()
      onPick(stage.id)
    }
  }
  return (
    <Popover label={title} at={at} onClose={onClose}>
      <h3 className="popover-title">{title}</h3>
      <input
        className="field popover-filter"
        data-autofocus
        role="combobox"
        aria-expanded
        aria-controls="pick-stage-list"
        aria-activedescendant={found[current] && `pick-${found[current].id}`}
        aria-label="Find a stage"
        placeholder="Find a stage"
        value={filter}
        spellCheck={false}
        autoComplete="off"
        onChange={event => {
          setFilter(event.target.value)
          setChosen(0)
        }}
        onKeyDown={onKeyDown}
      />
      <ul className="pick-list" id="pick-stage-list" role="listbox" aria-label="Stages">
        {found.map((stage, index) => (
          <li
            key={stage.id}
            id={`pick-${stage.id}`}
            role="option"
            aria-selected={index === current}
            className="pick-stage"
            onPointerMove={() => setChosen(index)}
            onClick={() => onPick(stage.id)}
          >
            <span className="pick-hue" style={{ background: stageHue(stage) }} />
            <span className="pick-index">{stage.index}</span>
            {stageTitle(stage)}
          </li>
        ))}
      </ul>
      <p className="pick-none" role="status">
        {found.length === 0 && <Words text={refusal ?? 'No such stage.'} />}
      </p>
    </Popover>
  )
}
