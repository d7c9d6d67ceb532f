/**
 * Makes the installable packages of this system: `npm run package [-- electron-builder's options]`, into release/.
 * What it has to download is looked for first, so that a machine without a network is told so at once.
 */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { bundle, root } from './bundle.mjs'
import { electronProgram } from './electron-binary.mjs'

const parameters = process.argv.slice(2)

const refuse = reason => {
  console.error(`The package cannot be made: ${reason}`)
  process.exit(2)
}

/** Whether the place that Electron and the packaging tools come from answers; the reason where it does not. */
const unreachable = async () => {
  const mirror = process.env.ELECTRON_MIRROR ?? process.env.ELECTRON_BUILDER_BINARIES_MIRROR ?? 'https://github.com/'
  try {
    await fetch(mirror, { method: 'HEAD', signal: AbortSignal.timeout(5000) })
    return null
  } catch (error) {
    return `${new URL(mirror).host} cannot be reached (${error.cause?.code ?? error.message})`
  }
}

const cached = beginning => {
  const folder = process.env.ELECTRON_BUILDER_CACHE ?? join(homedir(), '.cache/electron-builder')
  return existsSync(folder) && readdirSync(folder).some(name => name.startsWith(beginning))
}

/** Tools that a Linux package needs beside Electron, and whether each is here. */
const linuxTools = () => {
  const { CUSTOM_FPM_PATH, USE_SYSTEM_FPM, APPIMAGE_TOOLS_PATH } = process.env
  const asked = kind => parameters.includes(kind) || !['AppImage', 'deb', 'dir'].some(each => parameters.includes(each))
  return [
    ...(asked('AppImage') && !APPIMAGE_TOOLS_PATH && !cached('appimage') ? ["AppImage's runtime"] : []),
    ...(asked('deb') && !CUSTOM_FPM_PATH && !USE_SYSTEM_FPM && !cached('fpm') ? ['fpm (for the .deb)'] : []),
  ]
}

const givenDistribution = parameters.some(parameter => parameter.startsWith('-c.electronDist='))
const program = electronProgram()
const missing = [
  ...(givenDistribution || program !== null ? [] : ["Electron's program"]),
  ...(process.platform === 'linux' ? linuxTools() : []),
]
if (missing.length > 0) {
  const reason = await unreachable()
  if (reason !== null)
    refuse(
      `${new Intl.ListFormat('en').format(missing)} ${missing.length > 1 ? 'are' : 'is'} not on this machine, and ${reason}.`,
    )
}

await bundle()
const builder = spawn(
  process.execPath,
  [
    join(root, 'node_modules/electron-builder/cli.js'),
    '--config',
    'build/electron-builder.yml',
    '--publish',
    'never',
    // What `npm start` has fetched need not be fetched again; a macOS program lies three folders deeper.
    ...(program !== null && !givenDistribution && process.platform !== 'darwin'
      ? [`-c.electronDist=${dirname(program)}`]
      : []),
    ...parameters,
  ],
  { cwd: root, stdio: 'inherit' },
)
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => builder.kill(signal))
builder.on('exit', code => {
  if (code !== 0) console.error('The package could not be made; what the packager said is above.')
  process.exitCode = code ?? 1
})
