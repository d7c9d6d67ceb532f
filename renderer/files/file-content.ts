import type { HostApi } from '../../shared/bridge/contract.ts'
import {
  hexRows,
  pictureType,
  pieceLength,
  previewLength,
  textRows,
  wholePictureLength,
  wholeTextLength,
  type HexRow,
  type TextRow,
} from '../../shared/files/file-preview.ts'
import type { FileSystemReference } from '../../shared/files/file-listing.ts'

/** The beginning of a file, or all of it, made ready to show. */
export interface FilePreview {
  /** Bytes of the whole file. */
  readonly size: number
  /** Bytes that were read. */
  readonly shown: number
  /** Null where the bytes are not UTF-8 text. */
  readonly text: readonly TextRow[] | null
  readonly hex: readonly HexRow[]
  /** The whole of a picture; null where it is none, or too large for one. */
  readonly picture: Blob | null
}

/** Reads as much of a file as its size allows to show. Rejects with HostError. */
export async function readPreview(
  host: HostApi,
  reference: FileSystemReference,
  path: string,
  size: number,
  signal: AbortSignal,
): Promise<FilePreview> {
  const length = size > wholeTextLength ? previewLength : wholeTextLength
  const read = async (offset: number, length: number) => {
    const { base64, size } = await host.call('files.read', { ...reference, path, offset, length }, signal)
    return { size, bytes: Uint8Array.from(atob(base64), character => character.charCodeAt(0)) }
  }
  const content = await read(0, length)
  const { bytes } = content
  const type = content.size > wholePictureLength ? null : pictureType(bytes)
  const pieces = [bytes]
  for (let offset = bytes.length; type !== null && offset < content.size; offset += pieceLength)
    pieces.push((await read(offset, pieceLength)).bytes)
  const text = decode(bytes, bytes.length < content.size)
  return {
    size: content.size,
    shown: bytes.length,
    text: text === null ? null : textRows(text),
    hex: hexRows(bytes),
    picture: type === null ? null : new Blob(pieces, { type }),
  }
}

/** Null where the bytes are not UTF-8 text. A character that the end of a preview cuts in two is left out. */
function decode(bytes: Uint8Array, cut: boolean): string | null {
  if (bytes.includes(0)) return null
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes, { stream: cut })
  } catch {
    return null
  }
}
