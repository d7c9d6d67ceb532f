import { parseDockerfile } from '../dockerfile/parse.ts'
import type { Instruction } from '../dockerfile/syntax.ts'
import type { ImageConfig, LocalImages } from '../surroundings.ts'
import { readPlatform, sameProcessor } from './platforms.ts'
import type { StageDraft } from './stage-drafts.ts'
import type { StageGraph } from './stage-graph.ts'

/** The images that stages stand on, each once. */
export function baseImages({ stages }: StageGraph): readonly string[] {
  const references = stages.flatMap(({ baseSource }) => (baseSource.kind === 'image' ? [baseSource.reference] : []))
  return [...new Set(references)]
}

/** The image that a build would take from the engine: one for another platform is looked for in a registry. */
export function heldBase(
  { baseSource, resolvedPlatform }: StageDraft,
  images: LocalImages['images'],
): ImageConfig | null {
  const image = baseSource.kind === 'image' ? images[baseSource.reference] : undefined
  if (image === undefined || resolvedPlatform === null) return null
  const own = readPlatform(image.platform)
  return own.kind === 'platform' && sameProcessor(own.platform, resolvedPlatform) ? image : null
}

const triggersByImage = new WeakMap<ImageConfig, readonly Instruction[]>()

/** What an image runs first in every stage that stands on it. The same objects each time. */
export function triggersOf(image: ImageConfig): readonly Instruction[] {
  const known = triggersByImage.get(image) ?? image.triggers.flatMap(text => parseDockerfile(text).instructions)
  triggersByImage.set(image, known)
  return known
}
