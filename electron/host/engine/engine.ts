import { HostError } from '../../../shared/bridge/host-error.ts'
import type { BuildEvent, BuildRequest } from '../../../shared/builds/build-events.ts'
import { imageOfBuild } from '../../../shared/files/file-listing.ts'
import { runsAnew, sharedKeys } from './build-inputs.ts'
import { type BuildSurroundings, runBuild } from './build-job.ts'
import { refuseClassic, runClassicBuild } from './classic-build.ts'
import type { Endpoint, EndpointSearch } from './endpoint.ts'
import { automaticChoice, type EngineChoices } from './engine-choice.ts'
import type { Engine } from './engine-interface.ts'
import { findEngine, statusOf } from './engine-status.ts'
import { EventQueue } from './event-queue.ts'
import { explainFailure } from './failure.ts'
import { hasHeredocs } from './features.ts'
import { FileSystems } from './file-systems.ts'
import { UpgradeRefused } from './hijack.ts'
import { ImageFiles } from './images/image-files.ts'
import { listImages } from './http-api.ts'
import { inspectLocalImages } from './local-images.ts'
import { askPlaces, choosePlace, testPlace } from './places.ts'
import { findSecrets } from './services/secrets.ts'
import { outlineStages } from './stage-outline.ts'
import { withoutSecrets } from './without-secrets.ts'

export type { Engine } from './engine-interface.ts'

export interface EngineOptions {
  readonly environment: NodeJS.ProcessEnv
  readonly homeDirectory: string
  /** The application's own folder; its path tells this installation's contexts from others'. */
  readonly stateDirectory: string
  /** Null where the user's choice in the window does not count: then it is the engine that the docker command would use. */
  readonly choices: EngineChoices | null
}

/** The engine of the user's choice. It is looked for anew whenever it is needed, so it may come and go. */
export function createEngine(options: EngineOptions): Engine {
  const search: EndpointSearch = { environment: options.environment, homeDirectory: options.homeDirectory }
  const choices = options.choices ?? automaticChoice
  const fileSystems = new FileSystems()
  const imageFiles = new ImageFiles()
  const closing = new AbortController()

  const find = async (signal: AbortSignal) => findEngine(search, (await choices.read()).chosen, signal)

  /** @throws HostError no-engine */
  async function surroundings(
    signal: AbortSignal,
  ): Promise<Omit<BuildSurroundings, 'contextKey' | 'makeWay' | 'secrets'>> {
    const found = await find(signal)
    if (found.kind === 'none') throw new HostError('no-engine', found.message)
    const { endpoint, description } = found
    const engineTitle = `${description.name} ${description.version}`
    const losesStatus = /^1\.([0-3]?\d|4[01])$/.test(description.apiVersion)
    const knowsHeredocs = hasHeredocs(description)
    return { endpoint, engineTitle, isPodman: description.podman, knowsHeredocs, losesStatus, search }
  }

  async function* build(request: BuildRequest, signal: AbortSignal): AsyncGenerator<BuildEvent> {
    const leaving = new AbortController()
    const either = AbortSignal.any([signal, leaving.signal, closing.signal])
    const found = await surroundings(either)
    const secrets = await findSecrets(request, options.environment)
    const text = textToBuild(request)
    if (runsAnew(request)) await fileSystems.releaseUncached()
    const contextKeys = sharedKeys(request, options.stateDirectory)
    const holder = fileSystems.holder(
      platform => outlineStages(text, platform === '' ? request : { ...request, platform }),
      contextKeys,
    )
    const events = new EventQueue<BuildEvent>()
    const where = { ...found, secrets, ...fileSystems.claimKey(contextKeys) }
    const building = async () => {
      if (where.isPodman) return runClassicBuild(request, text, where, events, either)
      try {
        await runBuild(request, text, where, events, holder, either)
      } catch (error) {
        // The session is asked for first: nothing was told yet.
        if (!(error instanceof UpgradeRefused)) throw error
        await runClassicBuild(request, text, where, events, either)
      }
    }
    const running = building().then(
      () => {
        events.end()
      },
      (error: unknown) => {
        if (either.aborted) events.push({ kind: 'cancelled', milliseconds: 0 })
        else if (!(error instanceof HostError)) events.push(notBegun(error, found.endpoint))
        events.end(error instanceof HostError && !either.aborted ? error : null)
      },
    )
    try {
      yield* withoutSecrets(events, secrets)
    } finally {
      leaving.abort()
      await running
    }
  }

  return {
    inspect: async signal => statusOf(await find(signal)),
    inspectImages: async (references, signal) => inspectLocalImages(await find(signal), references, signal),
    images: async signal => {
      const found = await find(signal)
      if (found.kind === 'none') throw new HostError('no-engine', found.message)
      return listImages(found.endpoint, found.description, signal)
    },
    build,
    places: signal => askPlaces(search, choices, signal),
    test: (choice, signal) => testPlace(search, choice, signal),
    choose: choice => choosePlace(search, choices, choice),
    forget: choice => choices.forget(choice),
    listFiles: (reference, signal) => {
      const image = imageOfBuild(reference.build)
      if (image !== null) return imageFiles.list(find, image, reference.stage, signal)
      refuseClassic(reference.build)
      return fileSystems.list(reference, signal)
    },
    readFile: async (reference, path, offset, length, signal) => {
      const image = imageOfBuild(reference.build)
      if (image !== null) return imageFiles.read(find, image, reference.stage, path, offset, length, signal)
      return fileSystems.read(reference, path, offset, length, signal)
    },
    fetchFiles: async (reference, isWanted, sink, signal) => {
      const image = imageOfBuild(reference.build)
      if (image !== null) return imageFiles.fetch(find, image, reference.stage, isWanted, sink, signal)
      refuseClassic(reference.build)
      await fileSystems.fetch(reference, isWanted, sink, signal)
    },
    release: build => {
      fileSystems.release(build)
      return Promise.resolve()
    },
    close: () => {
      closing.abort(new HostError('cancelled', 'Slipway is closing.'))
      fileSystems.close()
      return Promise.resolve()
    },
  }
}

/** BuildKit takes targets by name only. One by number is served as the text up to there, whose last stage it then is. */
function textToBuild(request: BuildRequest): string {
  if (typeof request.target !== 'number') return request.text
  const stage = outlineStages(request.text, request)[request.target]
  if (!stage) throw new HostError('invalid-argument', `There is no stage ${request.target} to build to.`)
  return request.text.slice(0, stage.end)
}

function notBegun(error: unknown, endpoint: Endpoint): BuildEvent {
  return explainFailure({ error, vertex: null, vertices: [], endpoint: endpoint.url })
}
