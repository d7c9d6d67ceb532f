import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../host/temporary-folder.ts'
import { slipway } from './command-line.ts'

const ignored = (path: string, line = 2) =>
  `Dockerfile:${line}: warning: Attempting to Copy file "${path}" that is excluded by .dockerignore (CopyIgnoredFile)`

const findings = (stdout: string) => stdout.split('\n').filter(line => line.startsWith('Dockerfile:'))

test('check goes by the .dockerignore beside the file, comments left out', async () => {
  const files = { Dockerfile: 'FROM scratch\nCOPY dist kept /\n', '.dockerignore': '# kept\ndist\n' }
  expect(findings((await slipway(['check', 'Dockerfile'], files)).stdout)).toEqual([ignored('dist')])
})

test('the ignore file of the Dockerfile’s own wins', async () => {
  const files = {
    ...{ Dockerfile: 'FROM scratch\nCOPY a /\nCOPY b /\n' },
    ...{ '.dockerignore': 'a', 'Dockerfile.dockerignore': 'b' },
  }
  expect(findings((await slipway(['check', 'Dockerfile'], files)).stdout)).toEqual([ignored('b', 3)])
})

test('--context names the folder whose .dockerignore counts', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'app'))
  writeFileSync(join(folder, 'app/.dockerignore'), 'a')
  writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\nCOPY a /\n')
  const found = async (...words: string[]) =>
    findings((await slipway(['check', 'Dockerfile', ...words], {}, { workingDirectory: folder })).stdout)
  expect([await found(), await found('--context', 'app')]).toEqual([[], [ignored('a')]])
})
