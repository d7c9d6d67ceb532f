import { create, type MessageInitShape } from '@bufbuild/protobuf'
import { expect, test } from 'vitest'
import { StatusResponseSchema } from '../../electron/host/engine/protocol/generated/control_pb.ts'
import { StatusEvents } from '../../electron/host/engine/status-events.ts'

const at = (seconds: number) => ({ seconds: BigInt(seconds), nanos: 0 })

function read(status: StatusEvents, response: MessageInitShape<typeof StatusResponseSchema>) {
  return [...status.read(create(StatusResponseSchema, response))]
}

test('a vertex that is told of again and again changes only when it does', () => {
  const status = new StatusEvents()
  const states = [
    { digest: 'a', name: 'A' },
    { digest: 'a', name: 'A' },
    { digest: 'a', name: 'A', started: at(10) },
    { digest: 'a', name: 'A', started: at(10), completed: at(11) },
    { digest: 'a', name: 'A', started: at(12) },
    { digest: 'a', name: 'A', started: at(12), completed: at(15) },
    { digest: 'a', name: 'A', started: at(12), completed: at(15) },
  ].flatMap(vertex => read(status, { vertexes: [vertex] }).map(event => (event.kind === 'step' ? event.state : '')))
  expect(states).toEqual(['queued', 'running', 'done', 'running', 'done'])
  expect(status.isComplete('a')).toBe(true)
})

test('what another build did before this one began is cached, and its output is not told again', () => {
  const status = new StatusEvents()
  read(status, { vertexes: [{ digest: 'read', name: 'load', started: at(100) }] })
  const events = read(status, {
    vertexes: [{ digest: 'a', name: 'A', started: at(50), completed: at(60) }],
    logs: [{ vertex: 'a', stream: 1n, timestamp: at(55), message: Buffer.from('old') }],
    statuses: [{ id: 's', vertex: 'a', completed: at(60) }],
  })
  expect(events).toMatchObject([{ kind: 'step', state: 'cached' }])
})

test('characters that the engine cut in two are put together, stream by stream', () => {
  const status = new StatusEvents()
  const bytes = Buffer.from('é')
  const log = (stream: bigint, message: Uint8Array) => read(status, { logs: [{ vertex: 'a', stream, message }] })
  expect(log(1n, bytes.subarray(0, 1))).toEqual([])
  expect(log(2n, Buffer.from('x'))).toMatchObject([{ stream: 'stderr', text: 'x' }])
  expect(log(1n, bytes.subarray(1))).toMatchObject([{ stream: 'stdout', text: 'é' }])
  log(1n, bytes.subarray(0, 1))
  expect([...status.finish()]).toMatchObject([{ stream: 'stdout', text: '\uFFFD' }])
})

test('one failure is the cause; what it stopped is cancelled', () => {
  const status = new StatusEvents()
  const vertexes = [
    {
      digest: 'b',
      name: 'B',
      started: at(1),
      completed: at(2),
      error: 'process "/bin/sh -c x" did not complete successfully: context canceled',
    },
    { digest: 'a', name: 'A', started: at(1), completed: at(2), error: 'exit code: 3' },
  ]
  expect(read(status, { vertexes })).toMatchObject([{ state: 'cancelled' }, { state: 'failed', error: 'exit code: 3' }])
  expect(status.failure).toMatchObject({ vertex: 'a' })
})

test('a warning names its rule and lines', () => {
  const warning = {
    short: Buffer.from("StageNameCasing: Stage name 'A' should be lowercase (line 1)"),
    ranges: [{ start: { line: 1 }, end: { line: 1 } }],
  }
  expect(read(new StatusEvents(), { warnings: [warning] })).toEqual([
    {
      kind: 'warning',
      rule: 'StageNameCasing',
      message: "Stage name 'A' should be lowercase (line 1)",
      lines: [{ start: 1, end: 1 }],
    },
  ])
})

test('output that the engine left out is explained, and the same words of a program are not', () => {
  const status = new StatusEvents()
  const told = (message: string) =>
    read(status, {
      vertexes: [{ digest: 'a', name: 'RUN noise' }],
      logs: [{ vertex: 'a', stream: 2n, message: Buffer.from(message) }],
    })
  expect(told('\n[output clipped, log limit 200KiB/s reached]\n').at(-1)).toMatchObject({
    kind: 'warning',
    message: /“RUN noise”: it passes on 200KiB\/s a step.*BUILDKIT_STEP_LOG_MAX_SPEED/,
  })
  expect(told('grep: [output clipped, log limit 2MiB reached]\n').at(-1)).toMatchObject({ kind: 'log' })
})
