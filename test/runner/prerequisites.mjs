/** What the tests need from the machine: a browser, an engine's programs, a static busybox to build images from. */
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** A failure that has a plain sentence for whoever runs the tests; everything else is a defect and keeps its stack. */
export class Unmet extends Error {}

/** The absolute path of a program on PATH (and in the folders that root's PATH sometimes lacks), or null. */
export const programPath = name => {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin', '/bin']
  for (const folder of folders) {
    const path = join(folder, process.platform === 'win32' ? `${name}.exe` : name)
    try {
      accessSync(path, constants.X_OK)
      return path
    } catch {
      continue
    }
  }
  return null
}

const browserNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const browserPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ...['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map(name =>
    join(process.env[name] ?? '', 'Google/Chrome/Application/chrome.exe'),
  ),
]

const findBrowser = () => {
  const wanted = process.env.CHROME_PATH
  if (wanted !== undefined && wanted !== '') {
    if (!existsSync(wanted)) throw new Unmet(`CHROME_PATH names ${wanted}, which does not exist.`)
    return wanted
  }
  for (const name of browserNames) {
    const path = programPath(name)
    if (path !== null) return path
  }
  return browserPlaces.find(place => existsSync(place)) ?? null
}

const isDebian = () => {
  if (!existsSync('/etc/os-release') || programPath('apt-get') === null) return false
  return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync('/etc/os-release', 'utf8'))
}

const mayInstall = () => process.platform === 'linux' && process.getuid() === 0 && isDebian()

/** Installs Debian packages; says what it does, and what apt said only where it failed. */
const install = packages => {
  console.log(`Installing ${packages.join(', ')} with apt-get.`)
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const step of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    const { status, stdout, stderr } = spawnSync('apt-get', ['-q', ...step], { env: environment, encoding: 'utf8' })
    if (status === 0) continue
    console.log(`${stdout}${stderr}`)
    throw new Unmet(`apt-get ${step.join(' ')} failed (exit ${status}); its output is above.`)
  }
}

/** With them the package's MIME type is asked of the desktop's own tools; the test says so where they are not there. */
const desktopTools = [
  { program: 'gio', debian: 'libglib2.0-bin' },
  { program: 'update-mime-database', debian: 'shared-mime-info' },
]

/**
 * Everything there is of `{browser, dockerd, busybox}`, after installing what is missing where that is allowed.
 * @param {{browser: boolean, engine: boolean, engineAnswers: boolean}} needs
 */
export const prerequisites = ({ browser, engine, engineAnswers }) => {
  const missing = () => [
    ...(browser && findBrowser() === null
      ? [{ debian: 'chromium', say: 'Chrome or Chromium (or set CHROME_PATH to its program)' }]
      : []),
    ...(engine && !engineAnswers && programPath('dockerd') === null
      ? [{ debian: 'docker.io', say: 'a running Docker Engine (or set DOCKER_HOST to one)' }]
      : []),
    ...(engine && programPath('busybox') === null
      ? [{ debian: 'busybox-static', say: 'a statically linked busybox on PATH' }]
      : []),
  ]
  if (mayInstall()) {
    const lacking = [
      ...missing(),
      ...(browser ? desktopTools.filter(({ program }) => programPath(program) === null) : []),
    ]
    if (lacking.length > 0) install(lacking.map(({ debian }) => debian))
  }
  const still = missing()
  if (still.length > 0)
    throw new Unmet(`The tests need ${still.map(({ say }) => say).join(', and ')}. Install it and run them again.`)
  return { browser: browser ? findBrowser() : null, dockerd: programPath('dockerd') }
}
