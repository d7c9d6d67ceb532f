/**
 * Builds and listings on a real engine (DOCKER_HOST, or the usual socket), each beside what the docker command or the engine
 * alone takes in the same run, in turn.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dial } from '../../electron/host/engine/dial.ts'
import { findEndpoint } from '../../electron/host/engine/endpoint.ts'
import type { Engine } from '../../electron/host/engine/engine-interface.ts'
import { GatewayJob } from '../../electron/host/engine/gateway-job.ts'
import { create, toBinary } from '@bufbuild/protobuf'
import { PacketSchema } from '../../electron/host/engine/protocol/generated/wire_pb.ts'
import { answerFileSync, fileSyncPath } from '../../electron/host/engine/services/filesync.ts'
import { fileSendPath } from '../../electron/host/engine/services/file-send.ts'
import { packetType } from '../../electron/host/engine/services/packet-type.ts'
import { openSession } from '../../electron/host/engine/session.ts'
import { FileTree } from '../../shared/files/file-tree.ts'
import { baseImage, ensureBaseImage, testEnvironment } from '../engine/base-image.ts'
import { buildAll, engineUnderTest, folderOf, requestFor } from '../engine/building.ts'

const pairs = 5
const never = new AbortController().signal
const elsewhere = { environment: testEnvironment, homeDirectory: '/nonexistent' }

const median = (times: readonly number[]) => [...times].sort((a, b) => a - b)[times.length >> 1] ?? Infinity
const seconds = (milliseconds: number) => `${(milliseconds / 1_000).toFixed(2)} s`

async function timed(run: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await run()
  return performance.now() - began
}

async function docker(...words: string[]): Promise<void> {
  const environment = { ...process.env, ...testEnvironment, DOCKER_BUILDKIT: '1' }
  const child = spawn('docker', words, { env: environment, stdio: 'ignore' })
  const [code] = (await once(child, 'exit')) as readonly unknown[]
  if (code !== 0) throw new Error(`docker ${words.join(' ')} ended with ${String(code)}.`)
}

async function built(engine: Engine, ...asked: Parameters<typeof requestFor>): Promise<string> {
  const told = await buildAll(engine, requestFor(...asked))
  if (told.last.kind !== 'succeeded') throw new Error(JSON.stringify(told.last))
  return told.build
}

/** Medians of pairs, the two taking turns at being first. */
async function compareWithDocker(): Promise<void> {
  const text = [
    `FROM ${baseImage} AS one`,
    'COPY . /src',
    'RUN for i in 1 2 3 4 5 6 7 8; do sha256sum /src/large; done > /sums',
    `FROM ${baseImage} AS two`,
    'RUN head -c 20000000 /dev/zero | sha256sum > /zeros',
    'FROM scratch',
    'COPY --from=one /sums /',
    'COPY --from=two /zeros /',
  ].join('\n')
  const contextDirectory = folderOf({ Dockerfile: text, large: 'x'.repeat(20_000_000), 'a/b': 'c' })
  const engine = engineUnderTest()
  for (const [title, noCache] of [
    ['cold', true],
    ['warm', false],
  ] as const) {
    const ours: number[] = []
    const theirs: number[] = []
    const slipway = async () => {
      let build = ''
      ours.push(await timed(async () => (build = await built(engine, text, { contextDirectory, noCache }))))
      // The docker command would be given what is still held, and not run it.
      if (noCache) await engine.release(build)
    }
    const command = async () =>
      theirs.push(await timed(() => docker('build', ...(noCache ? ['--no-cache'] : []), contextDirectory)))
    await command()
    await slipway()
    ours.length = theirs.length = 0
    for (let pair = 0; pair < pairs; pair++)
      for (const run of pair % 2 === 0 ? [slipway, command] : [command, slipway]) await run()
    const [own, other] = [median(ours), median(theirs)]
    console.log(`${title}: ${seconds(own)}, docker ${seconds(other)}, ratio ${(own / other).toFixed(2)}`)
  }
  await engine.close()
}

/** What a context of 20,000 files and 500 MB costs on the wire, the first time and when nothing has changed. */
async function countSent(): Promise<void> {
  const endpoint = await findEndpoint(elsewhere)
  let sent = 0
  const server = createServer(near => {
    near.on('data', chunk => (sent += chunk.length))
    near.pause()
    void dial(endpoint, never).then(far => {
      far.on('error', () => near.destroy()).on('close', () => near.destroy())
      near.on('error', () => far.destroy()).on('close', () => far.destroy())
      near.pipe(far).pipe(near)
    })
  })
  const path = join(tmpdir(), `slipway-bench-${String(process.pid)}.sock`)
  await new Promise<void>(resolve => server.listen(path, resolve))
  const contextDirectory = folderOf({})
  for (let folder = 0; folder < 200; folder++) {
    mkdirSync(join(contextDirectory, String(folder)))
    for (let file = 0; file < 100; file++)
      writeFileSync(join(contextDirectory, String(folder), String(file)), Buffer.alloc(25_000, folder * 100 + file))
  }
  const engine = engineUnderTest({ ...testEnvironment, DOCKER_HOST: `unix://${path}` })
  for (const title of ['first', 'second']) {
    sent = 0
    const time = await timed(() => built(engine, 'FROM scratch\nCOPY . /\n', { contextDirectory }))
    console.log(`${title} build of 20,000 files, 500 MB: ${(sent / 1e6).toFixed(2)} MB sent in ${seconds(time)}`)
  }
  await engine.close()
  server.close()
  rmSync(contextDirectory, { recursive: true })
}

const many = 'slipway-bench/many:1'

/** The same export with nothing done with what comes: the engine's own time. */
async function drain(): Promise<{ readonly first: number; readonly whole: number }> {
  const endpoint = await findEndpoint(elsewhere)
  const began = performance.now()
  let first = 0
  const end = toBinary(PacketSchema, create(PacketSchema, { type: packetType.end }))
  const files = new Map([['Dockerfile', Buffer.from(`FROM ${many}\n`)]])
  const folders = new Map([['dockerfile', { kind: 'memory' as const, files }]])
  const handlers = new Map([
    [fileSyncPath, answerFileSync(() => folders)],
    [
      fileSendPath,
      async (call: Parameters<ReturnType<typeof answerFileSync>>[0]) => {
        for await (const messages of call.messages) {
          first ||= performance.now() - began
          // The empty entry that is the last, and the answer to ours.
          if (messages.some(message => message.length <= 4)) await call.send([end])
        }
      },
    ],
  ])
  const session = await openSession(endpoint, { sharedKey: '', handlers }, never)
  const job = await GatewayJob.open(
    endpoint,
    { session: session.id, exporter: { type: 'local', attributes: {} } },
    never,
  )
  await job.finish(await job.solveFrontend({}, never), never)
  job.close()
  session.close()
  return { first, whole: performance.now() - began }
}

async function listMany(): Promise<void> {
  const engine = engineUnderTest()
  const script = 'for d in $(seq 200); do mkdir -p /m/$d; (cd /m/$d; seq 1000 | xargs touch); done'
  await built(engine, `FROM ${baseImage}\nRUN ${script}\n`, { tags: [many] })
  const build = await built(engine, `FROM ${many}\n`)
  const raw: { readonly first: number; readonly whole: number }[] = []
  const own: { readonly first: number; readonly whole: number }[] = []
  let entries = 0
  for (let pair = 0; pair < pairs; pair++) {
    raw.push(await drain())
    const began = performance.now()
    let first = 0
    entries = 0
    for await (const batch of engine.listFiles({ build, stage: 0 }, never)) {
      first ||= performance.now() - began
      entries += batch.entries.length
    }
    own.push({ first, whole: performance.now() - began })
  }
  const [first, whole] = [median(own.map(time => time.first)), median(own.map(time => time.whole))]
  const [rawFirst, rawWhole] = [median(raw.map(time => time.first)), median(raw.map(time => time.whole))]
  console.log(
    `listing ${entries.toLocaleString('en')} entries: ${seconds(whole)}, the engine alone ${seconds(rawWhole)}, ratio ${(whole / rawWhole).toFixed(2)}; first rows after ${seconds(first)}, the engine's first byte after ${seconds(rawFirst)}`,
  )
  globalThis.gc?.()
  const before = process.memoryUsage()
  const tree = new FileTree()
  for await (const batch of engine.listFiles({ build, stage: 0 }, never)) tree.add(batch.entries)
  globalThis.gc?.()
  const after = process.memoryUsage()
  const held = after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers
  console.log(
    `held for ${tree.count.toLocaleString('en')} of them, what waits to be cleared included: ${(held / 1e6).toFixed(0)} MB`,
  )
  await engine.close()
}

await ensureBaseImage()
await compareWithDocker()
await countSent()
await listMany()
