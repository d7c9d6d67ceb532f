import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import type { BuildForm } from '../../shared/builds/build-form.ts'
import type { SecretSource } from '../../shared/builds/build-options.ts'
import { Button, IconButton } from '../ui/controls.tsx'
import { repeated } from './Pairs.tsx'

interface SecretFieldsProps {
  readonly asked: BuildForm['secrets']
  readonly secrets: readonly SecretSource[]
  /** `problem` says why not every row can be given. */
  readonly onChange: (secrets: SecretSource[], problem: string | null) => void
}

/** Where each secret is read, on the machine that Slipway runs on. What it says is never asked for here. */
export function SecretFields({ asked, secrets, onChange }: SecretFieldsProps) {
  const [rows, setRows] = useState<readonly SecretSource[]>(() => [
    ...secrets,
    ...asked
      .filter(({ id }) => !secrets.some(secret => secret.id === id))
      .map(({ id }): SecretSource => ({ id, kind: 'file', source: '' })),
  ])
  const required = new Set(asked.filter(each => each.required).map(({ id }) => id))
  const change = (next: readonly SecretSource[]) => {
    setRows(next)
    const given = next.filter(({ id, source }) => id.trim() !== '' && source.trim() !== '')
    const ids = given.map(({ id }) => id.trim())
    onChange(given, repeated('secret', ids))
  }
  return (
    <div className="form-rows">
      {rows.map((secret, at) => (
        <div key={at} className="form-secret">
          <input
            className="field"
            data-code
            aria-label={`Id of secret ${at + 1}`}
            placeholder="id"
            value={secret.id}
            spellCheck={false}
            onChange={event => change(rows.with(at, { ...secret, id: event.target.value }))}
          />
          <select
            className="field"
            aria-label={`Where secret ${secret.id} is read`}
            value={secret.kind}
            onChange={event =>
              change(rows.with(at, { ...secret, kind: event.target.value === 'file' ? 'file' : 'environment' }))
            }
          >
            <option value="file">file</option>
            <option value="environment">variable</option>
          </select>
          <input
            className="field"
            data-code
            aria-label={`Source of secret ${secret.id}`}
            placeholder={placeholder(secret, required.has(secret.id))}
            value={secret.source}
            spellCheck={false}
            onChange={event => change(rows.with(at, { ...secret, source: event.target.value }))}
          />
          <IconButton icon={X} label={`Remove secret ${secret.id}`} onClick={() => change(rows.toSpliced(at, 1))} />
        </div>
      ))}
      <Button icon={Plus} variant="quiet" onClick={() => setRows([...rows, { id: '', kind: 'file', source: '' }])}>
        Add secret
      </Button>
    </div>
  )
}

function placeholder({ kind }: SecretSource, isRequired: boolean): string {
  const what = kind === 'file' ? 'path on this machine' : 'name of the variable'
  return isRequired ? `${what}, required` : what
}
