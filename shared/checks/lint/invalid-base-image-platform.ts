import { platformText, readPlatform, sameProcessor } from '../../graph/platforms.ts'
import { lintCheck } from './lint-rule.ts'

/**
 * A base image that the engine holds for another platform than its own, wanted for its own. A hint, since the registry,
 * which BuildKit asks then, may have the right one. Of builds for other platforms the image on the engine tells nothing.
 */
export const invalidBaseImagePlatform = lintCheck({
  rule: 'InvalidBaseImagePlatform',
  found: 'building',
  stage: ({ draft: { base, baseSource, from, resolvedPlatform: wanted } }, { inputs }) => {
    const image = baseSource.kind === 'image' ? inputs.images[baseSource.reference] : undefined
    if (image === undefined || wanted === null || !sameProcessor(wanted, inputs.buildPlatform)) return []
    const read = readPlatform(image.platform)
    if (read.kind === 'invalid' || sameProcessor(read.platform, wanted)) return []
    const message = `Base image ${base} was pulled with platform "${platformText(read.platform)}", expected "${platformText(wanted)}" for current build`
    return [{ message, instruction: from, range: from.arguments[0]?.range, doubtful: true }]
  },
})
