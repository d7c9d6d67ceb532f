import { formatBytes, formatCount } from '../quantities.ts'
import { z } from '../schema.ts'
import { fileSystemSchema } from './file-listing.ts'

/** Files and folders of a stage that are to be written to disk. */
export const extractionSchema = z.strictObject({
  ...fileSystemSchema.shape,
  /** Without leading slash; '' for everything. Folders bring what is in them. */
  paths: z.array(z.string()).min(1),
  /** Absolute; what is extracted lies in it by its own name. */
  folder: z.string().min(1),
  /** Whether what lies there by the same name goes, with all that is in it. */
  replace: z.boolean(),
})
export type ExtractionRequest = Readonly<z.infer<typeof extractionSchema>>

const amountsSchema = { files: z.number(), bytes: z.number() }

export const extractionEventSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('progress'),
    ...amountsSchema,
    totalFiles: z.number(),
    /** Hard links add to what is written, and are not in it. */
    totalBytes: z.number(),
  }),
  /** Last event where something lies there by the same name and was not to be replaced: nothing was written. */
  z.strictObject({ kind: z.literal('taken'), names: z.array(z.string()) }),
  z.strictObject({
    kind: z.literal('extracted'),
    ...amountsSchema,
    /** Names in the folder. */
    names: z.array(z.string()),
    /** The first of those that could not be written, with the reason as the rest of a sentence. */
    left: z.array(z.strictObject({ path: z.string(), reason: z.string() })),
    leftCount: z.number(),
  }),
])
export type ExtractionEvent = z.infer<typeof extractionEventSchema>

/** What was written, and how much could not be, in a sentence or two. */
export function extractedWords(event: Extract<ExtractionEvent, { kind: 'extracted' }>, folder: string): string {
  const { files, bytes, names, leftCount } = event
  const what = names.length === 1 ? names[0] : formatCount(names.length, 'entry', 'entries')
  const left = leftCount === 0 ? '' : ` ${formatCount(leftCount, 'entry was', 'entries were')} left out.`
  return `Extracted ${what ?? ''} to ${folder}: ${formatCount(files, 'file')}, ${formatBytes(bytes)}.${left}`
}
