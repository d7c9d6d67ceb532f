import { mountFields, readMount, type MountField } from '../../shared/dockerfile/mounts.ts'
import type { Flag, Instruction } from '../../shared/dockerfile/syntax.ts'
import { addMount, removeMount, setMount } from '../../shared/edits/set-mount.ts'
import { ChoiceField, SwitchField, TextField } from './fields.tsx'
import { useInspected } from './inspected.ts'
import { RemoveButton } from './lists.tsx'
import { mountExamples, mountKeys, mountTypes, type MountKey } from './mount-words.ts'

/** The mounts of a RUN, and a field for one more. */
export function MountList({ instruction, run }: { readonly instruction: number; readonly run: Instruction }) {
  const { analysis } = useInspected()
  const mounts = run.flags.filter(flag => flag.name === 'mount')
  return (
    <>
      {mounts.map((flag, at) => (
        <MountFields key={at} instruction={instruction} at={at} flag={flag} />
      ))}
      <TextField
        key={mounts.length}
        name="new mount"
        label="Add mount"
        help="Its type and what goes with it. The fields follow."
        value=""
        placeholder={mountExamples[0]}
        suggestions={mountExamples}
        edit={text =>
          addMount(
            analysis,
            instruction,
            Object.fromEntries(mountFields(text.trim()).map(field => [field.key, field.value ?? true])),
          )
        }
      />
    </>
  )
}

interface MountFieldsProps {
  readonly instruction: number
  /** Its position among the mounts of the RUN. */
  readonly at: number
  readonly flag: Flag
}

export function MountFields({ instruction, at, flag }: MountFieldsProps) {
  const { analysis } = useInspected()
  const { type, target, fields } = readMount(flag.value ?? '')
  const choices = [...new Set([...Object.keys(mountTypes), type])]
  return (
    <fieldset className="inspector-group">
      <legend className="inspector-legend">
        Mount {target === '' ? type : target}
        <RemoveButton label={`Remove mount ${at + 1}`} outcome={() => removeMount(analysis, instruction, at)} />
      </legend>
      <ChoiceField
        name={`mount ${at} type`}
        label="Type"
        help={isMountType(type) ? mountTypes[type] : undefined}
        value={type}
        choices={choices.map(each => ({ value: each, title: each }))}
        edit={chosen => setMount(analysis, instruction, at, { type: chosen })}
      />
      {(mountKeys[type] ?? []).map(key => (
        <KeyField key={key.key} instruction={instruction} at={at} field={key} written={writtenAs(fields, key)} />
      ))}
    </fieldset>
  )
}

function isMountType(type: string): type is keyof typeof mountTypes {
  return Object.hasOwn(mountTypes, type)
}

/** BuildKit takes the last of those that mean the same. */
function writtenAs(fields: readonly MountField[], { key, aliases = [] }: MountKey): MountField | undefined {
  return fields.findLast(field => field.key === key || aliases.includes(field.key))
}

interface KeyFieldProps {
  readonly instruction: number
  readonly at: number
  readonly field: MountKey
  readonly written: MountField | undefined
}

function KeyField({ instruction, at, field, written }: KeyFieldProps) {
  const { analysis } = useInspected()
  const { key, isSwitch, choices, label, help, placeholder } = field
  const name = `mount ${at} ${key}`
  const set = (value: string | true | null) => setMount(analysis, instruction, at, { [key]: value })
  if (isSwitch)
    return (
      <SwitchField
        name={name}
        label={label}
        help={help}
        isOn={written !== undefined && written.value !== 'false'}
        edit={isOn => set(isOn ? true : null)}
      />
    )
  const value = written?.value ?? ''
  if (choices !== undefined)
    return (
      <ChoiceField
        name={name}
        label={label}
        help={help}
        value={value}
        choices={[{ value: '', title: 'Not written' }, ...choices.map(each => ({ value: each, title: each }))]}
        edit={chosen => set(chosen === '' ? null : chosen)}
      />
    )
  return (
    <TextField
      name={name}
      label={label}
      help={help}
      placeholder={placeholder}
      value={value}
      edit={text => set(text.trim() === '' ? null : text.trim())}
    />
  )
}
