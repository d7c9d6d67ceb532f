import { useId, useState } from 'react'
import type { Analysis } from '../../shared/analysis.ts'
import type { EngineImage } from '../../shared/bridge/contract.ts'
import { addStage, type StageBase } from '../../shared/edits/add-stage.ts'
import type { EditOutcome } from '../../shared/edits/edit-outcome.ts'
import { readBase } from '../../shared/edits/read-source.ts'
import { stageDependents, type Replacement } from '../../shared/edits/remove-stage.ts'
import { removeStages } from '../../shared/edits/remove-stages.ts'
import { titleOfSeveral } from '../../shared/edits/sequence.ts'
import { setBase } from '../../shared/edits/set-base.ts'
import type { Point } from '../../shared/graph/layout.ts'
import { stageTitle, type Stage, type StageId } from '../../shared/graph/stage-graph.ts'
import { Button } from '../ui/controls.tsx'
import { Words } from '../ui/Words.tsx'
import { Foot } from './ConnectPopover.tsx'
import { Popover } from './Popover.tsx'

const commonImages = ['golang', 'node', 'python', 'alpine', 'debian', 'scratch']

interface AddStageProps {
  readonly analysis: Analysis
  readonly images: readonly EngineImage[]
  /** What the base field starts with; '' to ask for it first. */
  readonly base: string
  /** The stage that it follows in the text, by its base; null for above the final one. */
  readonly after: (base: StageBase) => StageId | null
  readonly at: Point
  readonly onClose: () => void
  readonly onAdd: (outcome: EditOutcome) => void
}

export function AddStagePopover({ analysis, images, base: firstBase, after, at, onClose, onAdd }: AddStageProps) {
  const [base, setBaseText] = useState(firstBase)
  const [name, setName] = useState('')
  const read = readBase(analysis, base)
  const outcome = addStage(analysis, { base: read, name, after: after(read) })
  return (
    <Popover label="Add stage" at={at} onClose={onClose}>
      <form
        onSubmit={event => {
          event.preventDefault()
          if (outcome.kind === 'edits') onAdd(outcome)
        }}
      >
        <h3 className="popover-title">Add stage</h3>
        <BaseField
          analysis={analysis}
          images={images}
          except={null}
          value={base}
          onChange={setBaseText}
          autoFocus={firstBase === ''}
        />
        <label className="popover-row">
          <span className="label">Name</span>
          <input
            className="field"
            data-code
            data-autofocus={firstBase === '' ? undefined : true}
            value={name}
            placeholder="build"
            spellCheck={false}
            autoComplete="off"
            onChange={event => setName(event.target.value)}
          />
        </label>
        <Foot outcome={quietWhile(base.trim() === '', outcome)} verb="Add stage" onClose={onClose} />
      </form>
    </Popover>
  )
}

interface ChangeBaseProps {
  readonly analysis: Analysis
  readonly images: readonly EngineImage[]
  readonly stage: Stage
  readonly at: Point
  readonly onClose: () => void
  readonly onChange: (outcome: EditOutcome) => void
}

export function ChangeBasePopover({ analysis, images, stage, at, onClose, onChange }: ChangeBaseProps) {
  const [base, setBaseText] = useState(stage.writtenBase)
  const outcome = setBase(analysis, stage.id, readBase(analysis, base))
  return (
    <Popover label={`Change the base of ${stageTitle(stage)}`} at={at} onClose={onClose}>
      <form
        onSubmit={event => {
          event.preventDefault()
          if (outcome.kind === 'edits') onChange(outcome)
        }}
      >
        <h3 className="popover-title">
          Change the base of <b>{stageTitle(stage)}</b>
        </h3>
        <BaseField
          analysis={analysis}
          images={images}
          except={stage.id}
          value={base}
          onChange={setBaseText}
          autoFocus
        />
        <Foot outcome={quietWhile(base.trim() === stage.writtenBase, outcome)} verb="Change base" onClose={onClose} />
      </form>
    </Popover>
  )
}

/** Before anything was typed, a refusal would only scold: the button is off, and that says enough. */
function quietWhile(isUntouched: boolean, outcome: EditOutcome): EditOutcome {
  return isUntouched && outcome.kind === 'refused' ? { kind: 'refused', reason: '' } : outcome
}

interface BaseFieldProps {
  readonly analysis: Analysis
  readonly images: readonly EngineImage[]
  readonly except: StageId | null
  readonly value: string
  readonly onChange: (value: string) => void
  readonly autoFocus: boolean
}

function BaseField({ analysis, images, except, value, onChange, autoFocus }: BaseFieldProps) {
  const list = useId()
  return (
    <label className="popover-row">
      <span className="label">Base: an image or a stage</span>
      <input
        className="field"
        data-code
        data-autofocus={autoFocus ? true : undefined}
        list={list}
        value={value}
        placeholder="golang:1.25"
        spellCheck={false}
        autoComplete="off"
        onChange={event => onChange(event.target.value)}
      />
      <datalist id={list}>
        {images.map(({ reference }) => (
          <option key={reference} value={reference}>
            On the engine
          </option>
        ))}
        {analysis.graph.stages
          .filter(stage => stage.id !== except)
          .map(stage => (
            <option key={stage.id} value={stageTitle(stage)}>
              Stage
            </option>
          ))}
        {commonImages.map(image => (
          <option key={image} value={image} />
        ))}
      </datalist>
    </label>
  )
}

interface RemoveStagesProps {
  readonly analysis: Analysis
  readonly stages: readonly Stage[]
  readonly at: Point
  readonly onClose: () => void
  readonly onRemove: (outcome: EditOutcome) => void
}

const replacements = [
  { kind: 'none', title: 'Delete what was taken from it, too' },
  { kind: 'parent', title: 'Take that from its base instead' },
  { kind: 'stage', title: 'Take all of it from another stage' },
] as const

/** Says what else changes with stages that go, and asks what comes in their place. */
export function RemoveStagesPopover({ analysis, stages, at, onClose, onRemove }: RemoveStagesProps) {
  const ids = stages.map(stage => stage.id)
  const title = titleOfSeveral(stages.map(stageTitle))
  const [kind, setKind] = useState<(typeof replacements)[number]['kind']>('none')
  const others = analysis.graph.stages.filter(stage => !ids.includes(stage.id))
  const [other, setOther] = useState(others[0]?.id)
  const replacement: Replacement =
    kind !== 'stage' ? { kind } : other === undefined ? { kind: 'none' } : { kind, stage: other }
  const outcome = removeStages(analysis, ids, replacement)
  return (
    <Popover label={`Delete ${title}`} at={at} onClose={onClose}>
      <form
        onSubmit={event => {
          event.preventDefault()
          if (outcome.kind === 'edits') onRemove(outcome)
        }}
      >
        <h3 className="popover-title">
          Delete <b>{title}</b>?
        </h3>
        <fieldset className="popover-choices">
          <legend className="visually-hidden">In its place</legend>
          {replacements.map(each => (
            <label key={each.kind}>
              <input
                type="radio"
                name="replacement"
                data-autofocus={each.kind === 'none' ? true : undefined}
                checked={kind === each.kind}
                onChange={() => setKind(each.kind)}
              />
              {each.title}
            </label>
          ))}
          {kind === 'stage' && (
            <select
              className="field"
              aria-label="Stage to take from instead"
              value={other}
              onChange={event => setOther(others.find(stage => stage.id === event.target.value)?.id)}
            >
              {others.map(stage => (
                <option key={stage.id} value={stage.id}>
                  {stageTitle(stage)}
                </option>
              ))}
            </select>
          )}
        </fieldset>
        <ul className="popover-list">
          {stageDependents(analysis, ids, replacement).map(sentence => (
            <li key={sentence}>
              <Words text={sentence} />
            </li>
          ))}
        </ul>
        {outcome.kind === 'refused' && (
          <p className="popover-words" data-refused aria-live="polite">
            <Words text={outcome.reason} />
          </p>
        )}
        <div className="popover-actions">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="danger" disabled={outcome.kind === 'refused'}>
            Delete
          </Button>
        </div>
      </form>
    </Popover>
  )
}
