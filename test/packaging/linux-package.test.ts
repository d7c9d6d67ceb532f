import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makePlaceholderDistribution } from './placeholder-distribution.ts'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))
const dockerfileNames = ['Dockerfile', 'Dockerfile.prod', 'app.dockerfile', 'Containerfile']
const otherNames = ['Dockerfiles', 'docker-compose.yml', 'main.go', 'notes.txt']

let folder: string
let unpacked: string
let recorded: string

/** The asar's own program; importing it would bring its types' idea of Node along. */
const asar = async (...words: string[]): Promise<string> =>
  (await run(process.execPath, [join(root, 'node_modules/@electron/asar/bin/asar.js'), ...words])).stdout

const filesUnder = async (directory: string): Promise<string[]> => {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  return entries.filter(entry => entry.isFile()).map(entry => relative(root, join(entry.parentPath, entry.name)))
}

const missingPrograms = async (...programs: string[]): Promise<string[]> => {
  const found = await Promise.all(
    programs.map(program =>
      run('which', [program]).then(
        () => true,
        () => false,
      ),
    ),
  )
  return programs.filter((_, index) => found[index] === false)
}

/**
 * A package made with a placeholder for Electron: what we put in it is checked, not that it runs. fpm, which cannot be
 * had from a distribution, is replaced by a recorder of what it was to pack.
 */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slipway-package-'))
  const distribution = join(folder, 'electron')
  const output = join(folder, 'release')
  recorded = join(folder, 'recorded')
  unpacked = join(output, 'linux-unpacked')
  await makePlaceholderDistribution(distribution)
  await run(
    process.execPath,
    ['build/package.mjs', '--linux', 'deb', `-c.electronDist=${distribution}`, `-c.directories.output=${output}`],
    {
      cwd: root,
      env: { ...process.env, CUSTOM_FPM_PATH: join(root, 'test/packaging/record-fpm.sh'), RECORDED: recorded },
    },
  )
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the Linux package, made with a placeholder for Electron', () => {
  test('the archive holds the bundles, package.json and nothing else', async () => {
    const listed = (await asar('list', join(unpacked, 'resources/app.asar'))).trim().split('\n')
    const bundles = (
      await Promise.all(['renderer', 'electron', 'cli'].map(name => filesUnder(join(root, 'dist', name))))
    ).flat()
    expect(bundles).toContain('dist/electron/main.js')
    const isFolder = (path: string): boolean => listed.some(other => other.startsWith(`${path}/`))
    expect(listed.filter(path => !isFolder(path)).sort()).toEqual(
      [...bundles, 'package.json'].map(path => `/${path}`).sort(),
    )
  })

  test('the archived package.json starts the main bundle and lists nothing to install', async () => {
    await asar('extract', join(unpacked, 'resources/app.asar'), join(folder, 'app'))
    const manifest = JSON.parse(await readFile(join(folder, 'app/package.json'), 'utf8')) as Record<string, unknown>
    expect(manifest).toMatchObject({ name: 'slipway', main: 'dist/electron/main.js', type: 'module' })
    expect(manifest['dependencies'] ?? {}).toEqual({})
  })

  test('the fuses that would let others run code as Slipway are off', async () => {
    const reader = join(root, 'node_modules/@electron/fuses/dist/bin.js')
    const { stdout } = await run(process.execPath, [reader, 'read', '--app', join(unpacked, 'slipway')])
    for (const fuse of [
      'RunAsNode',
      'EnableNodeOptionsEnvironmentVariable',
      'EnableNodeCliInspectArguments',
      'GrantFileProtocolExtraPrivileges',
    ])
      expect(stdout).toContain(`${fuse} is Disabled`)
    for (const fuse of ['OnlyLoadAppFromAsar', 'EnableEmbeddedAsarIntegrityValidation'])
      expect(stdout).toContain(`${fuse} is Enabled`)
  })

  test('the desktop entry opens Dockerfiles, in the window it belongs to, with the sandbox on', async () => {
    const text = await readFile(join(recorded, 'usr/share/applications/slipway.desktop'), 'utf8')
    const fields = text.split('\n').map((line): [string, string] => {
      const [key = '', ...value] = line.split('=')
      return [key, value.join('=')]
    })
    expect(Object.fromEntries(fields)).toMatchObject({
      Name: 'Slipway',
      Exec: '/opt/Slipway/slipway %U',
      Icon: 'slipway',
      MimeType: 'text/x-dockerfile;',
      StartupWMClass: 'slipway',
      Categories: 'Development;',
    })
    expect(text).not.toContain('no-sandbox')
  })

  test('an icon of every usual size is packed', async () => {
    const sizes = await readdir(join(recorded, 'usr/share/icons/hicolor'))
    expect(sizes.sort()).toEqual([16, 24, 32, 48, 64, 128, 256, 512].map(size => `${size}x${size}`).sort())
    for (const size of sizes) {
      const image = await readFile(join(recorded, `usr/share/icons/hicolor/${size}/apps/slipway.png`))
      expect(`${image.readUInt32BE(16)}x${image.readUInt32BE(20)}`).toBe(size)
    }
  })

  test('the packed MIME type names Dockerfiles by their whole name and by their ending', async () => {
    const xml = await readFile(join(recorded, 'usr/share/mime/packages/slipway-dockerfile.xml'), 'utf8')
    const globs = [...xml.matchAll(/<glob pattern="([^"]+)"/g)].map(([, glob]) => glob)
    expect(xml).toContain('<mime-type type="text/x-dockerfile">')
    expect(globs).toEqual(['Dockerfile', 'Dockerfile.*', '*.dockerfile', 'Containerfile'])
  })

  test("the desktop's own tools call a Dockerfile one, and other files not", async context => {
    const missing = await missingPrograms('update-mime-database', 'gio')
    if (missing.length > 0) {
      const reason = `Not installed: ${missing.join(', ')}. The MIME type's globs were read instead.`
      console.log(reason)
      context.skip(reason)
    }
    const shared = join(folder, 'share')
    await mkdir(join(shared, 'mime/packages'), { recursive: true })
    for (const xml of [
      '/usr/share/mime/packages/freedesktop.org.xml',
      join(recorded, 'usr/share/mime/packages/slipway-dockerfile.xml'),
    ])
      await writeFile(join(shared, 'mime/packages', basename(xml)), await readFile(xml))
    await run('update-mime-database', [join(shared, 'mime')])
    const typeOf = async (name: string): Promise<string | undefined> => {
      await writeFile(join(folder, name), 'FROM scratch\n')
      const { stdout } = await run('gio', ['info', '-a', 'standard::content-type', join(folder, name)], {
        env: { ...process.env, XDG_DATA_HOME: shared, XDG_DATA_DIRS: shared },
      })
      return /content-type: (\S+)/.exec(stdout)?.[1]
    }
    for (const name of dockerfileNames) expect([name, await typeOf(name)]).toEqual([name, 'text/x-dockerfile'])
    for (const name of otherNames) expect(await typeOf(name)).not.toBe('text/x-dockerfile')
  })
})
