import { setTimeout as wait } from 'node:timers/promises'
import type { BuildEvent } from '../../../shared/builds/build-events.ts'
import type { EventQueue } from './event-queue.ts'
import type { GrpcConnection } from './grpc-client.ts'
import type { StatusEvents } from './status-events.ts'
import { followBuild } from './status-stream.ts'

/** Events that may wait to be taken before the engine has to: what bounds our memory at any length of output. */
const waitingEvents = 256

/** Passes on what the engine tells, no faster than it is taken. */
export class StatusFollower {
  readonly #status: StatusEvents
  readonly #events: EventQueue<BuildEvent>
  /** Since when the engine is awaited; null while events wait to be taken. */
  #awaited: number | null = performance.now()

  readonly #ended: Promise<void>
  /** To be called when the engine does no more for the build. */
  buildEnded: () => void = () => {}

  constructor(status: StatusEvents, events: EventQueue<BuildEvent>) {
    this.#status = status
    this.#events = events
    this.#ended = new Promise(resolve => (this.buildEnded = resolve))
  }

  /** Resolves with 'all' when the engine came to the end. See `followBuild` for the arguments. */
  async follow(
    control: GrpcConnection,
    openReserve: (() => Promise<GrpcConnection>) | null,
    reference: string,
  ): Promise<'all' | Error> {
    try {
      for await (const response of followBuild(control, openReserve, reference, this.#ended)) {
        this.#awaited = null
        for (const event of this.#status.read(response)) await this.#events.pushWithin(event, waitingEvents)
        this.#awaited = performance.now()
      }
      return 'all'
    } catch (error) {
      // The build's own calls tell what became of it; without status it only goes on unseen.
      return error instanceof Error ? error : new Error(String(error))
    }
  }

  /** Resolves once the engine has said nothing for so long. */
  async silence(milliseconds: number): Promise<void> {
    let left = milliseconds
    while (left > 0) {
      await wait(left, undefined, { ref: false })
      left = milliseconds - (this.#awaited === null ? 0 : performance.now() - this.#awaited)
    }
  }
}
