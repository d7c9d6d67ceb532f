import { setTimeout as wait } from 'node:timers/promises'
import { type GrpcConnection, usualWindow } from './grpc-client.ts'
import { GrpcError } from './grpc-framing.ts'
import { Control, type StatusResponse } from './protocol/generated/control_pb.ts'

/** An engine that is well sends one now and then. */
const emptyInARow = 100
/** How long the engine may take to begin answering when it has something to say. */
const answerMilliseconds = 1_000
/** The same when it has much to say: a step is known to have more to tell. */
const backlogMilliseconds = 8_000

/**
 * What the engine tells of a build, in messages of any size cut into pieces.
 *
 * BuildKit 0.8 (Docker 20.10) sends empty messages for ever once more than a mebibyte of output had waited to be sent
 * (control.go never resets `retry`). On the engine each call has a queue of its own, which begins with the call. So where
 * `openReserve` is given a second call always waits, over a connection on which the engine may send nothing at first, and
 * takes over with all that its queue has gathered, less what was told already.
 */
export async function* followBuild(
  control: GrpcConnection,
  openReserve: (() => Promise<GrpcConnection>) | null,
  reference: string,
  ended: Promise<void>,
): AsyncGenerator<StatusResponse> {
  const told = new Map<string, bigint>()
  const running = new Set<string>()
  let current = new StatusCall(control, reference)
  let reserve = openReserve && new StatusCall(await openReserve(), reference)
  while (!(yield* tellNew(current, told, running))) {
    current.connection.close()
    if (!openReserve || !reserve) throw new Error('it sends nothing but empty messages')
    current = reserve
    reserve = new StatusCall(await openReserve(), reference)
    await reserve.begun
    current.connection.setWindow(usualWindow)
    // A call that came after the last message is never answered, or refused. A step's end is told after its output.
    const patience = running.size === 0 ? answerMilliseconds : backlogMilliseconds
    const unanswered = ended.then(() => wait(patience, null, { ref: false }))
    if ((await Promise.race([current.first.catch(nullWithoutJob), unanswered])) !== null) continue
    if (running.size > 0) throw new Error('it broke off in the middle of a step')
    return
  }
}

function nullWithoutJob(error: unknown): null {
  if (error instanceof GrpcError && error.message.startsWith('no such job')) return null
  throw error
}

class StatusCall {
  readonly connection: GrpcConnection
  readonly messages: AsyncGenerator<StatusResponse, void>
  readonly first: Promise<IteratorResult<StatusResponse, void>>
  /** Resolves when the engine has begun to gather for the call; it says so with its first message only. */
  readonly begun: Promise<unknown>

  constructor(connection: GrpcConnection, reference: string) {
    this.connection = connection
    let onResponse = () => {}
    const answered = new Promise<void>(resolve => (onResponse = resolve))
    this.messages = connection.stream(Control.method.status, { ref: reference }, { inPieces: true, onResponse })
    // A generator begins the call when something is taken from it.
    this.first = this.messages.next()
    this.first.catch(() => undefined)
    this.begun = Promise.race([answered, wait(answerMilliseconds, undefined, { ref: false })])
  }
}

/**
 * Output in `told`, by step and stream, is left out; `running` are the steps whose end was not told. Returns whether the
 * engine came to an end.
 */
async function* tellNew({ first, messages }: StatusCall, told: Map<string, bigint>, running: Set<string>) {
  const before = new Map(told)
  let empty = 0
  for (let next = await first; next.done !== true; next = await messages.next()) {
    const { vertexes, statuses, logs, warnings } = next.value
    empty = vertexes.length + statuses.length + logs.length + warnings.length === 0 ? empty + 1 : 0
    if (empty === emptyInARow) return false
    for (const { digest, started, completed } of vertexes)
      if (completed) running.delete(digest)
      else if (started) running.add(digest)
    next.value.logs = logs.filter(({ vertex, stream, timestamp }) => {
      const key = `${String(stream)} ${vertex}`
      const time = (timestamp?.seconds ?? 0n) * 1_000_000_000n + BigInt(timestamp?.nanos ?? 0)
      if (time <= (before.get(key) ?? -1n)) return false
      told.set(key, time)
      return true
    })
    yield next.value
  }
  return true
}
