import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-start-'))
  await writeFile(join(folder, 'Dockerfile'), 'FROM scratch\n')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Runs what `npm start` runs, called from the test's folder, with no display to open a window on. */
const start = (...words: string[]) => {
  const environment = Object.entries(process.env).filter(([name]) => !['DISPLAY', 'WAYLAND_DISPLAY'].includes(name))
  const child = spawn(process.execPath, ['build/start.mjs', ...words], {
    cwd: root,
    env: { ...Object.fromEntries(environment), INIT_CWD: folder, SLIPWAY_STATE: join(folder, 'state') },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => {
      output += text.toString()
    })
  const ended = new Promise<number | null>(resolve => child.once('close', resolve))
  return { child, ended, output: () => output }
}

describe('npm start', () => {
  test.each([
    ['a path that is not there', ['missing/Dockerfile'], () => join(folder, 'missing/Dockerfile')],
    ['a folder', ['.'], () => folder],
    ['an option it does not have', ['--fast'], () => '--fast'],
    ['two paths', ['Dockerfile', 'other'], () => 'one Dockerfile at a time'],
  ])('%s is answered by a sentence and exit code 2', async (_what, words, named) => {
    const { ended, output } = start(...words)
    expect(await ended).toBe(2)
    expect(output()).toContain(named())
    expect(output().trim().split('\n')).toHaveLength(1)
  })

  test('where no window can open it serves the page, says why in one sentence, and ends with Ctrl-C', async () => {
    const hidden = process.platform === 'linux' // elsewhere there is always a screen, and the page is asked for
    const { child, ended, output } = start(...(hidden ? [] : ['--web']), 'Dockerfile')
    await expect.poll(output, { timeout: 60_000 }).toMatch(/http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/)
    if (hidden) expect(output()).toMatch(/^Slipway is served to your browser, because .+\.$/m)
    expect(output()).not.toMatch(/^\s+at /m)
    const address = /http:\/\/127\.0\.0\.1:\d+\/\?token=\S+/.exec(output())?.[0] ?? ''
    expect((await fetch(address, { redirect: 'manual' })).status).toBe(303)
    child.kill('SIGINT')
    expect(await ended).toBe(0)
    await expect(fetch(address)).rejects.toThrow()
  })

  test('with --web no reason is needed', async () => {
    const { child, ended, output } = start('--web', 'Dockerfile')
    await expect.poll(output, { timeout: 60_000 }).toContain('http://127.0.0.1:')
    expect(output()).not.toContain('because')
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
  })
})
