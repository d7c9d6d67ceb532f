import { test } from 'vitest'
import { engineUnderTest } from './building.ts'

const engine = engineUnderTest()
const found = await engine.inspect(new AbortController().signal)
await engine.close()
const isPodman = found.kind === 'ready' && found.name === 'Podman'
if (isPodman)
  console.log(`Not all ran: what takes BuildKit cannot be tried on Podman ${found.version}, which has none.`)

/** Tests of what only engines with BuildKit can do. */
export const withBuildKit = test.skipIf(isPodman)
