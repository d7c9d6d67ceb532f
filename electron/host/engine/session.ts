import { randomBytes } from 'node:crypto'
import type { OutgoingHttpHeaders, ServerHttp2Session } from 'node:http2'
import type { Duplex } from 'node:stream'
import type { Endpoint } from './endpoint.ts'
import { openControl } from './gateway-job.ts'
import { type CallHandler, serveGrpc } from './grpc-server.ts'
import { hijack } from './hijack.ts'
import { Control } from './protocol/generated/control_pb.ts'
import { answerHealth, healthPath } from './services/health.ts'

/** What the daemon calls back on while it builds for us. It lasts until closed. */
export interface ClientSession {
  readonly id: string
  /** Resolves when the connection is gone, whoever closed it. */
  readonly closed: Promise<void>
  close(): void
}

export interface SessionOptions {
  /** Stable for one build context, so that the daemon transfers only what changed since the last build of it. */
  readonly sharedKey: string
  /** By "/package.Service/Method"; health is always added. The daemon calls nothing that is not announced. */
  readonly handlers: ReadonlyMap<string, CallHandler>
}

/** @throws UpgradeRefused where the engine knows no sessions; the system's error when nobody answers. */
export async function openSession(
  endpoint: Endpoint,
  options: SessionOptions,
  signal: AbortSignal,
): Promise<ClientSession> {
  const id = randomBytes(12).toString('hex')
  const handlers = new Map([...options.handlers, [healthPath, answerHealth]])
  const headers = {
    'x-docker-expose-session-uuid': id,
    'x-docker-expose-session-name': 'slipway',
    'x-docker-expose-session-sharedkey': options.sharedKey,
    'x-docker-expose-session-grpc-method': [...handlers.keys()],
  }
  const socket = endpoint.isBuildKit
    ? await tunnelled(endpoint, headers, signal)
    : await hijack(endpoint, '/session', headers, signal)
  const session: ServerHttp2Session = serveGrpc(socket, handlers)
  const closed = new Promise<void>(resolve => session.once('close', () => resolve()))
  return {
    id,
    closed,
    close: () => {
      session.destroy()
      socket.destroy()
    },
  }
}

/** A BuildKit daemon takes no upgrade: the session's connection goes through a call of its own. */
async function tunnelled(endpoint: Endpoint, headers: OutgoingHttpHeaders, signal: AbortSignal): Promise<Duplex> {
  const control = await openControl(endpoint, signal)
  return control.tunnel(Control.method.session, headers).once('close', () => control.close())
}
