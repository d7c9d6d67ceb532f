import type { Endpoint } from './endpoint.ts'
import { openControl } from './gateway-job.ts'
import { type EngineDescription, NotAnEngine } from './http-api.ts'
import { Control } from './protocol/generated/control_pb.ts'

/** Whether what was met may be a BuildKit daemon, to which a request of HTTP/1 is nonsense. */
export function mayBeBuildKit(error: unknown): boolean {
  if (error instanceof NotAnEngine) return true
  return error instanceof Error && 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE')
}

/** Asks a BuildKit daemon who it is. */
export async function describeBuildKit(endpoint: Endpoint, signal: AbortSignal): Promise<EngineDescription> {
  const control = await openControl(endpoint, signal)
  try {
    const { workers } = await control.unary(Control.method.listWorkers, {}, { signal })
    // Daemons before 0.11 do not tell their version.
    const info = await control.unary(Control.method.info, {}, { signal }).catch(() => null)
    const platform = workers[0]?.platforms[0]
    return {
      name: 'BuildKit',
      version: info?.buildkitVersion?.version.replace(/^v/, '') ?? 'unknown',
      apiVersion: '',
      platform: `${platform?.os ?? 'linux'}/${platform?.architecture ?? 'unknown'}`,
      podman: false,
    }
  } finally {
    control.close()
  }
}
