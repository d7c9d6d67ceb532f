import type { FlagType } from '../../shared/dockerfile/keywords.ts'
import { knownFlags } from '../../shared/dockerfile/keywords.ts'
import type { Instruction } from '../../shared/dockerfile/syntax.ts'
import { setFlags } from '../../shared/edits/set-flags.ts'
import { ChoiceField, SwitchField, TextField } from './fields.tsx'
import { flagWords } from './flag-words.ts'
import { useInspected } from './inspected.ts'
import { ListField } from './lists.tsx'

/** A field for each flag that the instruction takes and that has none of its own. */
export function FlagFields({ instruction, written }: { readonly instruction: number; readonly written: Instruction }) {
  const known = [...(knownFlags(written.keyword) ?? [])]
  return known.map(([name, type]) => <FlagField key={name} {...{ instruction, written, name, type }} />)
}

interface FlagFieldProps {
  readonly instruction: number
  readonly written: Instruction
  readonly name: string
  readonly type: FlagType
}

function FlagField({ instruction, written, name, type }: FlagFieldProps) {
  const { analysis } = useInspected()
  const words = flagWords[written.keyword]?.[name]
  if (words === undefined) return null
  const { choices, ...field } = words
  const flags = written.flags.filter(flag => flag.name === name)
  const value = flags[0]?.value ?? ''
  const set = (next: string | boolean | readonly string[] | null) => setFlags(analysis, instruction, { [name]: next })
  switch (type) {
    case 'switch':
      return (
        <SwitchField name={name} {...field} isOn={flags.length > 0 && value.toLowerCase() !== 'false'} edit={set} />
      )
    case 'list':
      return <ListField name={name} entry={name} {...field} values={flags.map(flag => flag.value ?? '')} edit={set} />
    case 'text':
      if (choices === undefined)
        return (
          <TextField name={name} {...field} value={value} edit={text => set(text.trim() === '' ? null : text.trim())} />
        )
      return (
        <ChoiceField
          name={name}
          {...field}
          value={value}
          choices={[
            { value: '', title: 'Not written' },
            ...[...new Set([...choices, value])]
              .filter(each => each !== '')
              .map(each => ({ value: each, title: each })),
          ]}
          edit={chosen => set(chosen === '' ? null : chosen)}
        />
      )
  }
}
