import { type SubmitEvent, useId, useState } from 'react'
import { useStore } from 'zustand'
import { choiceKey, type EngineChoice } from '../../shared/engine-places.ts'
import { Button } from '../ui/controls.tsx'
import type { EngineList } from './engine-list.ts'
import { StateWords } from './EnginePicker.tsx'

/** An address of the user's own: tried out before it is used. */
export function AddEngine({ engines }: { readonly engines: EngineList }) {
  const [url, setUrl] = useState('')
  const [certificates, setCertificates] = useState('')
  const id = useId()
  const choice: EngineChoice = { kind: 'address', url: url.trim(), certificates: certificates.trim() || null }
  const tested = useStore(engines.store, state => state.tests.get(choiceKey(choice)))
  const isEmpty = choice.url === ''
  const use = (event: SubmitEvent) => {
    event.preventDefault()
    void engines.choose(choice)
  }
  return (
    <form className="engine-add" onSubmit={use}>
      <label className="label" htmlFor={`${id}-url`}>
        Another address
      </label>
      <input
        id={`${id}-url`}
        className="field"
        data-code
        value={url}
        placeholder="unix:// tcp:// ssh:// npipe://"
        autoComplete="off"
        spellCheck={false}
        onChange={event => setUrl(event.target.value)}
      />
      {choice.url.startsWith('tcp://') && (
        <>
          <label className="label" htmlFor={`${id}-certificates`}>
            Folder with ca.pem, cert.pem and key.pem, for TLS
          </label>
          <input
            id={`${id}-certificates`}
            className="field"
            data-code
            value={certificates}
            autoComplete="off"
            spellCheck={false}
            onChange={event => setCertificates(event.target.value)}
          />
        </>
      )}
      <div className="engine-add-actions">
        <Button disabled={isEmpty || tested === 'testing'} onClick={() => void engines.test(choice)}>
          Test address
        </Button>
        <Button type="submit" variant="primary" disabled={isEmpty}>
          Use address
        </Button>
      </div>
      {tested !== undefined && <StateWords state={tested === 'testing' ? null : tested} />}
    </form>
  )
}
