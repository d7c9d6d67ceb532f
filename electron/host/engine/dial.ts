import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { connect as connectPlain } from 'node:net'
import { Duplex } from 'node:stream'
import { connect as connectTls } from 'node:tls'
import type { Endpoint } from './endpoint.ts'

/**
 * Opens one connection to the engine. Fails with the system's own error (`code` ENOENT, EACCES, ECONNREFUSED, …), for
 * ssh with what ssh wrote.
 */
export function dial(endpoint: Endpoint, signal: AbortSignal): Promise<Duplex> {
  signal.throwIfAborted()
  const { transport } = endpoint
  switch (transport.kind) {
    case 'socket':
      return opened(connectPlain({ path: transport.path }), 'connect', signal)
    case 'tcp': {
      const { host, port, tls } = transport
      if (!tls) return opened(connectPlain({ host, port }), 'connect', signal)
      const socket = connectTls({
        host,
        port,
        servername: tls.serverName ?? host,
        rejectUnauthorized: tls.verify,
        ...(tls.certificateAuthority && { ca: tls.certificateAuthority }),
        ...(tls.certificate && { cert: tls.certificate }),
        ...(tls.key && { key: tls.key }),
        // Engines take an upgrade of HTTP/1 only; BuildKit daemons take nothing else than HTTP/2.
        ...(endpoint.isBuildKit && { ALPNProtocols: ['h2'] }),
      })
      return opened(socket, 'secureConnect', signal)
    }
    case 'ssh':
      return Promise.resolve(new ChildConnection(spawn('ssh', [...transport.arguments])))
  }
}

function opened(socket: Duplex, ready: 'connect' | 'secureConnect', signal: AbortSignal): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const abort = () => socket.destroy(abortReason(signal))
    signal.addEventListener('abort', abort, { once: true })
    socket.once('error', reject)
    socket.once('close', () => signal.removeEventListener('abort', abort))
    socket.once(ready, () => {
      signal.removeEventListener('abort', abort)
      socket.off('error', reject)
      resolve(socket)
    })
  })
}

/** An abort's reason as an Error, whatever was given. */
export function abortReason(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error('Cancelled.')
}

/** The standard streams of a child process as one connection; destroying it ends the process. */
class ChildConnection extends Duplex {
  readonly #child: ChildProcessWithoutNullStreams
  #complaint = ''
  #hasSpoken = false

  constructor(child: ChildProcessWithoutNullStreams) {
    super()
    this.#child = child
    child.stdout.on('data', (chunk: Buffer) => {
      this.#hasSpoken = true
      if (!this.push(chunk)) child.stdout.pause()
    })
    child.stderr.on('data', (chunk: Buffer) => {
      this.#complaint = (this.#complaint + chunk.toString('utf8')).slice(-2_000)
    })
    // It has ended, then, and its end says why.
    child.stdin.on('error', () => undefined)
    child.on('error', error => this.destroy(error))
    child.on('close', code => {
      if (this.destroyed || (code === 0 && this.#hasSpoken)) this.push(null)
      else this.destroy(new Error(this.#complaint.trim() || `ssh ended without a word (exit code ${String(code)}).`))
    })
  }

  override _read(): void {
    this.#child.stdout.resume()
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#child.stdin.write(chunk, () => done())
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#child.stdin.end(done)
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#child.kill()
    done(error)
  }
}
