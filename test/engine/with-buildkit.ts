import { test } from 'vitest'
import { engineUnderTest } from './building.ts'

const engine = engineUnderTest()
const found = await engine.inspect(new AbortController().signal)
await engine.close()
const podman = found.kind === 'ready' && found.name === 'Podman' ? found.version : null
export const isPodman = podman !== null
if (isPodman) console.log(`Not all ran: what takes BuildKit cannot be tried on Podman ${podman}, which has none.`)

/** Tests of what only engines with BuildKit can do. */
export const withBuildKit = test.skipIf(isPodman)

export const withoutHeredocs = podman?.startsWith('4.') === true
if (withoutHeredocs) console.log(`Not all ran: Podman ${podman} does not know heredocs.`)

/** Tests of heredocs, which every other engine knows or is taught. */
export const withHeredocs = test.skipIf(withoutHeredocs)
