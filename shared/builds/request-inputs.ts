import { type BuildInputs, defaultInputs } from '../analysis.ts'
import { readPlatform } from '../graph/platforms.ts'
import type { BuildRequest } from './build-events.ts'

/** What the request says of the graph. */
export function inputsOf({ buildArgs, platform, options }: BuildRequest): BuildInputs {
  const target = platform === undefined ? null : readPlatform(platform)
  return {
    ...defaultInputs,
    buildArgs,
    namedContexts: Object.keys(options?.namedContexts ?? {}),
    targetPlatform: target?.kind === 'platform' ? target.platform : null,
  }
}
