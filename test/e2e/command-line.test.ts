import { spawn } from 'node:child_process'
import { closeSync, openSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../host/temporary-folder.ts'

const program = join(import.meta.dirname, '../../dist/cli/slipway.js')

interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the bundled program; `during` sees its output as it comes. */
function run(
  words: readonly string[],
  folder: string,
  during: (stdout: string, child: ReturnType<typeof spawn>) => void = () => undefined,
  stdout: 'pipe' | number = 'pipe',
): Promise<Ended> {
  const child = spawn(process.execPath, [program, ...words], {
    cwd: folder,
    stdio: ['ignore', stdout, 'pipe'],
    env: { ...process.env, SLIPWAY_STATE: join(folder, 'state') },
  })
  const written = { stdout: '', stderr: '' }
  child.stdout?.on('data', (chunk: Buffer) => {
    written.stdout += String(chunk)
    during(written.stdout, child)
  })
  child.stderr?.on('data', (chunk: Buffer) => (written.stderr += String(chunk)))
  return new Promise(resolve => {
    child.on('close', status => {
      resolve({ status, ...written })
    })
  })
}

function folderWith(text: string): string {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'Dockerfile'), text)
  return folder
}

test('the program prints its version and a graph', async () => {
  const folder = folderWith('FROM a AS one\n')
  expect((await run(['--version'], folder)).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  const { status, stdout, stderr } = await run(['graph', 'Dockerfile'], folder)
  expect([status, stderr]).toEqual([0, ''])
  expect(JSON.parse(stdout)).toMatchObject({ stages: [{ name: 'one' }] })
})

test('a reader that leaves early ends the program quietly', async () => {
  const folder = folderWith('FROM a\n'.repeat(2_000))
  const files = Array.from({ length: 30 }, () => 'Dockerfile')
  const { status, stderr } = await run(['graph', ...files], folder, (_stdout, child) => child.stdout?.destroy())
  expect([status, stderr]).toEqual([0, ''])
})

test('a result that cannot be written is a failure', async () => {
  const full = openSync('/dev/full', 'w')
  try {
    const { status, stderr } = await run(['graph', 'Dockerfile'], folderWith('FROM a\n'), undefined, full)
    expect([status, stderr]).toEqual([2, expect.stringContaining('could not be written')])
  } finally {
    closeSync(full)
  }
})

test('serve shows the bundled page and ends with Ctrl-C', async () => {
  const pages: Promise<string>[] = []
  const show = async (url: string, child: ReturnType<typeof spawn>): Promise<string> => {
    const first = await fetch(url, { redirect: 'manual' })
    const cookie = (first.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    const page = await (await fetch(new URL('/', url), { headers: { cookie } })).text()
    child.kill('SIGINT')
    return page
  }
  const { status } = await run(['serve', 'Dockerfile', '--no-open'], folderWith('FROM a\n'), (stdout, child) => {
    if (stdout.endsWith('\n') && pages.length === 0) pages.push(show(stdout.trim(), child))
  })
  const [page = ''] = await Promise.all(pages)
  expect(status).toBe(0)
  expect(page).toContain('<div id="root">')
  expect(page).not.toContain('__CSP_NONCE__')
})
