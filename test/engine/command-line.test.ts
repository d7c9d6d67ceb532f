import { createServer } from 'node:net'
import { join } from 'node:path'
import { beforeAll, expect, onTestFinished } from 'vitest'
import { slipway } from '../cli/command-line.ts'
import { baseImage, callEngine, ensureBaseImage, testEnvironment } from './base-image.ts'
import { engineUnderTest, folderOf } from './building.ts'
import { withBuildKit } from './with-buildkit.ts'

beforeAll(ensureBaseImage)

const Dockerfile = `FROM ${baseImage} AS one
RUN echo one ran
FROM ${baseImage} AS two
ARG WORD
COPY --from=one /bin/busybox /from-one
RUN --mount=type=secret,id=key --mount=type=secret,id=TOKEN \\
  test "$(cat /run/secrets/key)" = of-the-file && test "$(cat /run/secrets/TOKEN)" = of-the-variable && \\
  grep -q 10.1.2.3 /etc/hosts && echo "said $WORD on $(ls /sys/class/net)"
`

function build(words: readonly string[], text = Dockerfile) {
  const environment = { ...testEnvironment, TOKEN: 'of-the-variable' }
  const context = { environment, createEngine: () => engineUnderTest(environment) }
  return slipway(['build', 'Dockerfile', ...words], { Dockerfile: text, 'key.txt': 'of-the-file' }, context)
}

withBuildKit('slipway build hands its options to the engine', async () => {
  const tag = 'slipway-test/command-line:1'
  const words = [
    ...['--tag', tag, '--label', 'a=b c', '--build-arg', `WORD=${String(Math.random())}`, '--network', 'none'],
    ...['--secret', 'id=key,src=key.txt', '--secret', 'id=TOKEN', '--add-host', 'db:10.1.2.3'],
  ]
  const { status, stdout, stderr } = await build(words)
  expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' })
  expect(stderr).toMatch(/said 0\.\d+ on lo\b/)
  const image: unknown = JSON.parse((await callEngine('GET', `/images/${tag}/json`)).body.toString())
  expect((await callEngine('GET', `/images/${stdout.trim()}/json`)).status).toBe(200)
  expect(image).toMatchObject({ Config: { Labels: { a: 'b c' } } })

  const again = await build([...words, '--no-cache-filter', 'two'])
  expect(again.stderr).toMatch(/said 0\.\d+ on lo\b/)
  expect((await build(words)).stderr).not.toMatch(/said 0\.\d+ on lo\b/)
})

withBuildKit('slipway build --build-context takes a folder, or the engine is said not to know such', async () => {
  const lib = folderOf({ 'a.txt': 'alpha' })
  const text = `FROM ${baseImage}\nCOPY --from=lib a.txt /\nRUN : ${String(Math.random())}; cat /a.txt\n`
  const { status, stderr } = await build(['--build-context', `lib=${lib}`], text)
  if (status === 1) expect(stderr).toMatch(/This engine does not know named contexts\. Update/)
  else expect(stderr).toMatch(/alpha/)
})

withBuildKit(
  'slipway build --ssh lends an agent, and --pull asks the registry although the image is there',
  async () => {
    const socket = join(folderOf({}), 'agent.sock')
    const agent = createServer(near => near.on('error', () => near.destroy()).resume())
    await new Promise<void>(resolve => agent.listen(socket, resolve))
    onTestFinished(() => void agent.close())
    const text = `FROM ${baseImage}\nRUN --mount=type=ssh,id=mine test -S "$SSH_AUTH_SOCK" && echo lent ${String(Math.random())}\n`
    const lent = await build(['--ssh', `mine=${socket}`], text)
    expect(lent.stderr).toMatch(/lent 0\.\d+/)
    expect((await build(['--ssh', `other=${socket}`], text.replace('ssh,', 'ssh,required=true,'))).status).toBe(1)

    let asked = 0
    const registry = createServer(near => {
      asked += 1
      near.on('error', () => near.destroy()).end()
    })
    await new Promise<void>(resolve => registry.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void registry.close())
    const address = registry.address()
    const there = `127.0.0.1:${typeof address === 'object' && address ? String(address.port) : ''}/slipway-test/there`
    expect((await callEngine('POST', `/images/${baseImage}/tag?repo=${encodeURIComponent(there)}&tag=1`)).status).toBe(
      201,
    )
    onTestFinished(() => void callEngine('DELETE', `/images/${there}:1`))
    expect((await build([], `FROM ${there}:1\n`)).status).toBe(0)
    // Where images are kept by containerd, their registry is asked all the same, and no answer is none the worse.
    const before = asked
    const pulled = await build(['--pull'], `FROM ${there}:1\n`)
    expect(pulled.status).toBe(1)
    expect(asked).toBeGreaterThan(before)
  },
)
