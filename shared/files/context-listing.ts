import { z } from '../schema.ts'
import { fileEntrySchema } from './file-listing.ts'

/** What one walk through a build context tells; another `began` starts over. */
export const contextEventSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('began'),
    /** The ignore file that counts; null where there is none. */
    ignoreFile: z.strictObject({ path: z.string(), text: z.string() }).nullable(),
  }),
  z.strictObject({
    kind: z.literal('entries'),
    /** In the context: parents first, a file with several names with its bytes at the first of them. */
    entries: z.array(fileEntrySchema),
    /** Left out, each by a line (1-based) of the ignore file. What is below such a folder is looked at only where a later line may take it back. */
    leftOut: z.array(z.strictObject({ entry: fileEntrySchema, line: z.number().int().positive() })),
  }),
  z.strictObject({
    kind: z.literal('complete'),
    /** Whether changes will be noticed: not where there are more folders than can be watched. */
    isWatched: z.boolean(),
  }),
])
export type ContextEvent = z.infer<typeof contextEventSchema>
