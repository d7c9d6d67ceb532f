import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { findEndpoint } from '../../electron/host/engine/endpoint.ts'
import { dial } from '../../electron/host/engine/dial.ts'

/** A base image with a shell, made on the engine from this machine's static busybox: no registry is needed. */
export const baseImage = 'slipway-test/busybox:1'

/** Whatever engine the tests are pointed at. */
export const testEnvironment: NodeJS.ProcessEnv = {
  PATH: process.env.PATH,
  DOCKER_HOST: process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock',
}

export interface PlainAnswer {
  readonly status: number
  readonly body: Buffer
}

/** One call of the engine's plain API, by which the tests look at what the module under test did. */
export async function callEngine(
  method: string,
  path: string,
  body?: Buffer,
  type = 'application/x-tar',
  environment = testEnvironment,
): Promise<PlainAnswer> {
  const endpoint = await findEndpoint({ environment, homeDirectory: '/nonexistent' })
  const socket = await dial(endpoint, AbortSignal.timeout(60_000)).catch((error: unknown) => {
    throw new Error(
      `These tests need a Docker Engine, and none answers at ${endpoint.url}. Run them with “npm test”, which starts one, or set DOCKER_HOST.`,
      { cause: error },
    )
  })
  return new Promise((resolve, reject) => {
    const headers = {
      host: 'docker',
      connection: 'close',
      ...(body && { 'content-type': type, 'content-length': body.length }),
    }
    const outgoing = request({ method, path, headers, createConnection: () => socket }, incoming => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(chunks) }))
      incoming.on('error', reject)
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

export async function ensureBaseImage(): Promise<void> {
  await ensureBaseImageOn(testEnvironment)
}

export async function ensureBaseImageOn(environment: NodeJS.ProcessEnv): Promise<void> {
  const type = 'application/x-tar'
  if ((await callEngine('GET', `/images/${baseImage}/json`, undefined, type, environment)).status === 200) return
  const busybox = readFileSync('/bin/busybox')
  const applets = execFileSync('/bin/busybox', ['--list'], { encoding: 'utf8' }).trim().split('\n')
  const entries = [
    tarEntry('bin/', '5', 0o755, '', Buffer.alloc(0)),
    tarEntry('tmp/', '5', 0o1777, '', Buffer.alloc(0)),
    tarEntry('bin/busybox', '0', 0o755, '', busybox),
    ...applets
      .filter(applet => applet !== 'busybox')
      .map(applet => tarEntry(`bin/${applet}`, '2', 0o777, 'busybox', Buffer.alloc(0))),
    Buffer.alloc(1_024),
  ]
  const made = await callEngine(
    'POST',
    // Podman 4.3 hears of a tag only so.
    `/images/create?fromSrc=-&repo=${encodeURIComponent(baseImage)}`,
    Buffer.concat(entries),
    type,
    environment,
  )
  if (made.status !== 200) throw new Error(`The base image could not be made: ${made.body.toString('utf8')}`)
}

function tarEntry(name: string, type: string, mode: number, link: string, content: Buffer): Buffer {
  const header = Buffer.alloc(512)
  header.write(name, 0, 100)
  header.write(mode.toString(8).padStart(7, '0'), 100)
  header.write('0000000', 108)
  header.write('0000000', 116)
  header.write(content.length.toString(8).padStart(11, '0'), 124)
  header.write('00000000000', 136)
  header.write('        ', 148)
  header.write(type, 156)
  header.write(link, 157, 100)
  header.write('ustar\x0000', 257, 'latin1')
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)])
}
