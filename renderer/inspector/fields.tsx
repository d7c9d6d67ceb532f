import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import type { EditOutcome } from '../../shared/edits/edit-outcome.ts'
import { Words } from '../ui/Words.tsx'
import { useDraft, useInspected } from './inspected.ts'

interface FieldProps {
  /** Names the field among those of one subject. */
  readonly name: string
  readonly label: string
  /** One line: what it does here. */
  readonly help?: string | undefined
  /** For a field whose place says what it is: the name is read out, not shown. */
  readonly isBare?: boolean | undefined
}

interface TextFieldProps extends FieldProps {
  /** What the text says. */
  readonly value: string
  readonly edit: (text: string) => EditOutcome
  readonly suggestions?: readonly string[] | undefined
  readonly placeholder?: string | undefined
  readonly isProse?: boolean
  readonly isLong?: boolean
  readonly after?: ReactNode
}

/** Written on Enter and when it is left, as one edit; Escape gives back what the text says. A refusal loses nothing. */
export function TextField(props: TextFieldProps) {
  const { name, value, edit, suggestions = [], placeholder, isProse = false, isLong = false } = props
  const { apply } = useInspected()
  const { shown, isTyped, type, drop, written } = useDraft(name)
  const [refusal, setRefusal] = useState<string | null>(null)
  const id = useId()
  const text = shown ?? value

  const commit = () => {
    if (!isTyped) return
    const applied = text === value ? { kind: 'unchanged' as const } : apply(edit(text))
    setRefusal(applied.kind === 'refused' ? applied.reason : null)
    if (applied.kind === 'unchanged') drop()
    if (applied.kind === 'written') written()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !(isLong && event.shiftKey)) {
      event.preventDefault()
      commit()
    }
    if (event.key === 'Escape' && isTyped) {
      event.stopPropagation()
      drop()
      setRefusal(null)
    }
  }
  const controls = {
    id,
    className: 'field',
    'data-code': isProse ? undefined : true,
    'data-typed': isTyped || undefined,
    'aria-describedby': `${id}-words`,
    'aria-invalid': refusal !== null || undefined,
    value: text,
    placeholder,
    spellCheck: isProse,
    autoComplete: 'off',
    onKeyDown,
    onBlur: commit,
  }
  return (
    <Frame {...props} id={id} refusal={refusal} hint={isTyped ? typedHint(isLong) : null}>
      {isLong ? (
        <textarea {...controls} onChange={event => type(event.target.value)} />
      ) : (
        <input {...controls} list={`${id}-list`} onChange={event => type(event.target.value)} />
      )}
      {props.after}
      {suggestions.length > 0 && (
        <datalist id={`${id}-list`}>
          {suggestions.map(each => (
            <option key={each} value={each} />
          ))}
        </datalist>
      )}
    </Frame>
  )
}

function typedHint(isLong: boolean): string {
  return isLong
    ? 'Enter writes this into the text, Shift+Enter breaks the line, Escape drops it.'
    : 'Enter writes this into the text, Escape drops it.'
}

interface SwitchFieldProps extends FieldProps {
  readonly isOn: boolean
  readonly edit: (isOn: boolean) => EditOutcome
}

export function SwitchField({ isOn, edit, ...field }: SwitchFieldProps) {
  const { apply } = useInspected()
  const [refusal, setRefusal] = useState<string | null>(null)
  const id = useId()
  return (
    <div className="inspector-field" data-switch>
      <label className="inspector-switch">
        <input
          type="checkbox"
          aria-describedby={`${id}-words`}
          checked={isOn}
          onChange={event => {
            const applied = apply(edit(event.target.checked))
            setRefusal(applied.kind === 'refused' ? applied.reason : null)
          }}
        />
        {field.label}
      </label>
      <FieldWords id={id} refusal={refusal} hint={null} help={field.help} />
    </div>
  )
}

export interface Choice {
  readonly value: string
  readonly title: string
}

interface ChoiceFieldProps extends FieldProps {
  readonly value: string
  readonly choices: readonly Choice[]
  readonly edit: (value: string) => EditOutcome
}

/** A choice made with the arrow keys is written when the field is left or with Enter: one edit, however many keys. */
export function ChoiceField(props: ChoiceFieldProps) {
  const { name, value, choices, edit } = props
  const { apply } = useInspected()
  const { shown, isTyped, type, drop, written } = useDraft(name)
  const [refusal, setRefusal] = useState<string | null>(null)
  const isWalking = useRef(false)
  const id = useId()

  const commit = (chosen: string) => {
    const applied = chosen === value ? { kind: 'unchanged' as const } : apply(edit(chosen))
    setRefusal(applied.kind === 'refused' ? applied.reason : null)
    if (applied.kind === 'written') written()
    else drop()
  }
  return (
    <Frame {...props} id={id} refusal={refusal} hint={isTyped ? typedHint(false) : null}>
      <select
        id={id}
        className="field"
        aria-describedby={`${id}-words`}
        data-typed={isTyped || undefined}
        value={shown ?? value}
        onPointerDown={() => (isWalking.current = false)}
        onKeyDown={event => {
          isWalking.current = event.key !== 'Enter'
          if (event.key === 'Enter' && isTyped) commit(shown ?? value)
          if (event.key !== 'Escape' || !isTyped) return
          event.stopPropagation()
          drop()
        }}
        onChange={event => {
          type(event.target.value)
          if (!isWalking.current) commit(event.target.value)
        }}
        onBlur={() => isTyped && commit(shown ?? value)}
      >
        {choices.map(choice => (
          <option key={choice.value} value={choice.value}>
            {choice.title}
          </option>
        ))}
      </select>
    </Frame>
  )
}

interface FrameProps extends FieldProps {
  readonly id: string
  readonly refusal: string | null
  readonly hint: string | null
  readonly children: ReactNode
}

function Frame({ id, label, help, isBare, refusal, hint, children }: FrameProps) {
  return (
    <div className="inspector-field">
      <label className={isBare === true ? 'visually-hidden' : 'label'} htmlFor={id}>
        {label}
      </label>
      <div className="inspector-control">{children}</div>
      <FieldWords id={id} refusal={refusal} hint={hint} help={help} />
    </div>
  )
}

function FieldWords({ id, refusal, hint, help }: Pick<FrameProps, 'id' | 'refusal' | 'hint' | 'help'>) {
  const words = refusal ?? hint ?? help ?? ''
  return (
    <p
      id={`${id}-words`}
      className="inspector-words"
      data-refused={refusal !== null || undefined}
      role={refusal === null ? undefined : 'alert'}
    >
      <Words text={words} />
    </p>
  )
}
