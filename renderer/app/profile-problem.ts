import type { BuildProfile } from '../../shared/builds/build-profiles.ts'
import { readPlatform } from '../../shared/graph/platforms.ts'
import { tagProblem } from './tags.ts'

/** Why an engine would refuse what is asked for, as a sentence; null where it would not. */
export function profileProblem({ tags, platform }: BuildProfile): string | null {
  for (const tag of tags) {
    const problem = tagProblem(tag)
    if (problem !== null) return problem
  }
  if (platform === null || readPlatform(platform).kind === 'platform') return null
  if (platform.includes(','))
    return 'Slipway builds for one platform at a time. Write one of them, or copy the docker buildx command, which takes several.'
  return `“${platform}” is no platform. Write one such as linux/arm64.`
}
