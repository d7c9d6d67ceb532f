import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { expect, test } from 'vitest'
import { findCredentials } from '../../electron/host/engine/services/auth.ts'

function configuration(content: unknown): string {
  const directory = mkdtempSync(join(tmpdir(), 'slipway-docker-'))
  writeFileSync(join(directory, 'config.json'), typeof content === 'string' ? content : JSON.stringify(content))
  return directory
}

const encoded = (login: string) => Buffer.from(login).toString('base64')

test('logins stored in the configuration are found by host, Docker Hub’s under its old address', async () => {
  const directory = configuration({
    auths: {
      'https://index.docker.io/v1/': { auth: encoded('me:se:cret') },
      'registry.example:5000': { username: 'you', password: 'other' },
      'token.example': { auth: '', identitytoken: 'long' },
    },
  })
  expect(await findCredentials(directory, 'registry-1.docker.io')).toEqual({ username: 'me', secret: 'se:cret' })
  expect(await findCredentials(directory, 'registry.example:5000')).toEqual({ username: 'you', secret: 'other' })
  expect(await findCredentials(directory, 'token.example')).toEqual({ username: '', secret: 'long' })
  expect(await findCredentials(directory, 'unknown.example')).toEqual({ username: '', secret: '' })
})

test('credential helpers are asked, one of its own for a host before the general one', async () => {
  const directory = configuration({ credsStore: 'general', credHelpers: { 'special.example': 'special' } })
  const write = (name: string, script: string) => {
    writeFileSync(join(directory, `docker-credential-${name}`), `#!/bin/sh\nread host\n${script}\n`)
    chmodSync(join(directory, `docker-credential-${name}`), 0o755)
  }
  write('general', `[ "$host" = known.example ] || exit 1\necho '{"Username":"general","Secret":"g"}'`)
  write('special', `echo "{\\"Username\\":\\"<token>\\",\\"Secret\\":\\"for $host\\"}"`)
  const path = process.env.PATH ?? ''
  process.env.PATH = directory + delimiter + path
  try {
    expect(await findCredentials(directory, 'known.example')).toEqual({ username: 'general', secret: 'g' })
    expect(await findCredentials(directory, 'special.example')).toEqual({ username: '', secret: 'for special.example' })
    expect(await findCredentials(directory, 'other.example')).toEqual({ username: '', secret: '' })
  } finally {
    process.env.PATH = path
  }
})

test('no configuration, a broken one or a missing helper mean no login', async () => {
  for (const directory of ['/nonexistent', configuration('{'), configuration({ credsStore: 'no-such-helper' })])
    expect(await findCredentials(directory, 'a.example')).toEqual({ username: '', secret: '' })
})
