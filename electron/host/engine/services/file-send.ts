import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import type { FileEntry } from '../../../../shared/files/file-listing.ts'
import type { CallHandler } from '../grpc-server.ts'
import { GrpcError, grpcStatus } from '../grpc-framing.ts'
import { kindOfGoMode, permissionsOfGoMode } from '../go-file-mode.ts'
import { FileSend } from '../protocol/generated/filesync_pb.ts'
import { PacketSchema, type Stat } from '../protocol/generated/wire_pb.ts'
import { packetType } from './packet-type.ts'

export const fileSendPath = `/${FileSend.typeName}/DiffCopy`

/**
 * Takes what the `local` exporter sends: every entry of a file system, parents first. No contents are asked for, which is
 * what makes it quick. `onEntries` may be slow; the daemon then waits.
 */
export function receiveListing(onEntries: (entries: FileEntry[]) => Promise<void>): CallHandler {
  return async call => {
    const end = toBinary(PacketSchema, create(PacketSchema, { type: packetType.end }))
    for await (const messages of call.messages) {
      const entries: FileEntry[] = []
      let complete = false
      for (const message of messages) {
        const packet = fromBinary(PacketSchema, message)
        if (packet.type === packetType.error)
          throw new GrpcError(grpcStatus.unknown, new TextDecoder().decode(packet.content))
        if (packet.type === packetType.end) return
        if (packet.type !== packetType.stat) continue
        if (packet.stat) entries.push(entryOf(packet.stat))
        else complete = true
      }
      if (entries.length > 0) await onEntries(entries)
      if (complete) await call.send([end])
    }
  }
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
