import { z } from '../schema.ts'

export const fileKinds = ['file', 'directory', 'symlink', 'hardlink', 'fifo', 'socket', 'character', 'block'] as const
export type FileKind = (typeof fileKinds)[number]

/** One entry of a stage's file system. Parents always come before their children. */
export const fileEntrySchema = z.strictObject({
  /** Without leading slash, '/' between names; bytes that are not UTF-8 are replaced for display. */
  path: z.string(),
  kind: z.enum(fileKinds),
  /** Bytes; 0 for anything but a regular file. */
  size: z.number(),
  /** Permission bits with setuid, setgid and sticky: 0 to 0o7777. */
  mode: z.number(),
  uid: z.number(),
  gid: z.number(),
  /** Target of a symlink or hard link; '' otherwise. */
  link: z.string(),
  /** Milliseconds since the epoch. */
  modified: z.number(),
})
export type FileEntry = z.infer<typeof fileEntrySchema>

/**
 * Which file system: a stage (0-based index), or the first steps of it, of a build that this host still holds. With
 * `buildOfImage`, that of an image in the engine's store: 0 for all of it, or what its first, second, … layer brings.
 */
export const fileSystemSchema = z.strictObject({
  build: z.string(),
  stage: z.number().int().nonnegative(),
  /** What it is once the instructions that begin up to this line have run: on the line of its FROM, its base. */
  line: z.number().int().positive().optional(),
  /** Of a build for several: which, as it was asked for; the first of them where it is not said. */
  platform: z.string().optional(),
})
export type FileSystemReference = Readonly<z.infer<typeof fileSystemSchema>>

const imagePrefix = 'image '

export function buildOfImage(reference: string): string {
  return `${imagePrefix}${reference}`
}

/** The image whose files are meant; null for those of a build. */
export function imageOfBuild(build: string): string | null {
  return build.startsWith(imagePrefix) ? build.slice(imagePrefix.length) : null
}

/** One layer of an image: what made it ('' where that is not known), and what it holds. */
export const imageLayerSchema = z.strictObject({
  command: z.string(),
  bytes: z.number(),
  /** Entries that it adds or changes. */
  changed: z.number(),
  /** Entries below it that it takes away. */
  removed: z.number(),
})
export type ImageLayer = z.infer<typeof imageLayerSchema>

/** Streamed in batches as the daemon sends them. The stream ends when the listing is complete. */
export const fileBatchSchema = z.strictObject({
  entries: z.array(fileEntrySchema),
  /** With the first batch of an image: all its layers, the oldest first. */
  layers: z.array(imageLayerSchema).optional(),
  /** Of a whole image: the position of the layer that brought each entry, from 0. */
  from: z.array(z.number()).optional(),
})
export type FileBatch = z.infer<typeof fileBatchSchema>

export const fileContentSchema = z.strictObject({
  /** Base64 of the bytes read, from `offset`. */
  base64: z.string(),
  /** Bytes of the whole file. */
  size: z.number(),
})
export type FileContent = z.infer<typeof fileContentSchema>
