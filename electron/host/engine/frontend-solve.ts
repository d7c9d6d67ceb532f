import { create } from '@bufbuild/protobuf'
import type { BuildRequest } from '../../../shared/builds/build-events.ts'
import type { Environment } from '../../../shared/dockerfile/variables.ts'
import { dockerfileName, frontendOptions, sentFolders } from './build-inputs.ts'
import { decodeOperation } from './definition.ts'
import type { Endpoint } from './endpoint.ts'
import { isRecentFrontend } from './features.ts'
import { definitionOf, GatewayJob } from './gateway-job.ts'
import { restoreConfiguration, restoreHeredocs } from './heredoc-definition.ts'
import { lowerHeredocs } from './heredoc-lowering.ts'
import { parseDockerfile } from '../../../shared/dockerfile/parse.ts'
import { type Result, ResultSchema } from './protocol/generated/gateway_pb.ts'
import type { Definition } from './protocol/generated/ops_pb.ts'
import { answerFileSync, fileSyncPath, type SentFolder } from './services/filesync.ts'
import { openSession } from './session.ts'

export interface SolvedText {
  readonly result: Result
  /** Of the first platform asked for; null where the result is an empty file system. */
  readonly definition: Definition | null
  /** Of the further platforms, as they were asked for. */
  readonly others: ReadonlyMap<string, Definition>
}

/** Has the engine make a definition of the text in `folders`, with heredocs also where it does not know them. */
export async function solveText(
  job: GatewayJob,
  request: BuildRequest,
  text: string,
  folders: Map<string, SentFolder>,
  endpoint: Endpoint,
  signal: AbortSignal,
): Promise<SolvedText> {
  const external = usesExternalFrontend(text)
  const lowered = external ? null : lowerHeredocs(text)
  const hasContexts = Object.keys(request.options?.namedContexts ?? {}).length > 0
  const isRecent = external || (!lowered && !hasContexts) || isRecentFrontend(await job.capabilities(signal))
  if (hasContexts && !isRecent) throw new Error(noNamedContexts)
  const { otherPlatforms = [] } = request.options ?? {}
  if (otherPlatforms.length > 0) {
    if (lowered && !isRecent) throw new Error(noHeredocsForSeveral)
    const operations = await job.capabilities(signal)
    if (request.tags.length > 0 && !endpoint.isBuildKit && operations.get('mergeop') !== true)
      throw new Error(keepsOnePlatform)
  }
  if (!lowered || isRecent) {
    const result = await job.solveFrontend(frontendOptions(request), signal)
    const others = otherPlatforms.flatMap(platform => {
      const definition = definitionOf(result, platform)
      return definition === null ? [] : [[platform, definition] as const]
    })
    return { result, definition: definitionOf(result, request.platform), others: new Map(others) }
  }
  const environments =
    lowered.probe === null ? new Map() : await readEnvironments(lowered.probe, request, endpoint, signal)
  const dockerfile = folders.get('dockerfile')
  if (dockerfile?.kind === 'memory') {
    const files = new Map([...dockerfile.files, [dockerfileName(request), Buffer.from(lowered.text, 'utf8')]])
    folders.set('dockerfile', { kind: 'memory', files })
  }
  const made = await job.solveFrontend(frontendOptions(request), signal)
  const before = definitionOf(made)
  if (!before) return { result: made, definition: null, others: new Map() }
  const definition = restoreHeredocs(before, lowered, environments)
  const solved = await job.solveDefinition(definition, signal)
  const metadata = Object.fromEntries(
    Object.entries(made.metadata).map(([key, value]) =>
      key.startsWith('containerimage.config') ? [key, restoreConfiguration(value, lowered.documents)] : [key, value],
    ),
  )
  return { result: create(ResultSchema, { result: solved.result, metadata }), definition, others: new Map() }
}

/** `# syntax=` names a frontend of its own, which knows what it knows. */
function usesExternalFrontend(text: string): boolean {
  return parseDockerfile(text).directives.some(directive => directive.name === 'syntax')
}

/** What an old frontend would do instead is to look for images of those names. */
const noNamedContexts =
  'this engine does not know named contexts. Update it to Docker 23 or newer, or begin the file with “# syntax=docker/dockerfile:1”'

const noHeredocsForSeveral =
  'this engine does not know heredocs, and Slipway builds them for it for one platform at a time. Choose one platform, or update the engine to Docker 23 or newer'
const keepsOnePlatform =
  'the image store of this engine keeps images of one platform only. Take the tags away to build without keeping an image, choose one platform, or turn the containerd image store on in the settings of the engine'

/** The variables at each RUN that stands in for heredocs. In a job and session of its own, so that nothing of it is kept. */
async function readEnvironments(
  probe: string,
  request: BuildRequest,
  endpoint: Endpoint,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Environment>> {
  const folders = await sentFolders(request, probe)
  const handlers = new Map([[fileSyncPath, answerFileSync(() => folders)]])
  const session = await openSession(endpoint, { sharedKey: '', handlers }, signal)
  const environments = new Map<string, Environment>()
  try {
    const job = await GatewayJob.open(endpoint, { session: session.id, exporter: null }, signal)
    try {
      const definition = definitionOf(await job.solveFrontend(frontendOptions(request), signal))
      for (const bytes of definition?.operations ?? []) {
        const { operation } = decodeOperation(bytes)
        if (operation.case !== 'exec') continue
        const { arguments: commandLine = [], environment = [] } = operation.value.meta ?? {}
        environments.set(commandLine.at(-1) ?? '', new Map(environment.map(splitVariable)))
      }
    } finally {
      job.close()
    }
  } finally {
    session.close()
  }
  return environments
}

function splitVariable(text: string): readonly [string, string] {
  const equals = text.indexOf('=')
  return [text.slice(0, equals), text.slice(equals + 1)]
}
