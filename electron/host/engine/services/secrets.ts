import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import { readFile } from 'node:fs/promises'
import { HostError } from '../../../../shared/bridge/host-error.ts'
import type { BuildRequest } from '../../../../shared/builds/build-events.ts'
import { besideContext } from '../build-inputs.ts'
import { GrpcError, grpcStatus } from '../grpc-framing.ts'
import type { CallHandler } from '../grpc-server.ts'
import {
  GetSecretRequestSchema,
  GetSecretResponseSchema,
  Secrets as Service,
} from '../protocol/generated/secrets_pb.ts'

export const getSecretPath = `/${Service.typeName}/GetSecret`

/** Values by id. They stay in this process and in what the engine mounts. */
export type Secrets = ReadonlyMap<string, Uint8Array>

/** BuildKit's own limit, which it tells of only deep within a build. */
const largestSecret = 500 * 1024

/** @throws HostError not-found where a secret's file or variable is not there, invalid-argument where it is too large. */
export async function findSecrets(request: BuildRequest, environment: NodeJS.ProcessEnv): Promise<Secrets> {
  const secrets = new Map<string, Uint8Array>()
  for (const { id, kind, source } of request.options?.secrets ?? []) {
    const place = kind === 'file' ? `the file ${besideContext(request, source)}` : `the variable ${source}`
    const value =
      kind === 'file'
        ? await readFile(besideContext(request, source)).catch(() => null)
        : environment[source] === undefined
          ? null
          : Buffer.from(environment[source])
    if (value === null)
      throw new HostError(
        'not-found',
        `The secret “${id}” is to come from ${place}, which is not there. Nothing was built.`,
      )
    if (value.length > largestSecret)
      throw new HostError('invalid-argument', `The secret “${id}” is larger than the 500 kB that BuildKit takes.`)
    secrets.set(id, value)
  }
  return secrets
}

export function answerSecrets(secrets: Secrets): CallHandler {
  return async call => {
    let id = ''
    for await (const [message] of call.messages) {
      if (message) ({ id } = fromBinary(GetSecretRequestSchema, message))
      break
    }
    const data = secrets.get(id)
    if (!data) throw new GrpcError(grpcStatus.notFound, `secret ${id} not found`)
    await call.send([toBinary(GetSecretResponseSchema, create(GetSecretResponseSchema, { data }))])
  }
}
