import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { plainOptions, type BuildOptions } from '../../shared/builds/build-options.ts'
import { HostError } from '../../shared/bridge/host-error.ts'
import { baseImage, callEngine, ensureBaseImage, testEnvironment } from './base-image.ts'
import { buildAll, engineUnderTest, filesOf, folderOf, requestFor, stateOfLine } from './building.ts'
import { isPodman, withBuildKit } from './with-buildkit.ts'

const engine = engineUnderTest({ ...testEnvironment, TOKEN: 'from-the-environment-7' })
beforeAll(ensureBaseImage)
afterAll(() => engine.close())

const withOptions = (text: string, options: Partial<BuildOptions>, more: Parameters<typeof requestFor>[1] = {}) =>
  requestFor(text, { ...more, options: { ...plainOptions, ...options } })

test('build arguments and labels are on the image', async () => {
  const tags = ['slipway-test/options:1']
  const text = `FROM ${baseImage}\nARG WORD=none\nENV SAID=$WORD\n`
  const labels = { 'org.example.a': 'b c', second: 'x=y' }
  const told = await buildAll(engine, withOptions(text, { labels }, { tags, buildArgs: { WORD: 'hello, world' } }))
  expect(told.last).toMatchObject({ kind: 'succeeded' })
  const image: unknown = JSON.parse((await callEngine('GET', `/images/${tags[0] ?? ''}/json`)).body.toString())
  expect(image).toMatchObject({
    Config: { Labels: labels, Env: expect.arrayContaining(['SAID=hello, world']) as unknown },
  })
})

test('a step reads secrets of a file and of a variable, and what it prints of them is not told', async () => {
  const contextDirectory = folderOf({ 'secrets/key.txt': 'first-line-of-key\nsecond-line-of-key\n' })
  const text = [
    `FROM ${baseImage}`,
    `RUN --mount=type=secret,id=key --mount=type=secret,id=token : ${String(Math.random())}; \\`,
    '  wc -c < /run/secrets/key; cat /run/secrets/key; printf from-the-; sleep 0.3; echo environment-7; \\',
    '  test "$(cat /run/secrets/token)" = from-the-environment-7 && echo same',
  ].join('\n')
  const secrets: BuildOptions['secrets'] = [
    { id: 'key', kind: 'file', source: 'secrets/key.txt' },
    { id: 'token', kind: 'environment', source: 'TOKEN' },
  ]
  const told = await buildAll(engine, withOptions(text, { secrets }, { contextDirectory }))
  expect(told.last).toMatchObject({ kind: 'succeeded' })
  // Where lines come one by one, each of them is taken out.
  expect(told.output).toMatch(/^37\n(?:•••••\n){2,3}same\n$/)
  expect(JSON.stringify(told.events.filter(({ kind }) => kind === 'log'))).not.toMatch(/line-of-key|from-the-env/)
})

test('a secret whose file or variable is not there stops the build before it begins, in words', async () => {
  const begin = (source: BuildOptions['secrets'][number]) =>
    buildAll(engine, withOptions('FROM scratch\n', { secrets: [source] }, { contextDirectory: '/ctx' })).catch(
      (error: unknown) => (error instanceof HostError ? `${error.code}: ${error.message}` : error),
    )
  expect(await begin({ id: 'a', kind: 'file', source: 'nope' })).toBe(
    'not-found: The secret “a” is to come from the file /ctx/nope, which is not there. Nothing was built.',
  )
  expect(await begin({ id: 'a', kind: 'environment', source: 'NOPE' })).toMatch(/the variable NOPE, which is not there/)
})

withBuildKit('of the stages only those that are named run again', async () => {
  const text = `FROM ${baseImage} AS one\nRUN : ${String(Math.random())}\nFROM ${baseImage} AS two\nCOPY --from=one /bin/sh /s\nRUN true\n`
  await buildAll(engine, requestFor(text))
  const told = await buildAll(engine, withOptions(text, { noCacheStages: ['two'] }))
  expect(told.last).toMatchObject({ kind: 'succeeded' })
  expect([2, 5].map(line => stateOfLine(told, line))).toEqual(['cached', 'done'])
})

test('hosts are added', async () => {
  const text = `FROM ${baseImage}\nRUN : ${String(Math.random())}; grep registry.example /etc/hosts\n`
  const told = await buildAll(engine, withOptions(text, { extraHosts: { 'registry.example': '10.1.2.3' } }))
  expect(told.output.split(/\s+/)).toEqual(['10.1.2.3', 'registry.example', ''])
})

test('a build without network has none', async () => {
  const text = `FROM ${baseImage}\nRUN : ${String(Math.random())}; grep -o '[^ ]*:' /proc/net/dev\n`
  const told = await buildAll(engine, withOptions(text, { network: 'none' }))
  expect(told.output).toBe('lo:\n')
})

test('a build may use the network of the host', async () => {
  const told = await buildAll(
    engine,
    withOptions(`FROM ${baseImage}\nRUN : ${String(Math.random())}; ls -d /sys/class/net/lo\n`, { network: 'host' }),
  )
  expect(told.last).toMatchObject({ kind: 'succeeded' })
  // Podman holds no files of stages.
  if (!isPodman) expect((await filesOf(engine, told.build, 0)).has('bin/busybox')).toBe(true)
})

test('a build for a platform says so to its steps', async () => {
  const text = 'FROM scratch\nARG TARGETPLATFORM\nLABEL built-for=$TARGETPLATFORM\n'
  const tags = ['slipway-test/platform:1']
  const told = await buildAll(engine, requestFor(text, { platform: 'linux/arm64', tags }))
  expect(told.last).toMatchObject({ kind: 'succeeded' })
  const image: unknown = JSON.parse((await callEngine('GET', `/images/${tags[0] ?? ''}/json`)).body.toString())
  expect(image).toMatchObject({ Architecture: 'arm64', Config: { Labels: { 'built-for': 'linux/arm64' } } })
})

withBuildKit('several platforms are built at once, and kept as one image where the engine can', async () => {
  const text = `FROM --platform=$BUILDPLATFORM ${baseImage} AS build
ARG TARGETARCH
RUN echo for $TARGETARCH ${String(Math.random())} | tee /out
FROM scratch
COPY --from=build /out /
`
  const more = { platform: 'linux/amd64' }
  const options = { otherPlatforms: ['linux/arm64'] }
  const told = await buildAll(engine, withOptions(text, options, more))
  expect(told.last).toMatchObject({ kind: 'succeeded' })
  expect(told.output).toMatch(/for amd64/)
  expect(told.output).toMatch(/for arm64/)
  const planned = told.events.flatMap(event => (event.kind === 'planned' ? event.steps : []))
  expect(planned.filter(({ lines }) => lines.some(({ start }) => start === 3))).toHaveLength(2)
  const { base64 } = await engine.readFile({ build: told.build, stage: 1 }, 'out', 0, 99, new AbortController().signal)
  expect(Buffer.from(base64, 'base64').toString()).toMatch(/^for amd64/)
  const other = await engine.readFile(
    { build: told.build, stage: 1, platform: 'linux/arm64' },
    ...(['out', 0, 99, new AbortController().signal] as const),
  )
  expect(Buffer.from(other.base64, 'base64').toString()).toMatch(/^for arm64/)
  await expect(filesOf(engine, told.build, 1, undefined, 'linux/s390x')).rejects.toMatchObject({ code: 'gone' })
  expect([...(await filesOf(engine, told.build, 0, 1, 'linux/arm64')).keys()]).toContain('bin/busybox')

  const tags = ['slipway-test/platforms:1']
  const { last } = await buildAll(engine, withOptions(text, options, { ...more, tags }))
  if (last.kind === 'failed')
    expect(last.message).toMatch(/^The image store of this engine keeps images of one platform only\. Take/i)
  else {
    const archive = await callEngine('GET', `/images/${tags[0] ?? ''}/get`)
    expect(archive.body.toString('latin1')).toMatch(/"architecture":"arm64"/)
  }
})

withBuildKit('a folder given as a named context is read, or the engine is said not to know such', async () => {
  const folder = folderOf({ 'a.txt': 'alpha' })
  const options = { namedContexts: { other: folder } }
  const told = await buildAll(
    engine,
    withOptions(`FROM ${baseImage}\nCOPY --from=other a.txt /\nRUN : ${String(Math.random())}; cat /a.txt\n`, options),
  )
  if (told.last.kind === 'failed')
    expect(told.last.message).toMatch(/^This engine does not know named contexts\. Update/)
  else expect(told.output).toBe('alpha')
})

withBuildKit('a step talks to the ssh agent of the user', async () => {
  const folder = folderOf({})
  const socket = join(folder, 'agent.sock')
  const agent: ChildProcess = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' })
  try {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'slipway-test-key', '-f', join(folder, 'key')])
    const add = () =>
      execFileSync('ssh-add', ['-q', join(folder, 'key')], { env: { SSH_AUTH_SOCK: socket }, stdio: 'ignore' })
    await expect.poll(() => (add(), true), { timeout: 10_000 }).toBe(true)
    const contextDirectory = folderOf({ 'own/none': '' })
    const libraries = execFileSync('ldd', ['/usr/bin/ssh-add'], { encoding: 'utf8' }).match(/\/\S+/g) ?? []
    for (const path of ['/usr/bin/ssh-add', ...libraries]) {
      const destination = join(contextDirectory, 'root', path)
      mkdirSync(dirname(destination), { recursive: true })
      copyFileSync(path, destination)
    }
    writeFileSync(join(contextDirectory, 'root', basename(contextDirectory)), '')
    const text = `FROM ${baseImage}\nCOPY root /\nRUN --mount=type=ssh /usr/bin/ssh-add -l\n`
    const told = await buildAll(engine, withOptions(text, { ssh: { default: socket } }, { contextDirectory }))
    expect(told.last).toMatchObject({ kind: 'succeeded' })
    expect(told.output).toContain('slipway-test-key')
  } finally {
    agent.kill()
  }
})
