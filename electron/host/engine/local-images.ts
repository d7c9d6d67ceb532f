import { referenceProblem } from '../../../shared/graph/image-reference.ts'
import { z } from '../../../shared/schema.ts'
import type { ImageConfig, LocalImages } from '../../../shared/surroundings.ts'
import type { FoundEngine } from './engine-status.ts'
import { plainRequest } from './http-api.ts'

/** Connections at once: a local engine answers each within milliseconds. */
const atOnce = 4

/** The fields used of the engine's `/images/{name}/json`. Old images leave out what is empty, or have null there. */
const answerSchema = z.object({
  Os: z.string(),
  Architecture: z.string(),
  Variant: z.string().nullish(),
  Config: z
    .object({
      Env: z.array(z.string()).nullish(),
      OnBuild: z.array(z.string()).nullish(),
      WorkingDir: z.string().nullish(),
      User: z.string().nullish(),
    })
    .nullish(),
})

/** What `engine` holds of these images. What it cannot tell of one is left out. */
export async function inspectLocalImages(
  engine: FoundEngine,
  references: readonly string[],
  signal: AbortSignal,
): Promise<LocalImages> {
  if (engine.kind === 'none') return { platform: null, images: {} }
  const { endpoint, description } = engine
  if (endpoint.isBuildKit) return { platform: description.platform, images: {} }
  const images: Record<string, ImageConfig> = {}
  const waiting = new Set(references.filter(reference => referenceProblem(reference) === null)).values()
  const ask = async () => {
    for (const reference of waiting) {
      const path = `/v${description.apiVersion}/images/${encodeURI(reference)}/json`
      const answer = await plainRequest(endpoint, 'GET', path, signal).catch(() => null)
      signal.throwIfAborted()
      const config = answer?.status === 200 ? readConfig(answer.body) : null
      if (config !== null) images[reference] = config
    }
  }
  await Promise.all(Array.from({ length: atOnce }, ask))
  return { platform: description.platform, images }
}

function readConfig(body: Buffer): ImageConfig | null {
  const read = answerSchema.safeParse(JSON.parse(body.toString('utf8')))
  if (!read.success) return null
  const { Os, Architecture, Variant, Config } = read.data
  return {
    platform: [Os, Architecture, ...(Variant ? [Variant] : [])].join('/'),
    environment: Config?.Env ?? [],
    triggers: Config?.OnBuild ?? [],
    workingDirectory: Config?.WorkingDir ?? '',
    user: Config?.User ?? '',
  }
}
