import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import { open } from 'node:fs/promises'
import type { CallHandler, IncomingCall } from '../grpc-server.ts'
import { GrpcError, grpcStatus } from '../grpc-framing.ts'
import { type SentEntry, walkContext, type WalkSelection } from '../context-walk.ts'
import { cleanPath, IgnorePatterns } from '../../../../shared/files/ignore-pattern.ts'
import { FileSync } from '../protocol/generated/filesync_pb.ts'
import { PacketSchema } from '../protocol/generated/wire_pb.ts'
import { packetType } from './packet-type.ts'

export const fileSyncPath = `/${FileSync.typeName}/DiffCopy`

/** What the daemon may read under one of the names it asks by ("context", "dockerfile"). */
export type SentFolder =
  | { readonly kind: 'disk'; readonly path: string }
  /** Files that exist only here, by path. */
  | { readonly kind: 'memory'; readonly files: ReadonlyMap<string, Uint8Array> }

const pieceLength = 1 << 20
const filesAtOnce = 16
/** Entries between two turns of the event loop: the walk itself is synchronous. */
const entriesPerTurn = 512

/**
 * Sends folders to the daemon by fsutil's protocol: every entry's STAT in order, an empty one for the end, and the bytes
 * of those files that the daemon then asks for (it has the others from before).
 * `onListed` is told the bytes of all that a folder on disk offers, sent or not.
 */
export function answerFileSync(
  folders: () => ReadonlyMap<string, SentFolder>,
  onListed: (bytes: number) => void = () => undefined,
): CallHandler {
  return async call => {
    const [name = ''] = call.metadata('dir-name')
    const folder = folders().get(name)
    if (!folder) throw new GrpcError(grpcStatus.notFound, `No folder “${name}” belongs to this build any more.`)
    const selection: WalkSelection = {
      exclude: list(call, 'exclude-patterns'),
      include: list(call, 'include-patterns'),
      follow: list(call, 'followpaths'),
    }
    const contents = new Map<number, string | Uint8Array>()
    const reading = new Concurrently(filesAtOnce)
    const sending = sendEntries(call, entriesOf(folder, selection), contents).then(bytes => {
      if (folder.kind === 'disk') onListed(bytes)
    })
    // Its failure is thrown below; until then it must not count as unhandled.
    sending.catch(() => undefined)
    for await (const messages of call.messages)
      for (const message of messages) {
        const packet = fromBinary(PacketSchema, message)
        if (packet.type === packetType.request)
          await reading.add(() => sendContent(call, packet.id, contents.get(packet.id)))
        else if (packet.type === packetType.end) {
          await sending
          await reading.idle()
          await call.send([encoded({ type: packetType.end })])
          return
        } else if (packet.type === packetType.error) return
      }
    await sending
  }
}

function entriesOf(folder: SentFolder, selection: WalkSelection): Iterable<SentEntry> {
  return folder.kind === 'disk' ? walkContext(folder.path, selection) : memoryEntries(folder.files, selection)
}

function memoryEntries(files: ReadonlyMap<string, Uint8Array>, selection: WalkSelection): SentEntry[] {
  const wanted = new Set([...selection.include, ...selection.follow].map(path => cleanPath(path).join('/')))
  const excluded = new IgnorePatterns(selection.exclude)
  // The daemon compares size and time only: with a fixed time it would keep an older text of the same length.
  const modified = BigInt(Date.now()) * 1_000_000n + (process.hrtime.bigint() % 1_000_000n)
  return [...files]
    .filter(([path]) => (wanted.size === 0 || wanted.has(path)) && !excluded.matches(path))
    .sort(([left], [right]) => Buffer.compare(Buffer.from(left), Buffer.from(right)))
    .map(([path, content]) => ({ path, mode: 0o644, size: BigInt(content.length), modified, link: '', content }))
}

async function sendEntries(
  call: IncomingCall,
  entries: Iterable<SentEntry>,
  contents: Map<number, string | Uint8Array>,
): Promise<number> {
  let id = 0
  let bytes = 0
  let batch: Uint8Array[] = []
  try {
    for (const entry of entries) {
      if (entry.content !== null) contents.set(id, entry.content)
      id++
      const { path, mode, size, modified, link } = entry
      if (entry.content !== null) bytes += Number(size)
      const stat = { path: Buffer.from(path), mode, size, modified, link: Buffer.from(link) }
      batch.push(encoded({ type: packetType.stat, stat }))
      if (batch.length < entriesPerTurn) continue
      await call.send(batch)
      batch = []
      await new Promise(resolve => setImmediate(resolve))
    }
  } catch (error) {
    // Said in the protocol too, so that the daemon's message names the file and not just a broken call.
    const reason = error instanceof Error ? error.message : String(error)
    await call.send([encoded({ type: packetType.error, content: Buffer.from(reason) })])
    throw error
  }
  await call.send([...batch, encoded({ type: packetType.stat })])
  return bytes
}

async function sendContent(call: IncomingCall, id: number, content: string | Uint8Array | undefined): Promise<void> {
  const end = encoded({ type: packetType.content, id })
  if (typeof content !== 'string') {
    await call.send(content && content.length > 0 ? [encoded({ type: packetType.content, id, content }), end] : [end])
    return
  }
  const file = await open(content)
  try {
    const { size } = await file.stat()
    // One byte more than there should be, so that a file of this size shows its end in the first read.
    const piece = Buffer.allocUnsafe(Math.min(pieceLength, size + 1))
    for (;;) {
      const { bytesRead } = await file.read(piece, 0, piece.length)
      const last = bytesRead < piece.length
      // Encoding copies the bytes, so the buffer can be used again.
      const part =
        bytesRead === 0 ? [] : [encoded({ type: packetType.content, id, content: piece.subarray(0, bytesRead) })]
      await call.send(last ? [...part, end] : part)
      if (last) return
    }
  } finally {
    await file.close()
  }
}

/** Runs a few tasks at the same time; the first failure comes out of the next call. */
class Concurrently {
  readonly #limit: number
  readonly #running = new Set<Promise<void>>()
  #failure: Error | null = null

  constructor(limit: number) {
    this.#limit = limit
  }

  /** Resolves when there is room for the next task. */
  async add(task: () => Promise<void>): Promise<void> {
    const running = task()
      .catch((error: unknown) => {
        this.#failure ??= error instanceof Error ? error : new Error(String(error))
      })
      .finally(() => this.#running.delete(running))
    this.#running.add(running)
    while (this.#running.size >= this.#limit) await Promise.race(this.#running)
    if (this.#failure) throw this.#failure
  }

  async idle(): Promise<void> {
    await Promise.all(this.#running)
    if (this.#failure) throw this.#failure
  }
}

function encoded(packet: Parameters<typeof create<typeof PacketSchema>>[1]): Uint8Array {
  return toBinary(PacketSchema, create(PacketSchema, packet))
}

/** A list that the daemon sends as repeated headers, query-escaped where it says so. */
function list(call: IncomingCall, name: string): readonly string[] {
  const values = call.metadata(name)
  const escaped = call.metadata(`${name}-encoded`)[0] === '1'
  return escaped ? values.map(value => decodeURIComponent(value.replaceAll('+', ' '))) : values
}
