import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { BuildRequest } from '../../shared/builds/build-events.ts'
import { plainOptions } from '../../shared/builds/build-options.ts'
import { scriptedEngine } from '../host/scripted-engine.ts'
import { slipway } from './command-line.ts'

const Dockerfile = 'FROM lib AS one\nFROM b AS two\n'

async function build(...words: readonly string[]) {
  const requests: BuildRequest[] = []
  const engine = scriptedEngine({
    async *build(request) {
      requests.push(request)
      yield await Promise.resolve({ kind: 'succeeded', image: null, tags: [], milliseconds: 1 })
    },
    close: () => Promise.resolve(),
  })
  const context = { createEngine: () => engine, environment: { TOKEN: 'shh' } }
  const { status, stderr } = await slipway(['build', 'Dockerfile', ...words], { Dockerfile }, context)
  const [request] = requests
  return { status, stderr, request, folder: request?.contextDirectory ?? '' }
}

test('without options a build is what docker build does', async () => {
  expect((await build()).request).toMatchObject({ options: plainOptions, noCache: false, target: null })
})

test('every option of the form has its words, under docker’s names', async () => {
  const { request, folder } = await build(
    ...['--platform', 'linux/arm64,linux/amd64', '--label', 'a=b=c', '--label', 'bare', '--pull', '--network', 'host'],
    ...['--secret', 'id=file,src=a.txt', '--secret', 'id=TOKEN', '--secret', '"id=x",env=Y', '--secret', 'id=plain'],
    ...['--ssh', 'default', '--ssh', 'other=/agent', '--no-cache-filter', 'one,Two', '--progress', 'plain'],
    ...['--build-context', 'lib=../lib', '--build-context', 'base=docker-image://alpine'],
    ...['--add-host', 'db:10.0.0.1', '--add-host', 'six=::1'],
  )
  expect(request?.platform).toBe('linux/arm64')
  expect(request?.options).toEqual({
    secrets: [
      { id: 'file', kind: 'file', source: join(folder, 'a.txt') },
      { id: 'TOKEN', kind: 'environment', source: 'TOKEN' },
      { id: 'x', kind: 'environment', source: 'Y' },
      { id: 'plain', kind: 'file', source: join(folder, 'plain') },
    ],
    ssh: { default: '', other: '/agent' },
    namedContexts: { lib: join(folder, '../lib'), base: 'docker-image://alpine' },
    labels: { a: 'b=c', bare: '' },
    noCacheStages: ['one', 'Two'],
    pull: true,
    network: 'host',
    extraHosts: { db: '10.0.0.1', six: '::1' },
    otherPlatforms: ['linux/amd64'],
  })
})

test.each([
  [['--secret', 'src=a'], '--secret src=a cannot be read. Write --secret id=NAME,src=FILE or'],
  [['--secret', 'id=a,mode=1'], 'cannot be read'],
  [['--ssh', '=x'], '--ssh =x has no name.'],
  [['--build-context', 'lib'], '--build-context lib cannot be read. Write --build-context NAME=FOLDER.'],
  [['--add-host', 'db'], '--add-host db cannot be read. Write --add-host HOST:ADDRESS.'],
  [['--network', 'bridge'], '--network takes default, none, host; not "bridge".'],
  [['--progress', 'tty'], '--progress takes plain; not "tty".'],
  [['--platform', 'linux/arm64,nonsense/'], 'such as linux/arm64; not "nonsense/"'],
  [['--no-cache-filter', 'three'], 'There is no stage "three". The stages are: one, two.'],
])('%j is refused in a sentence before anything is built', async (words, sentence) => {
  const { status, stderr, request } = await build(...words)
  expect(stderr).toContain(sentence)
  expect([status, request]).toEqual([2, undefined])
})
