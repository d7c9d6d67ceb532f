import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import { once } from 'node:events'
import { createConnection } from 'node:net'
import { HostError } from '../../../../shared/bridge/host-error.ts'
import type { BuildRequest } from '../../../../shared/builds/build-events.ts'
import { GrpcError, grpcStatus } from '../grpc-framing.ts'
import type { CallHandler } from '../grpc-server.ts'
import {
  BytesMessageSchema,
  CheckAgentRequestSchema,
  CheckAgentResponseSchema,
  SSH,
} from '../protocol/generated/ssh_pb.ts'

export const checkAgentPath = `/${SSH.typeName}/CheckAgent`
export const forwardAgentPath = `/${SSH.typeName}/ForwardAgent`

/** Sockets by id. */
export type Agents = ReadonlyMap<string, string>

/** @throws HostError not-found where the user's own agent is asked for and there is none. */
export function findAgents(request: BuildRequest, environment: NodeJS.ProcessEnv): Agents {
  return new Map(
    Object.entries(request.options?.ssh ?? {}).map(([id, written]) => {
      const socket = written === '' ? environment['SSH_AUTH_SOCK'] : written
      if (socket) return [id, socket]
      throw new HostError(
        'not-found',
        `The build is to use your ssh agent, and SSH_AUTH_SOCK names none. Start one with ssh-agent, then Slipway from the same shell.`,
      )
    }),
  )
}

export function answerAgentCheck(agents: Agents): CallHandler {
  return async call => {
    let id = ''
    for await (const [message] of call.messages) {
      if (message) ({ id } = fromBinary(CheckAgentRequestSchema, message))
      break
    }
    socketOf(agents, id)
    await call.send([toBinary(CheckAgentResponseSchema, create(CheckAgentResponseSchema))])
  }
}

/** Carries bytes between a step and the user's agent; the keys never leave the agent. */
export function forwardAgent(agents: Agents): CallHandler {
  return async call => {
    const socket = createConnection(socketOf(agents, call.metadata('buildkit.ssh.id')[0] ?? ''))
    const answering = (async () => {
      for await (const data of socket) {
        if (!Buffer.isBuffer(data)) continue
        await call.send([toBinary(BytesMessageSchema, create(BytesMessageSchema, { data }))])
      }
    })()
    // Its failure is thrown below; until then it must not count as unhandled.
    answering.catch(() => undefined)
    try {
      for await (const messages of call.messages)
        for (const message of messages)
          if (!socket.write(fromBinary(BytesMessageSchema, message).data)) await once(socket, 'drain')
      socket.end()
      await answering
    } finally {
      socket.destroy()
    }
  }
}

function socketOf(agents: Agents, id: string): string {
  const socket = agents.get(id === '' ? 'default' : id)
  if (socket === undefined) throw new GrpcError(grpcStatus.notFound, `unset ssh forward key ${id}`)
  return socket
}
