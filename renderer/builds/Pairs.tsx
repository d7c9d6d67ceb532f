import { Plus, X } from 'lucide-react'
import { useId, useState } from 'react'
import { Button, IconButton } from '../ui/controls.tsx'

interface PairsProps {
  /** What one pair is called: "label". */
  readonly one: string
  readonly record: Readonly<Record<string, string>>
  /** `problem` says why the record does not hold every row. */
  readonly onChange: (record: Record<string, string>, problem: string | null) => void
  readonly nameHint: string
  readonly valueHint: string
  /** Names that are offered. */
  readonly offered?: readonly string[]
}

/** Names with values, a row each; an empty name is not taken. */
export function Pairs({ one, record, onChange, nameHint, valueHint, offered = [] }: PairsProps) {
  const [rows, setRows] = useState<readonly (readonly [string, string])[]>(() => Object.entries(record))
  const list = useId()
  const change = (next: readonly (readonly [string, string])[]) => {
    setRows(next)
    const named = next.map(([name, value]) => [name.trim(), value] as const).filter(([name]) => name !== '')
    const names = named.map(([name]) => name)
    onChange(Object.fromEntries(named), repeated(one, names))
  }
  return (
    <div className="form-rows">
      {rows.map(([name, value], at) => (
        <div key={at} className="form-pair">
          <input
            className="field"
            data-code
            aria-label={`Name of ${one} ${at + 1}`}
            placeholder={nameHint}
            list={list}
            value={name}
            spellCheck={false}
            onChange={event => change(rows.with(at, [event.target.value, value]))}
          />
          <input
            className="field"
            data-code
            aria-label={`Value of ${one} ${at + 1}`}
            placeholder={valueHint}
            value={value}
            spellCheck={false}
            onChange={event => change(rows.with(at, [name, event.target.value]))}
          />
          <IconButton icon={X} label={`Remove ${one} ${at + 1}`} onClick={() => change(rows.toSpliced(at, 1))} />
        </div>
      ))}
      <datalist id={list}>
        {offered.map(name => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <Button icon={Plus} variant="quiet" onClick={() => setRows([...rows, ['', '']])}>
        Add {one}
      </Button>
    </div>
  )
}

/** What to do where a name stands in two rows, as a sentence; null where each stands in one. */
export function repeated(one: string, names: readonly string[]): string | null {
  const name = names.find((each, at) => names.indexOf(each) < at)
  return name === undefined ? null : `There are two ${one}s “${name}”. Give one of them another name, or remove it.`
}
