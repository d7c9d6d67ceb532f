import { afterAll, beforeAll, expect } from 'vitest'
import { slipway } from '../cli/command-line.ts'
import { baseImage, ensureBaseImage } from './base-image.ts'
import { engineUnderTest } from './building.ts'
import { withBuildKit } from './with-buildkit.ts'

beforeAll(ensureBaseImage)
const engine = engineUnderTest()
afterAll(() => engine.close())

const Dockerfile = `FROM ${baseImage} AS build
RUN echo server > /server && chmod 755 /server
FROM scratch AS extra
COPY Dockerfile /
FROM scratch AS final
COPY --from=build --chown=7:8 /server /app
`
const verify = (expectations: object, words: readonly string[] = ['--verify']) =>
  slipway(
    ['build', 'Dockerfile', ...words],
    { Dockerfile, 'Dockerfile.expect.json': JSON.stringify(expectations) },
    { createEngine: () => engineUnderTest() },
  )

withBuildKit('a build is verified against what is expected of the files of its stages', async () => {
  const kept = await verify({
    stages: {
      build: [{ path: '/server', largest: 100 }],
      final: [
        { path: '/app', mode: '0755', owner: '7:8', largest: 10 },
        { path: '/bin/sh', absent: true },
      ],
      extra: [{ path: '/Dockerfile' }],
    },
  })
  expect(kept.stderr).toContain('extra was not part of this build: what is expected of it was not looked at.')
  expect(kept.stderr).toContain('3 files as expected, 0 not.')
  expect(kept.status).toBe(0)
})

withBuildKit('each miss is told in a sentence, and ends with status 1', async () => {
  const missed = await verify({
    stages: { final: [{ path: '/app', mode: '0644' }, { path: '/apq' }], '#0': [{ path: '/server', absent: true }] },
  })
  expect(missed.stderr).toContain('final: /app has mode 0755, not 0644.\n')
  expect(missed.stderr).toContain('final: /apq is not there. Did you mean /app?\n')
  expect(missed.stderr).toContain('build: /server is there, and must not be.\n')
  expect(missed.stderr).toContain('0 files as expected, 3 not.')
  expect(missed.status).toBe(1)
})
