import { create, fromBinary, type MessageInitShape, toBinary } from '@bufbuild/protobuf'
import type { FileEntry } from '../../../../shared/files/file-listing.ts'
import type { CallHandler } from '../grpc-server.ts'
import { GrpcError, grpcStatus } from '../grpc-framing.ts'
import { kindOfGoMode, permissionsOfGoMode } from '../go-file-mode.ts'
import { FileSend } from '../protocol/generated/filesync_pb.ts'
import { type Packet, PacketSchema, type Stat } from '../protocol/generated/wire_pb.ts'
import { packetType } from './packet-type.ts'

export const fileSendPath = `/${FileSend.typeName}/DiffCopy`

/** Takes the contents of files. What it returns is waited for, and the daemon waits along. */
export interface FileSink {
  /** Everything that was wanted, parents first: answers with the places of those whose contents are to come. */
  begin(entries: readonly FileEntry[]): Promise<readonly number[]>
  write(place: number, content: Uint8Array): Promise<void>
  end(place: number): Promise<void>
}

/** Files of which contents may be on their way at the same time. */
const filesAtOnce = 8

/**
 * Takes what the `local` exporter sends: every entry of a file system, parents first. No contents are asked for, which is
 * what makes it quick. `onEntries` may be slow; the daemon then waits.
 */
export function receiveListing(onEntries: (entries: FileEntry[]) => Promise<void>): CallHandler {
  return async call => {
    for await (const messages of call.messages) {
      const { entries, isComplete, isOver } = entriesIn(packetsIn(messages))
      if (entries.length > 0) await onEntries(entries)
      if (isOver) return
      if (isComplete) await call.send([encoded({ type: packetType.end })])
    }
  }
}

/** The same, and then the contents of those that the sink asks for. */
export function receiveFiles(isWanted: (path: string) => boolean, sink: FileSink): CallHandler {
  return async call => {
    const wanted: { readonly id: number; readonly entry: FileEntry }[] = []
    const places = new Map<number, number>()
    let seen = 0
    let waiting: { readonly id: number; readonly place: number }[] = []
    const ask = async () => {
      const next = waiting.splice(0, filesAtOnce - places.size)
      for (const { id, place } of next) places.set(id, place)
      if (next.length > 0) await call.send(next.map(({ id }) => encoded({ type: packetType.request, id })))
      else if (places.size === 0) await call.send([encoded({ type: packetType.end })])
    }
    for await (const messages of call.messages) {
      const packets = packetsIn(messages)
      const { entries, isComplete, isOver } = entriesIn(packets)
      for (const entry of entries) {
        if (isWanted(entry.path)) wanted.push({ id: seen, entry })
        seen += 1
      }
      if (isComplete) {
        const contents = await sink.begin(wanted.map(({ entry }) => entry))
        waiting = contents.flatMap(place => {
          const found = wanted[place]
          return found === undefined ? [] : [{ id: found.id, place }]
        })
        await ask()
      }
      for (const { type, id, content } of packets) {
        const place = places.get(id)
        if (type !== packetType.content || place === undefined) continue
        if (content.length > 0) await sink.write(place, content)
        else {
          await sink.end(place)
          places.delete(id)
          await ask()
        }
      }
      if (isOver) return
    }
  }
}

function packetsIn(messages: readonly Uint8Array[]): readonly Packet[] {
  return messages.map(message => {
    const packet = fromBinary(PacketSchema, message)
    if (packet.type === packetType.error) throw new GrpcError(grpcStatus.unknown, decoder.decode(packet.content))
    return packet
  })
}

function entriesIn(packets: readonly Packet[]) {
  const stats = packets.filter(({ type }) => type === packetType.stat)
  return {
    entries: stats.flatMap(({ stat }) => (stat === undefined ? [] : [entryOf(stat)])),
    /** Nothing more is listed. */
    isComplete: stats.some(({ stat }) => stat === undefined),
    isOver: packets.some(({ type }) => type === packetType.end),
  }
}

function encoded(packet: MessageInitShape<typeof PacketSchema>): Uint8Array {
  return toBinary(PacketSchema, create(PacketSchema, packet))
}

const decoder = new TextDecoder()

function entryOf(stat: Stat): FileEntry {
  const link = decoder.decode(stat.link)
  const own = kindOfGoMode(stat.mode)
  // fsutil knows no kind for a hard link: it is a file that names another one.
  const kind = own === 'file' && link !== '' ? 'hardlink' : own
  return {
    path: decoder.decode(stat.path),
    kind,
    size: kind === 'file' ? Number(stat.size) : 0,
    mode: permissionsOfGoMode(stat.mode),
    uid: stat.uid,
    gid: stat.gid,
    link,
    modified: Number(stat.modified / 1_000_000n),
  }
}
