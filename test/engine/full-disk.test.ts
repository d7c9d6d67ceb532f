import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createHost } from '../../electron/host/host.ts'
import type { BuildEvent } from '../../shared/builds/build-events.ts'
import { baseImage, callEngine, ensureBaseImageOn } from './base-image.ts'
import { buildAll, engineUnderTest, filesOf, folderOf, requestFor } from './building.ts'
import { startOwnEngine, withOwnEngine } from './own-engine.ts'

/** A folder that is a disk of so many bytes; null where this user may mount none. */
function smallDisk(bytes: number): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-disk-'))
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${String(bytes)}`, 'tmpfs', folder])
  if (status !== 0) return null
  onTestFinished(() => {
    execFileSync('umount', ['--lazy', folder])
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

const never = new AbortController().signal

test('on a full disk a Dockerfile keeps its old text, no rest of the new one stays, and drafts and history say so', async context => {
  const disk = smallDisk(1 << 16)
  if (disk === null) return context.skip()
  const path = join(disk, 'Dockerfile')
  const before = 'FROM scratch\n'
  writeFileSync(path, before)
  writeFileSync(join(disk, 'rest'), Buffer.alloc(44_000))
  const engine = engineUnderTest()
  const host = createHost({
    engine: { ...engine, build: () => scriptedBuild() },
    stateDirectory: join(disk, 'state'),
    homeDirectory: disk,
    info: { version: '1', host: 'web', platform: 'linux', launchPath: null },
  })
  const { implementation } = host
  const { fingerprint } = await implementation['documents.open']({ path }, never)
  const text = `${before}${'# more\n'.repeat(10_000)}`
  await expect(implementation['documents.save']({ path, text, expected: fingerprint }, never)).rejects.toMatchObject({
    message: /disk.*full|no space/i,
  })
  expect(readFileSync(path, 'utf8')).toBe(before)
  expect(readdirSync(disk).filter(name => name.endsWith('.slipway'))).toEqual([])
  await expect(implementation['documents.keepDraft']({ path, text, base: before }, never)).rejects.toMatchObject({
    message: /Unsaved text could not be kept in .*: .*no space/i,
  })

  writeFileSync(join(disk, 'last'), Buffer.alloc(1))
  const told: BuildEvent[] = []
  for await (const event of implementation['builds.run'](requestFor(text, { path }), never)) told.push(event)
  expect(told.map(({ kind }) => kind)).toEqual(['started', 'warning', 'succeeded'])
  expect(told[1]).toMatchObject({ message: /not kept in the history: .*no space/i })

  rmSync(join(disk, 'rest'))
  await implementation['documents.save']({ path, text: 'FROM a\n', expected: fingerprint }, never)
  expect(readFileSync(path, 'utf8')).toBe('FROM a\n')
  await host.close()
  await engine.close()

  async function* scriptedBuild(): AsyncGenerator<BuildEvent> {
    await Promise.resolve()
    yield { kind: 'started', build: '0123456789abcdef', engine: 'None' }
    yield { kind: 'succeeded', image: null, tags: [], milliseconds: 1 }
  }
})

withOwnEngine(
  'an engine whose disk is full says so, at the line, and builds again when there is room',
  async context => {
    const folder = smallDisk(48 << 20)
    if (folder === null) return context.skip()
    const own = await startOwnEngine({ folder })
    const engine = engineUnderTest(own.environment)
    try {
      await ensureBaseImageOn(own.environment)
      const full = {
        kind: 'failed',
        message: /engine’s disk is full \(line 2\)\. Close Slipway, .* run “docker system prune”/,
      }
      const prune = () => callEngine('POST', '/build/prune?all=1', undefined, undefined, own.environment)
      const held = await buildAll(engine, requestFor(`FROM ${baseImage}\nRUN echo > /held\n`))
      await prune()
      expect((await filesOf(engine, held.build, 0)).has('held')).toBe(true)
      await engine.release(held.build)
      const run = await buildAll(
        engine,
        requestFor(`FROM ${baseImage}\nRUN dd if=/dev/zero of=/large bs=1M count=80\n`),
      )
      expect(run.last).toMatchObject({ ...full, lines: [{ start: 2, end: 2 }] })
      const contextDirectory = folderOf({ large: 'x'.repeat(60_000_000) })
      const copy = await buildAll(engine, requestFor(`FROM ${baseImage}\nCOPY large /\n`, { contextDirectory }))
      expect(copy.last).toMatchObject({ kind: 'failed', message: /engine’s disk is full/ })
      // As the window does when the next build begins, and “docker system prune”.
      await engine.release(run.build)
      await engine.release(copy.build)
      // What a build held is let go of a moment after its session has ended.
      const next = async () => {
        await prune()
        return (await buildAll(engine, requestFor(`FROM ${baseImage}\nRUN echo room\n`))).last
      }
      await expect.poll(next, { timeout: 20_000, interval: 500 }).toMatchObject({ kind: 'succeeded' })
    } finally {
      await engine.close()
      await own.stop()
    }
  },
)
