import { utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { compareContents } from '../../electron/host/compare-contents.ts'
import { buildOfImage, type FileSystemReference } from '../../shared/files/file-listing.ts'
import { baseImage, ensureBaseImage } from './base-image.ts'
import { buildAll, engineUnderTest, folderOf, requestFor } from './building.ts'
import { withBuildKit } from './with-buildkit.ts'

const engine = engineUnderTest()
beforeAll(ensureBaseImage)
afterAll(() => engine.close())

const made = (word: string) => `echo ${word} > /same-time && touch -d "2001-02-03 04:05:06" /same-time`
const text = `FROM ${baseImage} AS one
RUN ${made('one')} && echo same > /equal && echo ${'x'.repeat(10)} > /longer && : > /empty && head -c 3000000 /dev/zero > /large
FROM ${baseImage} AS two
RUN ${made('two')} && echo same > /equal && echo x > /longer && : > /empty && tr '\\0' 'a' < /dev/zero | head -c 3000000 > /large
FROM scratch
COPY --from=one /equal /one
COPY --from=two /equal /two
`

async function compared(before: FileSystemReference, after: FileSystemReference) {
  const differing: string[] = []
  let read = 0
  let total = 0
  for await (const event of compareContents(engine, { before, after }, new AbortController().signal)) {
    differing.push(...event.differing)
    ;({ read, total } = event)
  }
  return { differing: differing.sort(), read, total }
}

withBuildKit(
  'files of the same size and time are told apart by their bytes, and only files of the same size are read',
  async () => {
    const { build, last } = await buildAll(engine, requestFor(text))
    expect(last).toMatchObject({ kind: 'succeeded' })
    const { differing, read, total } = await compared({ build, stage: 0 }, { build, stage: 1 })
    expect(differing).toEqual(['large', 'same-time'])
    expect(read).toBe(total)
    expect((await compared({ build, stage: 0 }, { build, stage: 0, line: 2 })).differing).toEqual([])
  },
)

withBuildKit('a build stays to be compared with until the build after the next one has ended', async () => {
  const contextDirectory = folderOf({ same: 'same', other: 'one' })
  const path = join(contextDirectory, 'Dockerfile')
  const build = (pause = 0, signal?: AbortSignal) =>
    buildAll(
      engine,
      requestFor(`FROM ${baseImage}\nCOPY same other /\nRUN sleep ${String(pause)}\n`, { path, contextDirectory }),
      signal,
    )
  const first = await build()
  writeFileSync(join(contextDirectory, 'other'), 'two')
  utimesSync(join(contextDirectory, 'other'), 1, 1)
  const second = await build()
  const change = () => compared({ build: first.build, stage: 0 }, { build: second.build, stage: 0 })
  expect((await change()).differing).toEqual(['other'])

  writeFileSync(join(contextDirectory, 'other'), 'three')
  const stopping = new AbortController()
  const stopped = build(60 + Math.random(), stopping.signal)
  await new Promise(resolve => setTimeout(resolve, 2_000))
  expect((await change()).differing).toEqual(['other'])
  stopping.abort()
  expect((await stopped).last.kind).toBe('cancelled')
  expect((await change()).differing).toEqual(['other'])

  const failing = requestFor(`FROM ${baseImage}\nRUN false\n`, { path, contextDirectory })
  expect((await buildAll(engine, failing)).last.kind).toBe('failed')
  expect((await change()).differing).toEqual(['other'])

  const third = await build()
  const later = await compared({ build: second.build, stage: 0 }, { build: third.build, stage: 0 })
  expect(later.differing).toEqual([])
  await expect(change()).rejects.toMatchObject({ code: 'gone' })
})

withBuildKit('an image is compared with a stage by contents, too', async () => {
  const { build, last } = await buildAll(
    engine,
    requestFor(
      `FROM ${baseImage}\nRUN cp /bin/busybox /b && printf X | dd of=/b bs=1 seek=1000000 conv=notrunc && mv /b /bin/busybox\n`,
    ),
  )
  expect(last).toMatchObject({ kind: 'succeeded' })
  const { differing } = await compared({ build: buildOfImage(baseImage), stage: 0 }, { build, stage: 0 })
  expect(differing).toEqual(['bin/busybox'])
})

withBuildKit('what is no longer held is said, and leaving the comparison ends it', async () => {
  await expect(compared({ build: 'gone', stage: 0 }, { build: 'gone', stage: 0 })).rejects.toMatchObject({
    code: 'gone',
  })
  const { build } = await buildAll(engine, requestFor(`FROM ${baseImage}\nRUN truncate -s 20G /sparse\n`))
  const reference = { build, stage: 0 }
  for await (const { read } of compareContents(
    engine,
    { before: reference, after: reference },
    new AbortController().signal,
  ))
    if (read > 10_000_000) break
  expect(await compared({ ...reference, line: 1 }, { ...reference, line: 1 })).toMatchObject({ differing: [] })
})
