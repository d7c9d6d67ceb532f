import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { Button, IconButton } from '../ui/controls.tsx'

interface PairsProps {
  /** What one pair is called: "label". */
  readonly one: string
  readonly record: Readonly<Record<string, string>>
  readonly onChange: (record: Record<string, string>) => void
  readonly nameHint: string
  readonly valueHint: string
}

/** Names with values, a row each; an empty name is not taken. */
export function Pairs({ one, record, onChange, nameHint, valueHint }: PairsProps) {
  const [rows, setRows] = useState<readonly (readonly [string, string])[]>(() => Object.entries(record))
  const change = (next: readonly (readonly [string, string])[]) => {
    setRows(next)
    onChange(
      Object.fromEntries(next.map(([name, value]) => [name.trim(), value] as const).filter(([name]) => name !== '')),
    )
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
      <Button icon={Plus} variant="quiet" onClick={() => setRows([...rows, ['', '']])}>
        Add {one}
      </Button>
    </div>
  )
}
