import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer as createHttpServer, type ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { findEndpoint } from '../../electron/host/engine/endpoint.ts'
import { makeCertificates } from './certificates.ts'
import { createEngine } from '../../electron/host/engine/engine.ts'

const open: Server[] = []
afterEach(() => {
  for (const server of open.splice(0)) server.close()
})

function folder(): string {
  return mkdtempSync(join(tmpdir(), 'slipway-docker-'))
}

/** A configuration folder as the docker command keeps it. */
function configuration(contexts: Readonly<Record<string, string>>, currentContext?: string): string {
  const directory = folder()
  writeFileSync(join(directory, 'config.json'), JSON.stringify({ auths: {}, currentContext }))
  for (const [name, host] of Object.entries(contexts)) {
    const meta = join(directory, 'contexts/meta', keyOf(name))
    mkdirSync(meta, { recursive: true })
    writeFileSync(
      join(meta, 'meta.json'),
      JSON.stringify({ Name: name, Endpoints: { docker: { Host: host, SkipTLSVerify: false } } }),
    )
  }
  return directory
}

function keyOf(context: string): string {
  return createHash('sha256').update(context).digest('hex')
}

function find(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform = 'linux') {
  return findEndpoint({ environment, homeDirectory: '/nonexistent', platform })
}

function inspect(environment: NodeJS.ProcessEnv) {
  return createEngine({ environment, homeDirectory: '/nonexistent', stateDirectory: '/s', choices: null }).inspect(
    new AbortController().signal,
  )
}

async function listening(server: Server, where: string | number): Promise<Server> {
  open.push(server)
  await new Promise<void>(resolve => {
    if (typeof where === 'string') server.listen(where, resolve)
    else server.listen(where, '127.0.0.1', resolve)
  })
  return server
}

/** Answers as an engine does on the two paths that finding it needs. */
function answerAsEngine(request: { readonly url?: string | undefined }, response: ServerResponse, headers = {}): void {
  response.setHeader('Api-Version', '1.51')
  for (const [name, value] of Object.entries<string>(headers)) response.setHeader(name, value)
  response.end(request.url === '/version' ? JSON.stringify({ Version: '99.1', Os: 'linux', Arch: 'arm64' }) : 'OK')
}

test('DOCKER_HOST goes before DOCKER_CONTEXT, that before the current context, that before the default socket', async () => {
  const directory = configuration({ colima: 'unix:///c.sock', other: 'tcp://10.0.0.1:2375' }, 'colima')
  const environment = { DOCKER_CONFIG: directory }
  expect(await find({ ...environment, DOCKER_HOST: 'unix:///h.sock', DOCKER_CONTEXT: 'other' })).toMatchObject({
    url: 'unix:///h.sock',
    source: 'DOCKER_HOST',
  })
  expect(await find({ ...environment, DOCKER_CONTEXT: 'other' })).toMatchObject({
    source: 'context other',
    transport: { kind: 'tcp', host: '10.0.0.1', port: 2375, tls: null },
  })
  expect(await find(environment)).toMatchObject({
    source: 'context colima',
    transport: { kind: 'socket', path: '/c.sock' },
  })
  expect(await find({ ...environment, DOCKER_HOST: '', DOCKER_CONTEXT: 'default' })).toMatchObject({
    source: 'default socket',
    url: 'unix:///var/run/docker.sock',
  })
  expect(await find({ DOCKER_CONFIG: folder() }, 'win32')).toMatchObject({
    transport: { kind: 'socket', path: '\\\\.\\pipe\\docker_engine' },
  })
})

test('a context that does not exist is an error, not the default', async () => {
  await expect(find({ DOCKER_CONFIG: configuration({}), DOCKER_CONTEXT: 'gone' })).rejects.toMatchObject({
    code: 'no-engine',
    message: /DOCKER_CONTEXT names the Docker context “gone”, but there is no such context/,
  })
  const status = await inspect({ DOCKER_CONFIG: configuration({}, 'lost') })
  expect(status).toMatchObject({ kind: 'unavailable', message: /config\.json names the Docker context “lost”/ })
})

test('ssh goes through the ssh program, with user, port and a socket of its own', async () => {
  expect(await find({ DOCKER_HOST: 'ssh://me@far.example:2222/run/user/1000/docker.sock' })).toMatchObject({
    transport: {
      kind: 'ssh',
      arguments: [
        ...['-o', 'ConnectTimeout=30', '-T', '-l', 'me', '-p', '2222', '--', 'far.example'],
        ...['docker', '--host', 'unix:///run/user/1000/docker.sock', 'system', 'dial-stdio'],
      ],
    },
  })
})

test('an address of an unknown kind is refused with what it may be', async () => {
  await expect(find({ DOCKER_HOST: '/var/run/docker.sock' })).rejects.toMatchObject({
    message: /must begin with unix:\/\//,
  })
})

test('silence is explained: no file, nobody listening, no permission, not an engine, no HTTP', async () => {
  const directory = folder()
  const socket = (name: string) => join(directory, name)
  expect(await inspect({ DOCKER_HOST: `unix://${socket('none')}` })).toMatchObject({
    kind: 'unavailable',
    message: /there is no such file as .*none\. Docker is not installed or not running/,
    tried: [expect.stringContaining('DOCKER_HOST')],
  })
  const listenAndDie = `require('net').createServer().listen(${JSON.stringify(socket('dead'))}, () => process.kill(process.pid, 'SIGKILL'))`
  spawnSync(process.execPath, ['-e', listenAndDie])
  expect(await inspect({ DOCKER_HOST: `unix://${socket('dead')}` })).toMatchObject({
    message: /nobody listens at .*Docker is not running/,
  })

  await listening(createServer(), socket('closed'))
  chmodSync(socket('closed'), 0)
  const asRoot = process.geteuid?.() === 0
  if (asRoot) process.seteuid?.(65_534)
  const denied = await inspect({ DOCKER_HOST: `unix://${socket('closed')}` })
  if (asRoot) process.seteuid?.(0)
  expect(denied).toMatchObject({ message: /permission to use .* was denied\. Add yourself to the group “docker”/ })

  const web = await listening(
    createHttpServer((_request, response) => response.end('hello')),
    0,
  )
  const { port } = web.address() as AddressInfo
  expect(await inspect({ DOCKER_HOST: `tcp://127.0.0.1:${String(port)}` })).toMatchObject({
    message: /is no container engine/,
  })
  const chat = await listening(
    createServer(connection => connection.end('220 mail ready\r\n')),
    socket('mail'),
  )
  expect(chat.listening).toBe(true)
  expect(await inspect({ DOCKER_HOST: `unix://${socket('mail')}` })).toMatchObject({ message: /does not speak HTTP/ })
  await listening(createServer(), socket('silent'))
  expect(await inspect({ DOCKER_HOST: `unix://${socket('silent')}` })).toMatchObject({
    message: /did not answer within 5 seconds/,
  })
  writeFileSync(socket('file'), '')
  expect(await inspect({ DOCKER_HOST: `unix://${socket('file')}` })).toMatchObject({ message: /file is no socket/ })
  await listening(
    createServer(connection => connection.destroy()),
    socket('shut'),
  )
  expect(await inspect({ DOCKER_HOST: `unix://${socket('shut')}` })).toMatchObject({
    message: /closed the connection without an answer/,
  })
  const page = createHttpServer((_request, response) => response.setHeader('Api-Version', '1.51').end('<html>'))
  await listening(page, socket('page'))
  expect(await inspect({ DOCKER_HOST: `unix://${socket('page')}` })).toMatchObject({ message: /tell its version/ })
  expect(await inspect({ DOCKER_HOST: 'tcp://no-such-host.invalid:2375' })).toMatchObject({
    message: /its host name is not known/,
  })
})

test('Podman is known by its name', async () => {
  const directory = folder()
  const podman = createHttpServer((request, response) =>
    answerAsEngine(request, response, { 'Libpod-Api-Version': '5.4.2' }),
  )
  await listening(podman, join(directory, 'podman.sock'))
  expect(await inspect({ DOCKER_HOST: `unix://${directory}/podman.sock` })).toMatchObject({
    kind: 'ready',
    name: 'Podman',
    version: '99.1',
  })
})

test('an older engine is spoken to in its own API version', async () => {
  const directory = folder()
  const old = createHttpServer((request, response) => answerAsEngine(request, response, { 'Api-Version': '1.41' }))
  await listening(old, join(directory, 'old.sock'))
  expect(await inspect({ DOCKER_HOST: `unix://${directory}/old.sock` })).toMatchObject({
    kind: 'ready',
    apiVersion: '1.41',
    platform: 'linux/arm64',
  })
})

test('TLS with certificates on both sides, from DOCKER_CERT_PATH and from a context', async () => {
  const certificates = makeCertificates()
  const read = (name: string) => readFileSync(join(certificates, name))
  const options = {
    key: read('server-key.pem'),
    cert: read('server.pem'),
    ca: read('ca.pem'),
    requestCert: true,
    rejectUnauthorized: true,
  }
  const server = await listening(createHttpsServer(options, answerAsEngine), 0)
  const host = `tcp://localhost:${String((server.address() as AddressInfo).port)}`
  expect(await inspect({ DOCKER_HOST: host, DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: certificates })).toMatchObject({
    kind: 'ready',
    version: '99.1',
  })

  const directory = configuration({ secured: host })
  const tls = join(directory, 'contexts/tls', keyOf('secured'), 'docker')
  mkdirSync(tls, { recursive: true })
  for (const name of ['ca.pem', 'cert.pem', 'key.pem']) writeFileSync(join(tls, name), read(name))
  expect(await inspect({ DOCKER_CONFIG: directory, DOCKER_CONTEXT: 'secured' })).toMatchObject({
    kind: 'ready',
    source: 'context secured',
  })
  expect(await inspect({ DOCKER_HOST: host, DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: folder() })).toMatchObject({
    kind: 'unavailable',
  })
  const half = folder()
  writeFileSync(join(half, 'cert.pem'), read('cert.pem'))
  expect(await inspect({ DOCKER_HOST: host, DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: half })).toMatchObject({
    message: /cert\.pem without key\.pem/,
  })
  // What Go's server answers to a plain request.
  const secured = createHttpServer((_request, response) =>
    response.writeHead(400).end('Client sent an HTTP request to an HTTPS server.\n'),
  )
  const { port } = (await listening(secured, 0)).address() as AddressInfo
  expect(await inspect({ DOCKER_HOST: `tcp://127.0.0.1:${String(port)}` })).toMatchObject({ message: /it wants TLS/ })
})

test('an engine behind ssh answers through the program’s standard streams', async () => {
  const directory = folder()
  await listening(createHttpServer(answerAsEngine), join(directory, 'engine.sock'))
  const bridge = `const socket = require('net').connect(${JSON.stringify(join(directory, 'engine.sock'))})
    process.stdin.pipe(socket).pipe(process.stdout)`
  writeFileSync(join(directory, 'bridge.cjs'), bridge)
  const program = `#!/bin/sh\necho "$@" > ${directory}/words\nexec ${process.execPath} ${directory}/bridge.cjs\n`
  writeFileSync(join(directory, 'ssh'), program)
  chmodSync(join(directory, 'ssh'), 0o755)
  const path = process.env.PATH ?? ''
  process.env.PATH = directory + delimiter + path
  try {
    expect(await inspect({ DOCKER_HOST: 'ssh://far.example' })).toMatchObject({
      kind: 'ready',
      endpoint: 'ssh://far.example',
    })
    expect(readFileSync(join(directory, 'words'), 'utf8')).toMatch(/far\.example docker system dial-stdio/)
    for (const [words, message] of [
      ['Permission denied (publickey).', /Permission denied \(publickey\)\. Try it with ssh in a terminal/],
      ['ssh: connect to host far.example port 22: Connection refused', /Connection refused\. Try it with ssh/],
      ['bash: line 1: docker: command not found', /Install Docker there/],
      [
        'Cannot connect to the Docker daemon at unix:///s. Is the docker daemon running?',
        /running\. Start Docker there/,
      ],
      ['', /ssh ended without a word \(exit code 255\)/],
    ] as const) {
      writeFileSync(join(directory, 'ssh'), `#!/bin/sh\nprintf '%s' '${words}' >&2\nexit 255\n`)
      expect(await inspect({ DOCKER_HOST: 'ssh://far.example' })).toMatchObject({ message })
    }
  } finally {
    process.env.PATH = path
  }
})
