import { choiceKey, type EngineChoice, type EnginePlace, type PlaceState } from '../../../shared/engine-places.ts'
import { type EndpointSearch, findEndpoint } from './endpoint.ts'
import type { EngineChoices } from './engine-choice.ts'
import { findEngine, type FoundEngine } from './engine-status.ts'
import { EventQueue } from './event-queue.ts'
import { askFeatures } from './features.ts'
import { listPlaces } from './known-places.ts'

/** Every place at once, and each again once it has answered, or not. */
export async function* askPlaces(
  search: EndpointSearch,
  choices: EngineChoices,
  signal: AbortSignal,
): AsyncGenerator<EnginePlace> {
  const leaving = new AbortController()
  const leave = () => leaving.abort(signal.reason)
  signal.addEventListener('abort', leave, { once: true })
  try {
    const { chosen, own } = await choices.read()
    const places = await Promise.all(
      (await listPlaces(search, chosen, own)).map(async (place): Promise<EnginePlace> => {
        const endpoint = await findEndpoint(search, place.choice).catch(() => null)
        const isChosen = choiceKey(place.choice) === choiceKey(chosen)
        return { ...place, url: endpoint?.url ?? '', chosen: isChosen, state: null }
      }),
    )
    const answers = new EventQueue<EnginePlace>()
    for (const place of places) answers.push(place)
    const asking = places.map(async place => {
      answers.push({ ...place, state: stateOf(await findEngine(search, place.choice, leaving.signal)) })
    })
    Promise.all(asking).then(
      () => answers.end(),
      (error: unknown) => answers.end(error instanceof Error ? error : new Error(String(error))),
    )
    yield* answers
  } finally {
    signal.removeEventListener('abort', leave)
    leaving.abort()
  }
}

export async function testPlace(
  search: EndpointSearch,
  choice: EngineChoice,
  signal: AbortSignal,
): Promise<PlaceState> {
  const found = await findEngine(search, choice, signal)
  const state = stateOf(found)
  if (found.kind === 'none' || state.kind === 'silent') return state
  return { ...state, features: await askFeatures(found.endpoint, found.description, signal) }
}

/** @throws HostError no-engine when it is no address, or a context that is not there. */
export async function choosePlace(search: EndpointSearch, choices: EngineChoices, choice: EngineChoice): Promise<void> {
  await findEndpoint(search, choice)
  const known = await listPlaces(search, { kind: 'automatic' }, [])
  await choices.choose(
    choice,
    known.some(place => choiceKey(place.choice) === choiceKey(choice)),
  )
}

function stateOf(found: FoundEngine): PlaceState {
  if (found.kind === 'none') return { kind: 'silent', ...found.silence }
  const { name, version, apiVersion, platform } = found.description
  return { kind: 'ready', name, version, apiVersion, platform, features: null }
}
