import { afterAll, beforeAll, expect, test } from 'vitest'
import { baseImage, ensureBaseImage } from './base-image.ts'
import { buildAll, engineUnderTest, requestFor } from './building.ts'
import { isPodman } from './with-buildkit.ts'

const engine = engineUnderTest()
const never = new AbortController().signal
const image = 'slipway-test/environment:1'

beforeAll(async () => {
  await ensureBaseImage()
  const text = `FROM ${baseImage}\nENV GREETING="hello there" EMPTY=\nWORKDIR /srv\nUSER app:web\nONBUILD COPY . /srv\n`
  expect((await buildAll(engine, requestFor(text, { tags: [image] }))).last).toMatchObject({ kind: 'succeeded' })
})
afterAll(() => engine.close())

test('what an image on the engine sets is told under the reference asked for, and what is not there is left out', async () => {
  const references = [image, `docker.io/${image}`, 'slipway-test/absent:1', image]
  const { platform, images } = await engine.inspectImages(references, never)
  const config = {
    platform: expect.stringMatching(new RegExp(`^${platform ?? ''}`)) as string,
    environment: expect.arrayContaining(['GREETING=hello there', 'EMPTY=']) as string[],
    // Podman does not tell them.
    triggers: isPodman ? [] : ['COPY . /srv'],
    ...{ workingDirectory: '/srv', user: 'app:web' },
  }
  expect(images).toEqual({ [image]: config, [`docker.io/${image}`]: config })
  expect(platform).toMatch(/^linux\//)
})

test('words that are no image reference never reach the engine', async () => {
  const references = ['../../info?', '../images', 'Upper', '', ' ']
  expect((await engine.inspectImages(references, never)).images).toEqual({})
})

test('many at once are all answered', async () => {
  const references = Array.from({ length: 60 }, (_, index) => (index % 2 === 0 ? `absent-${index}` : baseImage))
  expect(Object.keys((await engine.inspectImages(references, never)).images)).toEqual([baseImage])
})

test('no engine is no failure, and who has stopped asking gets no answer', async () => {
  const nowhere = engineUnderTest({ DOCKER_HOST: 'unix:///nonexistent/docker.sock' })
  expect(await nowhere.inspectImages([image], never)).toEqual({ platform: null, images: {} })
  await expect(engine.inspectImages([image], AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough')
})

test('tagged images are listed with size and age', async () => {
  const listed = (await engine.images(never)).find(each => each.reference === baseImage)
  expect(listed?.bytes).toBeGreaterThan(100_000)
  expect(listed?.created).toBeLessThanOrEqual(Date.now())
})
