import { z } from '../schema.ts'
import { fileSystemSchema } from './file-listing.ts'

/** Two file systems whose files are to be read. */
export const contentsSchema = z.strictObject({
  before: z.strictObject(fileSystemSchema.shape),
  after: z.strictObject(fileSystemSchema.shape),
})
export type ContentsRequest = Readonly<z.infer<typeof contentsSchema>>

/** How far it is; the stream ends when all was read. */
export const contentsEventSchema = z.strictObject({
  /** Bytes, of both sides together. */
  read: z.number(),
  total: z.number(),
  /** Paths of files of the same size with other bytes, each told once. */
  differing: z.array(z.string()),
})
export type ContentsEvent = z.infer<typeof contentsEventSchema>
