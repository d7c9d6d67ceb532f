import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { connect } from '../../shared/bridge/connect.ts'
import type { HostImplementation } from '../../shared/bridge/contract.ts'
import { eventWindow } from '../../shared/bridge/frames.ts'
import { HostError } from '../../shared/bridge/host-error.ts'
import type { Port } from '../../shared/bridge/port.ts'
import { type ReportSurprise, serve } from '../../shared/bridge/serve.ts'
import type { FileBatch } from '../../shared/files/file-listing.ts'
import { scriptedHost } from './scripted-host.ts'

/** Both ends of one wire, and how to break it. */
export interface PortPair {
  readonly renderer: Port
  readonly host: Port
  /** Loses the host as a crash would. */
  cut(): void
  release(): Promise<void>
}

const buildRequest = {
  text: 'FROM scratch\n',
  path: null,
  contextDirectory: null,
  target: null,
  tags: [],
  buildArgs: {},
  noCache: false,
}
const someStage = { build: 'b1', stage: 0 }
const batch = (name: string): FileBatch => ({
  entries: [{ path: name, kind: 'file', size: 1, mode: 0o644, uid: 0, gid: 0, link: '', modified: 0 }],
})
const soon = () => new Promise(resolve => setTimeout(resolve, 30))

/** A code and a sentence, or a failure that says what came instead. */
async function refusal(promise: Promise<unknown>): Promise<HostError> {
  const outcome = await promise.then(
    value => new Error(`It was answered: ${JSON.stringify(value)}`),
    (error: unknown) => error,
  )
  if (outcome instanceof HostError) return outcome
  throw outcome
}

async function readAll<T>(events: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const event of events) all.push(event)
  return all
}

/** Everything that any wire between renderer and host has to keep, run over a real one. */
export function describePort(name: string, makePair: () => Promise<PortPair>): void {
  describe(`the bridge over ${name}`, () => {
    let pair: PortPair
    beforeEach(async () => {
      pair = await makePair()
    })
    afterEach(() => pair.release())

    const host = (methods: Partial<HostImplementation>, report?: ReportSurprise) => {
      const stop = serve(pair.host, scriptedHost(methods), report)
      return { api: connect(pair.renderer), stop }
    }

    test('a call comes back with the text as it was sent, byte for byte', async () => {
      const text = '\uFEFFFROM a\r\nRUN x \\\n\u0000\r\ud83d\ude80 "quoted" \u2028'
      const seen: string[] = []
      const { api } = host({
        'documents.save': ({ text }) => {
          seen.push(text)
          return Promise.resolve({ fingerprint: 'f' })
        },
      })
      expect(await api.call('documents.save', { path: '/d', text, expected: null })).toEqual({ fingerprint: 'f' })
      expect(seen).toEqual([text])
    })

    test('calls under way at once are answered each with its own result', async () => {
      const { api } = host({
        'documents.save': async ({ path }) => {
          await new Promise(resolve => setTimeout(resolve, path === '/0' ? 20 : 1))
          return { fingerprint: path }
        },
      })
      const calls = [0, 1, 2, 3].map(n => api.call('documents.save', { path: `/${n}`, text: '', expected: null }))
      expect((await Promise.all(calls)).map(result => result.fingerprint)).toEqual(['/0', '/1', '/2', '/3'])
    })

    test('a host error keeps its code and its sentence', async () => {
      const { api } = host({
        'documents.open': () => Promise.reject(new HostError('not-text', 'It is no text.')),
      })
      const error = await refusal(api.call('documents.open', { path: '/d' }))
      expect([error.code, error.message]).toEqual(['not-text', 'It is no text.'])
    })

    test('an error nobody foresaw crosses without its details, which the host keeps', async () => {
      const reports: unknown[] = []
      const { api } = host(
        {
          'app.info': () => {
            throw new TypeError('secret detail')
          },
        },
        (_what, error) => reports.push(error),
      )
      const error = await refusal(api.call('app.info', {}))
      expect(error.code).toBe('internal')
      expect(error.message).not.toContain('secret detail')
      expect(error.message).toMatch(/app\.info.*\.$/)
      expect(reports.map(String)).toEqual(['TypeError: secret detail'])
    })

    test('a bad argument is refused at the host, in a sentence with method and field', async () => {
      let called = false
      host({
        'documents.save': () => {
          called = true
          return Promise.resolve({ fingerprint: '' })
        },
      })
      const answers: unknown[] = []
      pair.renderer.onMessage(message => answers.push(message))
      pair.renderer.send({ kind: 'call', id: 900, method: 'documents.save', argument: { path: '/d', text: 5 } })
      await expect.poll(() => answers.length).toBe(1)
      expect(answers[0]).toMatchObject({ kind: 'error', id: 900, code: 'invalid-argument' })
      expect(JSON.stringify(answers[0])).toMatch(/documents\.save.*field \\"text\\"/)
      expect(called).toBe(false)
    })

    test.each(['nothing.here', 'toString', '__proto__', 'documents.watch'])(
      'a call of "%s" is unknown',
      async method => {
        host({})
        const answers: unknown[] = []
        pair.renderer.onMessage(message => answers.push(message))
        pair.renderer.send({ kind: 'call', id: 900, method, argument: {} })
        await expect.poll(() => answers).toMatchObject([{ kind: 'error', id: 900, code: 'unknown-method' }])
      },
    )

    test('a result and an event with a wrong shape are refused in the renderer by name of the field', async () => {
      const api = connect(pair.renderer)
      pair.host.onMessage(message => {
        const { id, kind } = message as { id: number; kind: string }
        if (kind === 'call') pair.host.send({ kind: 'result', id, value: { documents: [{ path: 7, opened: 1 }] } })
        if (kind === 'stream') pair.host.send({ kind: 'event', id, value: { entries: 'none' } })
      })
      const callError = await refusal(api.call('documents.recent', {}))
      expect([callError.code, callError.message]).toEqual(['internal', expect.stringContaining('documents.0.path')])
      const streamError = await refusal(readAll(api.stream('files.list', someStage)))
      expect([streamError.code, streamError.message]).toEqual(['internal', expect.stringContaining('"entries"')])
    })

    test('a stream delivers every event in order and then ends', async () => {
      const names = Array.from({ length: 3 * eventWindow + 5 }, (_, n) => `f${n}`)
      const { api } = host({
        async *'files.list'() {
          for (const each of names) {
            yield batch(each)
            await Promise.resolve()
          }
        },
      })
      const batches = await readAll(api.stream('files.list', someStage))
      expect(batches.map(each => each.entries[0]?.path)).toEqual(names)
    })

    test('a stream that fails after some events delivers them and then its error', async () => {
      const { api } = host({
        async *'builds.run'() {
          yield { kind: 'started', build: 'b', engine: 'e' } as const
          await Promise.resolve()
          throw new HostError('engine-failed', 'It broke.')
        },
      })
      const kinds: string[] = []
      const error = await refusal(
        (async () => {
          for await (const event of api.stream('builds.run', buildRequest)) kinds.push(event.kind)
        })(),
      )
      expect(kinds).toEqual(['started'])
      expect(error.code).toBe('engine-failed')
    })

    test('leaving the loop stops the source on the host', async () => {
      let finished = false
      let aborted = false
      const { api } = host({
        async *'files.list'(_reference, signal) {
          signal.addEventListener('abort', () => (aborted = true))
          try {
            for (let n = 0; ; n++) {
              yield batch(`f${n}`)
              await new Promise(resolve => setTimeout(resolve, 1))
            }
          } finally {
            finished = true
          }
        },
      })
      for await (const { entries } of api.stream('files.list', someStage)) if (entries[0]?.path === 'f3') break
      await expect.poll(() => [aborted, finished]).toEqual([true, true])
    })

    test('a source that waits is told by its signal', async () => {
      let reason = ''
      const { api } = host({
        async *'builds.run'(_request, signal) {
          yield { kind: 'started', build: 'b', engine: 'e' } as const
          await new Promise<void>(resolve => {
            signal.addEventListener('abort', () => {
              reason = 'told'
              resolve()
            })
          })
        },
      })
      const controller = new AbortController()
      const reading = readAll(api.stream('builds.run', buildRequest, controller.signal))
      await soon()
      controller.abort()
      expect((await refusal(reading)).code).toBe('cancelled')
      await expect.poll(() => reason).toBe('told')
    })

    test('aborting a call rejects it at once and aborts it on the host', async () => {
      let aborted = false
      const { api } = host({
        'engine.inspect': (_argument, signal) =>
          new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => {
              aborted = true
              reject(new Error('stopped'))
            })
          }),
      })
      const controller = new AbortController()
      const call = api.call('engine.inspect', {}, controller.signal)
      await soon()
      controller.abort()
      expect((await refusal(call)).code).toBe('cancelled')
      await expect.poll(() => aborted).toBe(true)
      expect((await refusal(api.call('engine.inspect', {}, controller.signal))).code).toBe('cancelled')
    })

    test('a reader that stands still stops the source after a bounded number of events', async () => {
      let made = 0
      const { api } = host({
        async *'files.list'() {
          for (; made < 5000; made++) {
            yield batch(`f${made}`)
            await Promise.resolve()
          }
        },
      })
      const reader = api.stream('files.list', someStage)[Symbol.asyncIterator]()
      await reader.next()
      await expect.poll(() => made).toBeGreaterThan(2)
      await soon()
      expect(made).toBeLessThanOrEqual(2 * eventWindow)
      const whileStill = made
      for (let n = 0; n < 2 * eventWindow; n++) await reader.next()
      await expect.poll(() => made).toBeGreaterThan(whileStill)
      await reader.return?.()
    })

    test('losing the host rejects everything under way and everything after it', async () => {
      const { api } = host({
        'engine.inspect': () => new Promise(() => undefined),
        async *'builds.run'() {
          yield { kind: 'started', build: 'b', engine: 'e' } as const
          await new Promise(() => undefined)
        },
      })
      const call = api.call('engine.inspect', {})
      const reading = readAll(api.stream('builds.run', buildRequest))
      await soon()
      pair.cut()
      expect((await refusal(call)).code).toBe('disconnected')
      expect((await refusal(reading)).code).toBe('disconnected')
      expect((await refusal(api.call('app.info', {}))).code).toBe('disconnected')
      expect((await refusal(readAll(api.stream('builds.run', buildRequest)))).code).toBe('disconnected')
    })

    test('losing the renderer aborts what it had under way', async () => {
      let aborted = 0
      const count = (signal: AbortSignal) => {
        signal.addEventListener('abort', () => aborted++)
      }
      const { api } = host({
        'engine.inspect': (_argument, signal) => {
          count(signal)
          return new Promise(() => undefined)
        },
        async *'builds.run'(_request, signal) {
          count(signal)
          yield { kind: 'started', build: 'b', engine: 'e' } as const
          await new Promise(() => undefined)
        },
      })
      const call = refusal(api.call('engine.inspect', {}))
      const reading = refusal(readAll(api.stream('builds.run', buildRequest)))
      await soon()
      pair.renderer.close()
      await expect.poll(() => aborted).toBe(2)
      expect([(await call).code, (await reading).code]).toEqual(['disconnected', 'disconnected'])
    })

    test('frames without sense are dropped on both sides and the wire stays in use', async () => {
      const reports: string[] = []
      const { api } = host({ 'documents.recent': () => Promise.resolve({ documents: [] }) }, what => reports.push(what))
      const senseless = [
        null,
        'text',
        7,
        [],
        {},
        { kind: 'call' },
        { kind: 'result', id: -1 },
        { kind: 'taken', id: 0 },
      ]
      for (const frame of senseless) {
        pair.renderer.send(frame)
        pair.host.send(frame)
      }
      pair.renderer.send({ kind: 'cancel', id: 12345 })
      pair.host.send({ kind: 'event', id: 12345, value: {} })
      expect(await api.call('documents.recent', {})).toEqual({ documents: [] })
      expect(reports).toHaveLength(senseless.length)
    })

    test('a second call under an id in use does not disturb the first', async () => {
      const { api } = host({
        'documents.recent': async () => {
          await soon()
          return { documents: [] }
        },
      })
      const call = api.call('documents.recent', {})
      pair.renderer.send({ kind: 'call', id: 0, method: 'app.info', argument: {} })
      expect(await call).toEqual({ documents: [] })
    })

    test('a port closes once, says why to those who ask later, and then swallows what is sent', async () => {
      const reasons: string[] = []
      pair.host.onClose(reason => reasons.push(reason))
      pair.renderer.close()
      await expect.poll(() => reasons.length).toBe(1)
      pair.host.onClose(reason => reasons.push(reason))
      expect(reasons[1]).toBe(reasons[0])
      expect(reasons[0]).toMatch(/\.$/)
      pair.host.send({ kind: 'end', id: 1 })
      pair.renderer.send({ kind: 'end', id: 1 })
      pair.renderer.close()
      await soon()
      expect(reasons).toHaveLength(2)
    })

    test('what is sent before the other side listens is not lost', async () => {
      pair.renderer.send({ kind: 'first' })
      pair.renderer.send({ kind: 'second' })
      await soon()
      const messages: unknown[] = []
      pair.host.onMessage(message => messages.push(message))
      await expect.poll(() => messages).toEqual([{ kind: 'first' }, { kind: 'second' }])
    })
  })
}
