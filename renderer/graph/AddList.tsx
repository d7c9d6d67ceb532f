import './add.css'
import { Command } from 'cmdk'
import { useMemo, useState, type KeyboardEvent, type PointerEvent } from 'react'
import type { Analysis } from '../../shared/analysis.ts'
import type { EngineImage } from '../../shared/bridge/contract.ts'
import { imageRefusal } from '../../shared/edits/stage-names.ts'
import { addGroups, type AddChoice, type Addition } from './add-choices.ts'

interface AddListProps {
  readonly analysis: Analysis
  readonly images: readonly EngineImage[]
  readonly autoFocus: boolean
  readonly onPick: (addition: Addition) => void
  /** With Shift and Enter, where that means something else: a starter is for no card. */
  readonly onGive?: (addition: Exclude<Addition, { kind: 'starter' }>) => void
  /** A press on an entry that may become a drag. */
  readonly onPress?: (choice: AddChoice, event: PointerEvent) => void
}

/** What a stage can begin from, narrowed by typing; an image that is not listed is taken as it is typed. */
export function AddList({ analysis, images, autoFocus, onPick, onGive, onPress }: AddListProps) {
  const [typed, setTyped] = useState('')
  const [opened] = useState(Date.now)
  const groups = useMemo(() => addGroups(analysis, images, opened), [analysis, images, opened])
  const wanted = typed.trim()
  const isListed = groups.some(({ choices }) => choices.some(({ title }) => title === wanted))
  const isImage = !isListed && imageRefusal(analysis, wanted) === null
  const [current, setCurrent] = useState('')
  const onKeyDown = (event: KeyboardEvent) => {
    if (onGive === undefined || event.key !== 'Enter' || !event.shiftKey) return
    event.preventDefault()
    const addition =
      current === asTyped
        ? ({ kind: 'base', base: wanted } as const)
        : groups.flatMap(({ choices }) => choices).find(({ key }) => key === current)?.addition
    if (addition?.kind === 'starter') onPick(addition)
    else if (addition !== undefined) onGive(addition)
  }
  return (
    <Command
      label="What to add"
      loop
      filter={rank}
      className="add-list"
      value={current}
      onValueChange={setCurrent}
      onKeyDown={onKeyDown}
    >
      <Command.Input
        className="field add-input"
        data-autofocus={autoFocus ? true : undefined}
        placeholder="Image, stage or starter"
        value={typed}
        onValueChange={setTyped}
      />
      <div role="status">
        <Command.Empty className="pick-none">Write an image such as alpine:3.20.</Command.Empty>
      </div>
      <Command.List className="add-entries" label="What to add">
        {groups
          .filter(({ choices }) => choices.length > 0)
          .map(({ heading, choices }) => (
            <Command.Group key={heading} heading={heading} className="add-group">
              {choices.map(choice => (
                <Command.Item
                  key={choice.key}
                  value={choice.key}
                  keywords={[choice.title, choice.detail]}
                  className="add-entry"
                  title={`${choice.title}, ${choice.detail}`}
                  onSelect={() => onPick(choice.addition)}
                  onPointerDown={event => onPress?.(choice, event)}
                >
                  <span className="add-title">{choice.title}</span>
                  <span className="add-detail">{choice.detail}</span>
                </Command.Item>
              ))}
            </Command.Group>
          ))}
        {isImage && (
          <Command.Group heading="As typed" className="add-group">
            <Command.Item value={asTyped} className="add-entry" onSelect={() => onPick({ kind: 'base', base: wanted })}>
              <span className="add-title">{wanted}</span>
              <span className="add-detail">image</span>
            </Command.Item>
          </Command.Group>
        )}
      </Command.List>
    </Command>
  )
}

const asTyped = 'as typed'

/** What begins with the words comes before what has them elsewhere; what was typed is taken for an image last of all. */
function rank(value: string, typed: string, keywords: readonly string[] = []): number {
  if (value === asTyped) return 0.01
  const wanted = typed.trim().toLowerCase()
  const [title = '', detail = ''] = keywords.map(word => word.toLowerCase())
  if (title.startsWith(wanted)) return 1
  return `${title} ${detail}`.includes(wanted) ? 0.5 : 0
}
