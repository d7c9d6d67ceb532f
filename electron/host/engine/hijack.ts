import type { OutgoingHttpHeaders } from 'node:http2'
import type { Duplex } from 'node:stream'
import { abortReason, dial } from './dial.ts'
import type { Endpoint } from './endpoint.ts'

/** The engine answered an upgrade with something else. */
export class UpgradeRefused extends Error {
  override readonly name = 'UpgradeRefused'
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/**
 * Turns a fresh connection into a raw one that speaks HTTP/2 from here on: `/grpc` makes the engine the server,
 * `/session` makes it the client.
 *
 * The request is written by hand. Node's client would add a chunked body, whose terminator the HTTP/2 side then reads as
 * garbage; and nothing may be sent before the 101, because the engine throws away what it has buffered by then.
 */
export async function hijack(
  endpoint: Endpoint,
  path: '/grpc' | '/session',
  headers: OutgoingHttpHeaders,
  signal: AbortSignal,
): Promise<Duplex> {
  const socket = await dial(endpoint, signal)
  const lines = [
    `POST ${path} HTTP/1.1`,
    'Host: docker',
    'Connection: Upgrade',
    'Upgrade: h2c',
    'Content-Length: 0',
    // A list is a header that is repeated.
    ...Object.entries(headers).flatMap(([name, value]) => [value].flat().map(each => `${name}: ${String(each)}`)),
  ]
  const abort = () => socket.destroy(abortReason(signal))
  signal.addEventListener('abort', abort, { once: true })
  try {
    return await new Promise<Duplex>((resolve, reject) => {
      let received = Buffer.alloc(0)
      const onChunk = (chunk: Buffer) => {
        received = Buffer.concat([received, chunk])
        const end = received.indexOf('\r\n\r\n')
        if (end < 0) return
        const status = Number(received.subarray(9, 12).toString('latin1'))
        if (status !== 101) {
          const body = received
            .subarray(end + 4)
            .toString('utf8')
            .trim()
          reject(new UpgradeRefused(status, body || `HTTP status ${status}`))
          socket.destroy()
          return
        }
        socket.off('data', onChunk).off('error', reject).off('close', onClose)
        socket.pause()
        const rest = received.subarray(end + 4)
        // The engine's first frames may come in the same segment as its answer.
        if (rest.length > 0) socket.unshift(rest)
        resolve(socket)
      }
      const onClose = () => reject(new Error('The engine closed the connection.'))
      socket.on('data', onChunk).on('error', reject).on('close', onClose)
      socket.write(`${lines.join('\r\n')}\r\n\r\n`)
    })
  } finally {
    signal.removeEventListener('abort', abort)
  }
}
