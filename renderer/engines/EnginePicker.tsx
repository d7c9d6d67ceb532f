import { Check, CircleDashed, Minus, Trash2, TriangleAlert, X } from 'lucide-react'
import { useStore } from 'zustand'
import { choiceKey, type EngineFeature, type EnginePlace, type PlaceState } from '../../shared/engine-places.ts'
import { Button, IconButton } from '../ui/controls.tsx'
import { AddEngine } from './AddEngine.tsx'
import type { EngineList } from './engine-list.ts'
import './engines.css'

/** Every place where an engine may be, with what was met there; choosing one uses it from now on. */
export function EnginePicker({ engines }: { readonly engines: EngineList }) {
  const places = useStore(engines.store, state => state.places)
  return (
    <>
      <ul className="engine-places" aria-label="Engines">
        {places.map(place => (
          <PlaceRow key={choiceKey(place.choice)} engines={engines} place={place} />
        ))}
      </ul>
      <AddEngine engines={engines} />
    </>
  )
}

function PlaceRow({ engines, place }: { readonly engines: EngineList; readonly place: EnginePlace }) {
  const tested = useStore(engines.store, state => state.tests.get(choiceKey(place.choice)))
  const state = tested === undefined || tested === 'testing' ? place.state : tested
  const { choice, title, url, chosen, own } = place
  return (
    <li className="engine-place" data-chosen={chosen || undefined}>
      <label className="engine-place-choice">
        <input type="radio" name="engine" checked={chosen} onChange={() => void engines.choose(choice)} />
        <span>
          <span className="engine-place-title">{title}</span>
          {url !== '' && <span className="code engine-place-url">{url}</span>}
        </span>
      </label>
      <div className="engine-place-actions">
        {own && <IconButton icon={Trash2} label={`Remove ${url}`} onClick={() => void engines.forget(choice)} />}
        <Button
          disabled={tested === 'testing'}
          aria-label={`Test ${title} ${url}`.trim()}
          onClick={() => void engines.test(choice)}
        >
          {tested === 'testing' ? 'Testing' : 'Test'}
        </Button>
      </div>
      <StateWords state={state} />
    </li>
  )
}

/** What was met at a place, in words. */
export function StateWords({ state }: { readonly state: PlaceState | null }) {
  if (state === null)
    return (
      <p className="engine-state" role="status">
        <CircleDashed size={14} aria-hidden /> Asking
      </p>
    )
  if (state.kind === 'silent')
    return (
      <p className="engine-state" data-kind="silent" data-cause={state.cause} role="status">
        <TriangleAlert size={14} aria-hidden />
        <span>
          {state.reason.charAt(0).toUpperCase() + state.reason.slice(1)}. {state.advice}
        </span>
      </p>
    )
  return (
    <div className="engine-state" data-kind="ready" role="status">
      <Check size={14} aria-hidden />
      <div>
        <span>
          {state.name} {state.version}
          {state.apiVersion !== '' && `, API ${state.apiVersion}`}, {state.platform}
        </span>
        {state.features && <Features features={state.features} />}
      </div>
    </div>
  )
}

const featureNames: Readonly<Record<EngineFeature['name'], string>> = {
  steps: 'Steps',
  heredocs: 'Heredocs',
  link: 'COPY --link',
  lint: 'Lint',
  cancel: 'Stop',
  files: 'Files of stages',
  mounts: 'RUN --mount',
  secrets: 'Secrets, ssh',
  contexts: 'Named contexts',
  platforms: 'Several platforms',
  anew: 'Chosen stages anew',
  images: 'Images',
}
const supportIcons = { yes: Check, partly: Minus, no: X }
const supportWords = { yes: 'yes', partly: 'in part', no: 'no' }

function Features({ features }: { readonly features: readonly EngineFeature[] }) {
  return (
    <dl className="engine-features">
      {features.map(({ name, support, words }) => {
        const Icon = supportIcons[support]
        return (
          <div key={name} data-support={support}>
            <dt>
              <Icon size={12} aria-hidden />
              {featureNames[name]}
              <span className="visually-hidden">: {supportWords[support]}</span>
            </dt>
            <dd>{words}</dd>
          </div>
        )
      })}
    </dl>
  )
}
