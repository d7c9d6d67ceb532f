import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { HostApi } from '../../shared/bridge/contract.ts'
import { readIgnoreFile } from '../../shared/files/ignore-pattern.ts'
import { followSurroundings } from '../../renderer/app/follow-surroundings.ts'
import { createBuildStore } from '../../renderer/builds/build-store.ts'
import { createSession } from '../../renderer/source/session.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

test('an engine that starts later is noticed without a change of the text, and then asked no more', async () => {
  const asked: number[] = []
  let platform: string | null = null
  const config = { platform: 'linux/arm64', environment: [], triggers: ['COPY . /app'], workingDirectory: '', user: '' }
  const host = {
    call: (method: string) => {
      if (method === 'engine.inspectImages') asked.push(Date.now() - started)
      return Promise.resolve({ platform, images: platform === null ? {} : { base: config } })
    },
    stream: async function* () {},
  } as unknown as HostApi
  const session = createSession('')
  followSurroundings(host, session, createBuildStore(host))
  const started = Date.now()
  session.open({ path: null, name: 'Dockerfile', contextDirectory: null, writable: true }, 'FROM base\n', null, null)
  await vi.advanceTimersByTimeAsync(20_000)
  expect(asked).toEqual([500, 2_500, 6_500, 14_500])
  platform = 'linux/arm64'
  await vi.advanceTimersByTimeAsync(60_000)
  expect(asked).toEqual([500, 2_500, 6_500, 14_500, 30_500])
  const { inputs, graph } = session.store.getState().analysis
  expect(inputs.buildPlatform.architecture).toBe('arm64')
  expect(graph.edges.filter(edge => edge.onbuild).map(({ kind }) => kind)).toEqual(['context'])
})

test('what is known already makes no new analysis', () => {
  const session = createSession('')
  const { analysis } = session.store.getState()
  session.setSurroundings({ ...analysis.surroundings, expected: new Map() })
  expect(session.store.getState().analysis).toBe(analysis)
  session.setSurroundings({ ...analysis.surroundings, ignored: readIgnoreFile('docs') })
  expect(session.store.getState().analysis.surroundings.ignored?.matches('docs')).toBe(true)
})
