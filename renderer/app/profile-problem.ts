import type { BuildProfile } from '../../shared/builds/build-profiles.ts'
import { readPlatform } from '../../shared/graph/platforms.ts'
import { tagProblem } from './tags.ts'

/** Why an engine would refuse what is asked for, as a sentence; null where it would not. */
export function profileProblem({ tags, platform, options }: BuildProfile): string | null {
  for (const tag of tags) {
    const problem = tagProblem(tag)
    if (problem !== null) return problem
  }
  const wrong = [platform ?? [], options.otherPlatforms].flat().find(each => readPlatform(each).kind !== 'platform')
  return wrong === undefined ? null : `“${wrong}” is no platform. Write one such as linux/arm64.`
}
