import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stringAt, valueAt } from '../endpoint.ts'
import type { CallHandler } from '../grpc-server.ts'
import { Auth, CredentialsRequestSchema, CredentialsResponseSchema } from '../protocol/generated/filesync_pb.ts'

export const credentialsPath = `/${Auth.typeName}/Credentials`

interface Credentials {
  readonly username: string
  readonly secret: string
}

const none: Credentials = { username: '', secret: '' }

/** Gives the daemon the user's own registry logins, from the docker command's configuration and credential helpers. */
export function answerCredentials(configDirectory: string): CallHandler {
  return async call => {
    let host = ''
    for await (const [message] of call.messages) {
      if (message) host = fromBinary(CredentialsRequestSchema, message).host
      break
    }
    const credentials = await findCredentials(configDirectory, host)
    await call.send([toBinary(CredentialsResponseSchema, create(CredentialsResponseSchema, credentials))])
  }
}

/** Empty where there is no login: the daemon then asks the registry anonymously. */
export async function findCredentials(configDirectory: string, host: string): Promise<Credentials> {
  const configuration = await readConfiguration(configDirectory)
  // Docker Hub's logins are kept under the address of its first version.
  const keys =
    host === 'registry-1.docker.io' ? ['https://index.docker.io/v1/', 'docker.io'] : [host, `https://${host}`]
  for (const key of keys) {
    const helper = stringAt(configuration, ['credHelpers', key]) ?? stringAt(configuration, ['credsStore'])
    const found = helper ? await askHelper(helper, key) : storedLogin(configuration, key)
    if (found) return found
  }
  return none
}

async function readConfiguration(directory: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(join(directory, 'config.json'), 'utf8'))
  } catch {
    // No configuration, or one that cannot be read, holds no login; pulling public images still works.
    return {}
  }
}

function storedLogin(configuration: unknown, key: string): Credentials | null {
  const login = valueAt(configuration, ['auths', key])
  if (login === undefined) return null
  const token = stringAt(login, ['identitytoken'])
  if (token) return { username: '', secret: token }
  const encoded = stringAt(login, ['auth'])
  if (encoded) {
    const decoded = Buffer.from(encoded, 'base64').toString('utf8')
    const colon = decoded.indexOf(':')
    return colon < 0 ? null : { username: decoded.slice(0, colon), secret: decoded.slice(colon + 1) }
  }
  const username = stringAt(login, ['username'])
  const secret = stringAt(login, ['password'])
  return username && secret ? { username, secret } : null
}

function askHelper(helper: string, key: string): Promise<Credentials | null> {
  return new Promise(resolve => {
    const child = spawn(`docker-credential-${helper}`, ['get'], { stdio: ['pipe', 'pipe', 'ignore'], timeout: 10_000 })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.stdin.on('error', () => undefined)
    child.on('error', () => resolve(null))
    child.on('close', code => resolve(code === 0 ? helperAnswer(Buffer.concat(chunks).toString('utf8')) : null))
    child.stdin.end(key)
  })
}

function helperAnswer(text: string): Credentials | null {
  try {
    const answer: unknown = JSON.parse(text)
    const username = stringAt(answer, ['Username'])
    const secret = stringAt(answer, ['Secret'])
    if (username === null || !secret) return null
    return { username: username === '<token>' ? '' : username, secret }
  } catch {
    return null
  }
}
