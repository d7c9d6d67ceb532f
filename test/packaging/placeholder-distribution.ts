import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Marks the fuses in Electron's program; then their version, how many there are, and each one: 0 off, 1 on. */
const fuseSentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const fusesOn = `\u0001\u0008${'1'.repeat(8)}`

const files = [
  'chrome_100_percent.pak',
  'chrome_200_percent.pak',
  'chrome-sandbox',
  'chrome_crashpad_handler',
  'icudtl.dat',
  'libffmpeg.so',
  'resources.pak',
  'snapshot_blob.bin',
  'v8_context_snapshot.bin',
  'LICENSE',
  'LICENSES.chromium.html',
  'locales/en-US.pak',
  'locales/de.pak',
]

/** Lays out what looks like Electron to the packager and cannot run. Its fuses are all on, so that turning off shows. */
export const makePlaceholderDistribution = async (directory: string): Promise<void> => {
  const manifest = JSON.parse(
    await readFile(new URL('../../node_modules/electron/package.json', import.meta.url), 'utf8'),
  ) as { version: string }
  await mkdir(join(directory, 'locales'), { recursive: true })
  await mkdir(join(directory, 'resources'), { recursive: true })
  for (const file of files) await writeFile(join(directory, file), 'placeholder\n')
  await writeFile(join(directory, 'version'), manifest.version)
  const program = join(directory, 'electron')
  await writeFile(
    program,
    `#!/bin/sh\necho This is a placeholder for Electron.\nexit 86\n# ${fuseSentinel}${fusesOn}\n`,
  )
  await chmod(program, 0o755)
}
