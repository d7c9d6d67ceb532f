import { contract, type HostImplementation, type MethodName } from './contract.ts'
import { type AnswerFrame, eventWindow, type RequestFrame, requestFrameSchema } from './frames.ts'
import { HostError } from './host-error.ts'
import type { Port } from './port.ts'
import { checkArgument, isMethodName } from './validation.ts'

/** Hears of what must not reach the renderer: the details of an error that nobody foresaw, or a frame without sense. */
export type ReportSurprise = (what: string, error: unknown) => void

type Handler = (argument: unknown, signal: AbortSignal) => unknown

interface Running {
  readonly controller: AbortController
  /** Events that may still be sent before the reader has taken some. */
  credit: number
  /** Set while the stream waits for credit. */
  wake: (() => void) | null
}

/**
 * Answers one port with a host's functions until the port closes or the returned function is called; both abort whatever
 * is under way. Arguments are validated here. HostErrors cross with their code; anything else crosses as `internal`
 * without its details, which go to `report`.
 */
export function serve(port: Port, implementation: HostImplementation, report: ReportSurprise = () => {}): () => void {
  const running = new Map<number, Running>()
  const handlers = implementation as Readonly<Record<MethodName, Handler>>
  let stopped = false
  const send = (frame: AnswerFrame) => {
    if (!stopped) port.send(frame)
  }

  const refuse = (id: number, error: HostError) => {
    send({ kind: 'error', id, code: error.code, message: error.message })
  }

  const begin = (frame: Extract<RequestFrame, { kind: 'call' | 'stream' }>) => {
    if (running.has(frame.id)) {
      report(`The id ${frame.id} is in use already; the frame was dropped.`, frame)
      return
    }
    const { id, method, kind } = frame
    if (!isMethodName(method) || contract[method].kind !== kind) {
      refuse(id, new HostError('unknown-method', `This host has no ${kind} named "${method.slice(0, 100)}".`))
      return
    }
    const verdict = checkArgument(method, frame.argument)
    if (!verdict.ok) {
      refuse(id, new HostError('invalid-argument', verdict.sentence))
      return
    }
    const entry: Running = { controller: new AbortController(), credit: eventWindow, wake: null }
    running.set(id, entry)
    const answer = kind === 'call' ? answerCall : answerStream
    void answer(id, method, verdict.value, entry)
      .catch((error: unknown) => {
        if (entry.controller.signal.aborted) return
        if (error instanceof HostError) refuse(id, error)
        else {
          report(`${method} failed.`, error)
          const sentence = `Slipway's host failed at ${method}, which is a fault of Slipway's own; its log has the details.`
          refuse(id, new HostError('internal', sentence))
        }
      })
      .finally(() => running.delete(id))
  }

  const answerCall = async (id: number, method: MethodName, argument: unknown, entry: Running) => {
    const { signal } = entry.controller
    const value = await handlers[method](argument, signal)
    if (!signal.aborted) send({ kind: 'result', id, value })
  }

  const answerStream = async (id: number, method: MethodName, argument: unknown, entry: Running) => {
    const { signal } = entry.controller
    const events = handlers[method](argument, signal) as AsyncIterable<unknown>
    const iterator = events[Symbol.asyncIterator]()
    // Also while next() is pending: a generator takes note and runs its `finally` as soon as it can.
    const leave = () => {
      void Promise.resolve(iterator.return?.()).catch((error: unknown) => report(`${method} failed to stop.`, error))
    }
    signal.addEventListener('abort', leave, { once: true })
    for (;;) {
      const next = await iterator.next()
      if (signal.aborted) return
      if (next.done === true) {
        signal.removeEventListener('abort', leave)
        send({ kind: 'end', id })
        return
      }
      send({ kind: 'event', id, value: next.value })
      entry.credit--
      if (entry.credit > 0) continue
      await new Promise<void>(resolve => {
        entry.wake = resolve
      })
      entry.wake = null
    }
  }

  const abort = (entry: Running) => {
    entry.controller.abort()
    entry.wake?.()
  }

  const receive = (frame: RequestFrame) => {
    switch (frame.kind) {
      case 'call':
      case 'stream':
        begin(frame)
        return
      case 'cancel': {
        const entry = running.get(frame.id)
        if (entry !== undefined) abort(entry)
        return
      }
      case 'taken': {
        const entry = running.get(frame.id)
        if (entry === undefined) return
        // Never above the window, whatever the reader claims to have taken.
        entry.credit = Math.min(eventWindow, entry.credit + frame.count)
        entry.wake?.()
        return
      }
    }
  }

  const stop = () => {
    if (stopped) return
    stopped = true
    for (const entry of running.values()) abort(entry)
  }
  port.onMessage(message => {
    if (stopped) return
    const frame = requestFrameSchema.safeParse(message)
    if (frame.success) receive(frame.data)
    else report('A frame without sense was dropped.', frame.error)
  })
  port.onClose(stop)
  return stop
}
