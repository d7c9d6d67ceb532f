import type { Argument, CallName, HostApi, MethodName, Result, StreamName } from './contract.ts'
import { createEventQueue, type EventQueue } from './event-queue.ts'
import { type AnswerFrame, answerFrameSchema, type RequestFrame, takenBatch } from './frames.ts'
import { HostError } from './host-error.ts'
import type { Port } from './port.ts'
import { checkResult } from './validation.ts'

interface PendingCall {
  readonly kind: 'call'
  readonly method: MethodName
  resolve(value: unknown): void
  reject(error: HostError): void
}
interface PendingStream {
  readonly kind: 'stream'
  readonly method: MethodName
  readonly queue: EventQueue
}

/**
 * The host as the renderer holds it, over any wire. Every answer is validated; calls reject and streams throw HostError
 * with the host's code, `cancelled` when the signal fires, `disconnected` when the host is lost. A stream starts when its
 * loop does.
 */
export function connect(port: Port): HostApi {
  const pending = new Map<number, PendingCall | PendingStream>()
  let nextId = 0
  let lost: HostError | null = null
  const send = (frame: RequestFrame) => {
    port.send(frame)
  }

  const fail = (id: number, error: HostError) => {
    const entry = pending.get(id)
    pending.delete(id)
    if (entry?.kind === 'call') entry.reject(error)
    else entry?.queue.fail(error)
  }

  const receive = (frame: AnswerFrame) => {
    const entry = pending.get(frame.id)
    if (entry === undefined) return // cancelled here while the answer was under way
    switch (frame.kind) {
      case 'result':
      case 'event': {
        if ((frame.kind === 'result') !== (entry.kind === 'call')) return
        const verdict = checkResult(entry.method, frame.value)
        if (!verdict.ok) {
          if (entry.kind === 'stream') send({ kind: 'cancel', id: frame.id })
          fail(frame.id, new HostError('internal', verdict.sentence))
        } else if (entry.kind === 'stream') entry.queue.push(verdict.value)
        else {
          pending.delete(frame.id)
          entry.resolve(verdict.value)
        }
        return
      }
      case 'end':
        if (entry.kind !== 'stream') return
        pending.delete(frame.id)
        entry.queue.end()
        return
      case 'error':
        fail(frame.id, new HostError(frame.code, frame.message))
        return
    }
  }

  port.onMessage(message => {
    const frame = answerFrameSchema.safeParse(message)
    if (frame.success) receive(frame.data)
  })
  port.onClose(reason => {
    lost = new HostError('disconnected', `The connection to Slipway's host is lost. ${reason}`)
    for (const id of [...pending.keys()]) fail(id, lost)
  })

  /** Cancels on abort; returns what takes the listener off again. */
  const cancelOn = (signal: AbortSignal | undefined, id: number, method: MethodName): (() => void) => {
    const abort = () => {
      if (!pending.has(id)) return
      send({ kind: 'cancel', id })
      fail(id, cancelled(method))
    }
    signal?.addEventListener('abort', abort, { once: true })
    return () => signal?.removeEventListener('abort', abort)
  }

  return {
    call<M extends CallName>(method: M, argument: Argument<M>, signal?: AbortSignal): Promise<Result<M>> {
      if (lost !== null) return Promise.reject(lost)
      if (signal?.aborted === true) return Promise.reject(cancelled(method))
      const id = nextId++
      const forget = cancelOn(signal, id, method)
      return new Promise<Result<M>>((resolve, reject) => {
        const settled = (value: unknown) => {
          resolve(value as Result<M>) // checked against the method's schema on arrival
        }
        pending.set(id, { kind: 'call', method, resolve: settled, reject })
        send({ kind: 'call', id, method, argument })
      }).finally(forget)
    },

    stream<M extends StreamName>(method: M, argument: Argument<M>, signal?: AbortSignal): AsyncIterable<Result<M>> {
      const open = (): AsyncIterator<unknown, undefined> => {
        const id = nextId++
        let taken = 0
        const queue = createEventQueue(
          () => {
            taken++
            if (taken < takenBatch || !pending.has(id)) return
            send({ kind: 'taken', id, count: taken })
            taken = 0
          },
          () => {
            forget()
            if (pending.delete(id)) send({ kind: 'cancel', id })
          },
        )
        const forget = cancelOn(signal, id, method)
        if (lost !== null) queue.fail(lost)
        else if (signal?.aborted === true) queue.fail(cancelled(method))
        else {
          pending.set(id, { kind: 'stream', method, queue })
          send({ kind: 'stream', id, method, argument })
        }
        return queue.reader
      }
      return { [Symbol.asyncIterator]: () => open() as AsyncIterator<Result<M>, undefined> }
    },
  }
}

function cancelled(method: MethodName): HostError {
  return new HostError('cancelled', `${method} was cancelled.`)
}
