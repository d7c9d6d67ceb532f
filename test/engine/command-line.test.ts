import { beforeAll, expect } from 'vitest'
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
