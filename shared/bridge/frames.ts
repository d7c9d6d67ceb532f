import { z } from '../schema.ts'
import { hostErrorCodes } from './host-error.ts'

/** Chosen by the renderer, never used twice on one port: names a call or stream in every frame that belongs to it. */
const id = z.number().int().nonnegative()

/** What the renderer sends. */
export const requestFrameSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('call'), id, method: z.string(), argument: z.unknown() }),
  z.strictObject({ kind: z.literal('stream'), id, method: z.string(), argument: z.unknown() }),
  /** The caller no longer wants an answer. Nothing is sent for this id from here on. */
  z.strictObject({ kind: z.literal('cancel'), id }),
  /** The reader of a stream has taken so many events: the host may send as many more. */
  z.strictObject({ kind: z.literal('taken'), id, count: z.number().int().positive() }),
])
export type RequestFrame = z.infer<typeof requestFrameSchema>

/** What the host sends. `result`, `end` and `error` are the last frame of their id. */
export const answerFrameSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('result'), id, value: z.unknown() }),
  z.strictObject({ kind: z.literal('event'), id, value: z.unknown() }),
  z.strictObject({ kind: z.literal('end'), id }),
  z.strictObject({ kind: z.literal('error'), id, code: z.enum(hostErrorCodes), message: z.string() }),
])
export type AnswerFrame = z.infer<typeof answerFrameSchema>

/** Events of one stream that may be under way before the reader has taken any: what bounds both sides' memory. */
export const eventWindow = 64
/** The reader reports after so many events; well below the window, so that a quick reader never makes the host wait. */
export const takenBatch = 16
