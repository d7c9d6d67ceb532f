import { X } from 'lucide-react'
import type { EditOutcome } from '../../shared/edits/edit-outcome.ts'
import { IconButton } from '../ui/controls.tsx'
import { TextField } from './fields.tsx'
import { useInspected } from './inspected.ts'
import { useState } from 'react'
import { Words } from '../ui/Words.tsx'

interface ListFieldProps {
  readonly name: string
  readonly label: string
  /** What one entry is called: "source". */
  readonly entry: string
  readonly help?: string | undefined
  readonly values: readonly string[]
  readonly edit: (values: readonly string[]) => EditOutcome
  readonly suggestions?: readonly string[] | undefined
  readonly placeholder?: string | undefined
}

/** Several values, a field each, and an empty one for the next. An entry that is emptied goes. */
export function ListField({ name, label, entry, help, values, edit, suggestions, placeholder }: ListFieldProps) {
  const changed = (at: number, text: string) =>
    edit(text.trim() === '' ? values.toSpliced(at, 1) : values.with(at, text))
  return (
    <fieldset className="inspector-list">
      <legend className="label">{label}</legend>
      {values.map((value, at) => (
        <TextField
          key={at}
          name={`${name} ${at}`}
          label={`${label}, ${entry} ${at + 1}`}
          isBare
          value={value}
          edit={text => changed(at, text)}
          suggestions={suggestions}
          after={<RemoveButton label={`Remove ${entry} ${value}`} outcome={() => edit(values.toSpliced(at, 1))} />}
        />
      ))}
      <TextField
        key={values.length}
        name={`${name} new`}
        label={`Add ${entry}`}
        isBare
        help={help}
        value=""
        placeholder={placeholder ?? `Add ${entry}`}
        edit={text => edit([...values, text])}
        suggestions={suggestions}
      />
    </fieldset>
  )
}

/** Does what takes something away, and says beside itself why it cannot. */
export function RemoveButton({ label, outcome }: { readonly label: string; readonly outcome: () => EditOutcome }) {
  const { apply } = useInspected()
  const [refusal, setRefusal] = useState<string | null>(null)
  return (
    <>
      <IconButton
        icon={X}
        label={label}
        onClick={() => {
          const applied = apply(outcome())
          setRefusal(applied.kind === 'refused' ? applied.reason : null)
        }}
      />
      {refusal !== null && (
        <p className="inspector-words" data-refused role="alert">
          <Words text={refusal} />
        </p>
      )}
    </>
  )
}
