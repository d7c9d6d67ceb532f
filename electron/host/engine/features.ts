import type { EngineFeature } from '../../../shared/engine-places.ts'
import type { Endpoint } from './endpoint.ts'
import { GatewayJob } from './gateway-job.ts'
import { UpgradeRefused } from './hijack.ts'
import type { EngineDescription } from './http-api.ts'
import { answerFileSync, fileSyncPath } from './services/filesync.ts'
import { openSession } from './session.ts'

/** What an engine can do of what engines differ in: asked of it, not concluded from its version. */
export async function askFeatures(
  endpoint: Endpoint,
  description: EngineDescription,
  signal: AbortSignal,
): Promise<EngineFeature[]> {
  if (description.podman) return podmanFeatures(description)
  try {
    const answers = await askBuildKit(endpoint, signal)
    return [...buildKitFeatures(answers), ...imageFeatures(answers, endpoint.isBuildKit === true)]
  } catch (error) {
    if (error instanceof UpgradeRefused) return withoutBuildKit(error)
    throw error
  }
}

interface BuildKitAnswers {
  /** Operations that the frontend knows, with whether this engine can carry them out. */
  readonly operations: ReadonlyMap<string, boolean>
  readonly lints: boolean
}

/** A job and a session of its own; no step runs. */
async function askBuildKit(endpoint: Endpoint, signal: AbortSignal): Promise<BuildKitAnswers> {
  const files = new Map([['Dockerfile', Buffer.from('FROM scratch\n')]])
  const folders = new Map([['dockerfile', { kind: 'memory' as const, files }]])
  const handlers = new Map([[fileSyncPath, answerFileSync(() => folders)]])
  const session = await openSession(endpoint, { sharedKey: '', handlers }, signal)
  try {
    const job = await GatewayJob.open(endpoint, { session: session.id, exporter: null }, signal)
    try {
      const operations = await job.capabilities(signal)
      const asked = {
        requestid: 'frontend.lint',
        'frontend.caps': 'moby.buildkit.frontend.subrequests',
      }
      // Frontends that do not know the question refuse it, or build.
      const answer = await job.solveFrontend(asked, signal).catch(() => null)
      return { operations, lints: answer?.metadata['result.json'] !== undefined }
    } finally {
      job.close()
    }
  } finally {
    session.close()
  }
}

function buildKitFeatures({ operations, lints }: BuildKitAnswers): EngineFeature[] {
  const heredocs = isRecentFrontend(operations)
  const merges = operations.get('mergeop') === true
  return [
    feature('steps', 'yes', 'Steps report live, side by side, each with its exact line.'),
    heredocs
      ? feature('heredocs', 'yes', 'Heredocs are the engine’s own.')
      : feature('heredocs', 'partly', 'The engine does not know heredocs; Slipway builds them for it.'),
    merges
      ? feature('link', 'yes', 'COPY --link makes layers that stay valid when the base changes.')
      : heredocs
        ? feature('link', 'partly', 'COPY --link is taken as a plain COPY: this image store cannot merge layers.')
        : feature('link', 'no', 'The engine does not know COPY --link.'),
    lints
      ? feature('lint', 'yes', 'The engine checks Dockerfiles itself; Slipway’s checks say the same as you type.')
      : feature('lint', 'partly', 'The engine does not check Dockerfiles; Slipway’s own checks do.'),
    feature('cancel', 'yes', 'Stop ends the running step at once.'),
    feature('files', 'yes', 'The files of every stage can be looked at.'),
    feature('mounts', 'yes', 'RUN --mount works, caches included.'),
    feature('secrets', 'yes', 'Secrets and the ssh agent reach the steps that mount them, and nothing else.'),
    heredocs
      ? feature('contexts', 'yes', 'Named contexts are folders, images or addresses.')
      : feature(
          'contexts',
          'partly',
          'Named contexts need “# syntax=docker/dockerfile:1” at the top of the file here.',
        ),
    feature('anew', 'yes', 'Chosen stages are built without the cache, or all of them.'),
  ]
}

/** What becomes of a build depends on where its images are kept. */
function imageFeatures({ operations }: BuildKitAnswers, isDaemon: boolean): EngineFeature[] {
  const together = 'Several platforms are built at once'
  if (isDaemon) return [feature('platforms', 'yes', `${together}.`), noImages]
  const platforms =
    operations.get('mergeop') === true
      ? feature('platforms', 'yes', `${together}, and kept as one image.`)
      : feature('platforms', 'partly', `${together}, but only the containerd image store keeps their image.`)
  return [platforms, keepsImages]
}

/**
 * BuildKit's frontend learnt heredocs and named contexts with the release that brought these two operations (0.10); that it names them, even
 * as not available, tells it from older ones.
 */
export function isRecentFrontend(operations: ReadonlyMap<string, boolean>): boolean {
  return operations.has('mergeop') || operations.has('diffop')
}

/** Of itself, without BuildKit. */
export function hasHeredocs({ podman, version }: EngineDescription): boolean {
  return podman && Number.parseInt(version, 10) >= 5
}

function podmanFeatures(description: EngineDescription): EngineFeature[] {
  const { version } = description
  return [
    feature(
      'steps',
      'partly',
      'Steps come one after the other, without times of their own; standard output and errors are one.',
    ),
    hasHeredocs(description)
      ? feature('heredocs', 'yes', 'Heredocs are the engine’s own.')
      : feature('heredocs', 'no', `Podman ${version} does not know heredocs; Podman 5 does.`),
    feature('link', 'partly', 'COPY --link is taken as a plain COPY.'),
    feature('lint', 'partly', 'The engine does not check Dockerfiles; Slipway’s own checks do.'),
    feature('cancel', 'partly', 'Stop ends the build, but Podman finishes the step that runs.'),
    feature('files', 'no', 'Looking into stages needs BuildKit, which Podman does not have.'),
    feature('mounts', 'yes', 'RUN --mount works, caches included.'),
    feature('secrets', 'partly', 'Secrets reach the steps that mount them; the ssh agent does not.'),
    feature('contexts', 'no', 'Named contexts need BuildKit.'),
    feature('platforms', 'no', 'One platform at a time: several at once need BuildKit.'),
    feature('anew', 'no', 'All stages are built without the cache, or none.'),
    { ...keepsImages, support: 'partly', words: `${keepsImages.words} It does not tell their ONBUILD triggers.` },
  ]
}

function withoutBuildKit({ message }: UpgradeRefused): EngineFeature[] {
  const missing = `This engine refuses BuildKit’s protocol (${message.replace(/\.$/, '')})`
  return [
    feature('steps', 'partly', `${missing}; its classic builder runs every step in turn, also those not needed.`),
    feature('heredocs', 'no', 'The classic builder does not know heredocs.'),
    feature('link', 'no', 'The classic builder does not know COPY --link.'),
    feature('lint', 'partly', 'The engine does not check Dockerfiles; Slipway’s own checks do.'),
    feature('cancel', 'yes', 'Stop ends the running step at once.'),
    feature('files', 'no', 'Looking into stages needs BuildKit.'),
    feature('mounts', 'no', 'The classic builder does not know RUN --mount.'),
    feature('secrets', 'no', 'Secrets and ssh agents need BuildKit.'),
    feature('contexts', 'no', 'Named contexts need BuildKit.'),
    feature('platforms', 'no', 'One platform at a time: several at once need BuildKit.'),
    feature('anew', 'no', 'All stages are built without the cache, or none.'),
    keepsImages,
  ]
}

const feature = (name: EngineFeature['name'], support: EngineFeature['support'], words: string): EngineFeature => ({
  name,
  support,
  words,
})

const keepsImages = feature(
  'images',
  'yes',
  'What is tagged stays with the engine, and stages can begin from its images.',
)
const noImages = feature(
  'images',
  'no',
  'A BuildKit daemon keeps no images: nothing is tagged there, and stages begin from images of registries.',
)
