import { test } from 'vitest'
import { type EngineSetting, startEngine, type StartedEngine } from '../runner/engine.mjs'
import { programPath } from '../runner/prerequisites.mjs'
import { testEnvironment } from './base-image.ts'

const dockerd = programPath('dockerd')

/** Tests with an engine of their own, which they may treat badly. */
export const withOwnEngine = test.skipIf(dockerd === null)

/** What the engine passes on of a step: as much as its 32 bits allow. */
export const unlimitedOutput = { BUILDKIT_STEP_LOG_MAX_SIZE: '2000000000', BUILDKIT_STEP_LOG_MAX_SPEED: '2000000000' }

/** Stopped by whoever starts it. */
export async function startOwnEngine(
  setting: EngineSetting = {},
): Promise<StartedEngine & { readonly environment: NodeJS.ProcessEnv }> {
  const engine = await startEngine(dockerd ?? 'dockerd', setting)
  return { ...engine, environment: { ...testEnvironment, DOCKER_HOST: engine.endpoint } }
}
