import { z } from '../schema.ts'
import { buildOptionsSchema } from './build-options.ts'

/** What a build is made of. The text is pinned: what stands in the editor, saved or not. */
export const buildRequestSchema = z.strictObject({
  /** The whole Dockerfile as it stands in the editor. */
  text: z.string(),
  /** Absolute path of the Dockerfile, for `<name>.dockerignore` and messages; null for a document never saved. */
  path: z.string().nullable(),
  /** Absolute path of the build context; null for an empty one. */
  contextDirectory: z.string().nullable(),
  /** Stage name or 0-based index of the stage to build; null for the last one. */
  target: z.union([z.string(), z.number().int().nonnegative()]).nullable(),
  /** Image reference(s) to tag the result with; empty to build without keeping an image. */
  tags: z.array(z.string()),
  buildArgs: z.record(z.string(), z.string()),
  /** What is built for, `linux/arm64`; left out for what the engine runs on. */
  platform: z.string().optional(),
  noCache: z.boolean(),
  /** Left out: what docker build does unless told otherwise. */
  options: buildOptionsSchema.optional(),
})
export type BuildRequest = Readonly<z.infer<typeof buildRequestSchema>>

/** BuildKit's digest of a vertex: what steps, logs and progress are keyed by. */
export type VertexDigest = string

const linesSchema = z.strictObject({ start: z.number(), end: z.number() })
/** Milliseconds since the epoch on the daemon's clock; differences are durations, absolute values are not ours. */
const instant = z.number().nullable()

export const buildEventSchema = z.discriminatedUnion('kind', [
  /** First event: the engine took the build. `build` names it for `files.*`. */
  z.strictObject({ kind: z.literal('started'), build: z.string(), engine: z.string() }),
  /** The definition is known, before any step has run. Lines are those of the pinned text, from BuildKit's source map. */
  z.strictObject({
    kind: z.literal('planned'),
    steps: z.array(
      z.strictObject({
        vertex: z.string(),
        name: z.string(),
        /** 1-based; one entry per place in the text that this vertex stands for (a FROM may be shared by stages). */
        lines: z.array(linesSchema),
        inputs: z.array(z.string()),
      }),
    ),
  }),
  /** A step changed. Sent again with newer values; the last one holds. */
  z.strictObject({
    kind: z.literal('step'),
    vertex: z.string(),
    name: z.string(),
    state: z.enum(['queued', 'running', 'cached', 'done', 'failed', 'cancelled']),
    started: instant,
    completed: instant,
    /** Only with `failed`. */
    error: z.string().nullable(),
  }),
  z.strictObject({
    kind: z.literal('log'),
    vertex: z.string(),
    stream: z.enum(['stdout', 'stderr']),
    text: z.string(),
  }),
  /** Bytes moved within a step: context transfer, pulls, exporting. `total` is 0 where BuildKit does not know it. */
  z.strictObject({
    kind: z.literal('progress'),
    vertex: z.string(),
    id: z.string(),
    name: z.string(),
    current: z.number(),
    total: z.number(),
    completed: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('warning'), rule: z.string(), message: z.string(), lines: z.array(linesSchema) }),
  /** Last event of a build that went well. `image` is the image id; null where no tag was asked for. */
  z.strictObject({
    kind: z.literal('succeeded'),
    image: z.string().nullable(),
    tags: z.array(z.string()),
    milliseconds: z.number(),
  }),
  /** Last event of one that did not. A sentence for the user; `detail` is BuildKit's own message. */
  z.strictObject({
    kind: z.literal('failed'),
    message: z.string(),
    detail: z.string(),
    vertex: z.string().nullable(),
    lines: z.array(linesSchema),
    exitCode: z.number().nullable(),
    /** Missing where the build was never begun. */
    milliseconds: z.number().optional(),
  }),
  z.strictObject({ kind: z.literal('cancelled'), milliseconds: z.number() }),
])
export type BuildEvent = z.infer<typeof buildEventSchema>
export type PlannedStep = Extract<BuildEvent, { kind: 'planned' }>['steps'][number]
export type StepState = Extract<BuildEvent, { kind: 'step' }>['state']
