import { statSync } from 'node:fs'
import type { SilenceCause } from '../../../shared/engine-places.ts'
import type { Endpoint } from './endpoint.ts'
import { explainSsh } from './ssh-silence.ts'
import { explainTls, wantsTls } from './tls-silence.ts'
import { NotAnEngine, UnusableApi, WantsTls } from './http-api.ts'

/** Nothing was answered in time. */
export class Silence extends Error {
  override readonly name = 'Silence'
  readonly milliseconds: number

  constructor(milliseconds: number) {
    super('Nothing was answered.')
    this.milliseconds = milliseconds
  }
}

export interface ExplainedSilence {
  readonly cause: SilenceCause
  /** Part of a sentence, without its end. */
  readonly reason: string
  readonly advice: string
}

/** Why nobody who could build answers at an endpoint, and what to do. */
export function explainSilence(endpoint: Endpoint, error: unknown): ExplainedSilence {
  const start = 'Start Docker, or choose another engine.'
  const reason = trimmed(error instanceof Error ? error.message : String(error))
  if (error instanceof WantsTls) return wantsTls
  if (error instanceof NotAnEngine) return { cause: 'not-an-engine', reason, advice: 'Correct the address.' }
  if (error instanceof UnusableApi) return { cause: error.cause, reason, advice: error.advice }
  if (error instanceof Silence)
    return {
      cause: 'timeout',
      reason: `it did not answer within ${error.milliseconds / 1_000} seconds`,
      advice: 'Look at the network, or restart the engine.',
    }
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const tls = explainTls(code)
  if (tls !== null) return tls
  const where = endpoint.transport.kind === 'socket' ? endpoint.transport.path : endpoint.url
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return endpoint.transport.kind === 'ssh'
        ? { cause: 'other', reason: 'the ssh program was not found', advice: 'Install an ssh client.' }
        : {
            cause: 'no-file',
            reason: `there is no such file as ${where}`,
            advice: `Docker is not installed or not running. ${start}`,
          }
    case 'EACCES':
    case 'EPERM':
      return { cause: 'permission', reason: `permission to use ${where} was denied`, advice: permissionAdvice(where) }
    case 'ECONNREFUSED':
      // The system says the same of a file or folder.
      if (isOtherFile(endpoint)) return notASocket(where)
      return { cause: 'refused', reason: `nobody listens at ${where}`, advice: `Docker is not running. ${start}` }
    case 'ENOTSOCK':
      return notASocket(where)
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return {
        cause: 'unreachable',
        reason: 'its host name is not known',
        advice: 'Correct the address, or look at the network.',
      }
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return { cause: 'unreachable', reason: 'its host cannot be reached', advice: 'Look at the network.' }
    case 'ECONNRESET':
    case 'EPIPE':
      return {
        cause: 'other',
        reason: 'it closed the connection without an answer',
        advice: endpoint.transport.kind === 'tcp' ? resetAdvice(endpoint.transport.tls !== null) : start,
      }
    default:
      return endpoint.transport.kind === 'ssh' ? explainSsh(reason) : { cause: 'other', reason, advice: start }
  }
}

function isOtherFile({ transport }: Endpoint): boolean {
  return transport.kind === 'socket' && statSync(transport.path, { throwIfNoEntry: false })?.isSocket() === false
}

function notASocket(where: string): ExplainedSilence {
  return { cause: 'not-an-engine', reason: `${where} is no socket`, advice: 'Correct the address.' }
}

function resetAdvice(isTls: boolean): string {
  return isTls
    ? 'It may not accept the certificate in cert.pem: name the folder with the one made for it.'
    : 'If it wants TLS, name the folder with ca.pem, cert.pem and key.pem.'
}

function permissionAdvice(where: string): string {
  return where.includes('podman')
    ? 'That socket belongs to another user. Use the Podman of your own user: “systemctl --user start podman.socket”.'
    : 'Add yourself to the group “docker” (sudo usermod -aG docker $USER), log in again and restart Slipway.'
}

function trimmed(message: string): string {
  return message.trim().replace(/[.?]$/, '')
}
