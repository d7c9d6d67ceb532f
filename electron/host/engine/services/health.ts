import { create, toBinary } from '@bufbuild/protobuf'
import type { CallHandler } from '../grpc-server.ts'
import { Health, HealthCheckResponseSchema } from '../protocol/generated/health_pb.ts'

export const healthPath = `/${Health.typeName}/Check`

const serving = toBinary(HealthCheckResponseSchema, create(HealthCheckResponseSchema, { status: 1 }))

/** Answers the daemon's question whether we still live: without an answer it drops the session within seconds. */
export const answerHealth: CallHandler = async call => {
  for await (const messages of call.messages) if (messages.length > 0) break
  await call.send([serving])
}
