import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../host/temporary-folder.ts'
import { slipway } from './command-line.ts'

test('serve prints the address, lets its browser in, and ends with Ctrl-C', async () => {
  const rendererDirectory = temporaryFolder()
  writeFileSync(join(rendererDirectory, 'index.html'), 'page')
  const controller = new AbortController()
  let url = ''
  const serving = slipway(
    ['serve', 'Dockerfile', '--no-open'],
    { Dockerfile: 'FROM a\n' },
    {
      ...{ rendererDirectory, signal: controller.signal, environment: { DISPLAY: ':0' } },
      stdout: {
        write: text => {
          url = text.trimEnd()
          return Promise.resolve()
        },
      },
    },
  )
  await expect.poll(() => url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{40,}$/)
  const response = await fetch(url, { redirect: 'manual' })
  expect(response.status).toBe(303)
  controller.abort()
  const { status, stderr } = await serving
  expect([status, stderr]).toEqual([0, expect.stringContaining('Open this address')])
  await expect(fetch(url)).rejects.toThrow()
})

test('serve without the bundled page says what to do', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'empty'))
  const { status, stderr } = await slipway(['serve'], {}, { rendererDirectory: join(folder, 'empty') })
  expect([status, stderr]).toEqual([2, expect.stringContaining('npm run build')])
})
