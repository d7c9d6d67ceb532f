import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { _electron } from 'playwright-core'
import { expect, test } from 'vitest'
import { electronProgram } from '../../build/electron-binary.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Why the real Electron cannot be started here, or null. */
const obstacle = (): string | null => {
  if (electronProgram() === null) return "Electron's program is not installed (npx install-electron --no fetches it)."
  const { DISPLAY, WAYLAND_DISPLAY } = process.env
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) return 'There is no display (xvfb-run gives one).'
  return null
}

/** The one test that needs Electron itself; everything that can be had without it is in main.test.ts. */
test('the real Electron opens a Dockerfile in an isolated, sandboxed window', async context => {
  const reason = obstacle()
  const program = electronProgram()
  if (reason !== null || program === null) {
    console.log(`Not started in the real Electron: ${reason ?? ''}`)
    context.skip(reason ?? '')
    return
  }
  const folder = await mkdtemp(join(tmpdir(), 'slipway-smoke-'))
  const dockerfile = join(folder, 'Dockerfile')
  await writeFile(dockerfile, 'FROM scratch AS only-stage\n')
  const environment = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const electron = await _electron.launch({
    executablePath: program,
    // Electron's own sandbox does not start as root, as in a container.
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), root, dockerfile],
    env: { ...Object.fromEntries(environment), SLIPWAY_STATE: join(folder, 'state') },
  })
  try {
    const page = await electron.firstWindow()
    const errors: string[] = []
    page.on('pageerror', error => errors.push(String(error)))
    await page.getByText('only-stage').first().waitFor()
    expect(page.url()).toBe('app://bundle/index.html')
    expect(await page.evaluate('[typeof require, typeof process, typeof slipwayBridge]')).toEqual([
      'undefined',
      'undefined',
      'object',
    ])
    expect(errors).toEqual([])
  } finally {
    await electron.close()
    await rm(folder, { recursive: true, force: true })
  }
})
