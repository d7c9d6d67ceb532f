import { z } from '../schema.ts'
import { engineChoiceSchema, enginePlaceSchema, placeStateSchema } from '../engine-places.ts'
import { localImagesSchema } from '../surroundings.ts'
import { buildEventSchema, buildRequestSchema } from '../builds/build-events.ts'
import { buildSizesSchema } from '../builds/build-sizes.ts'
import { buildProfilesSchema } from '../builds/build-profiles.ts'
import { buildIdSchema, historyEntrySchema, recordedBuildSchema } from '../builds/build-record.ts'
import { expectationsSchema } from '../files/expectations.ts'
import { extractionEventSchema, extractionSchema } from '../files/extraction.ts'
import { contentsEventSchema, contentsSchema } from '../files/content-comparison.ts'
import { contextEventSchema } from '../files/context-listing.ts'
import { fileBatchSchema, fileContentSchema, fileSystemSchema } from '../files/file-listing.ts'

/** What a host can do, said once per method: the shapes of its argument and of what comes back. */
interface MethodSpec {
  readonly kind: 'call' | 'stream'
  readonly argument: z.ZodType
  /** Result of a call; each event of a stream. */
  readonly result: z.ZodType
}

const call = <A extends z.ZodType, R extends z.ZodType>(argument: A, result: R) =>
  ({ kind: 'call', argument, result }) as const
const stream = <A extends z.ZodType, R extends z.ZodType>(argument: A, result: R) =>
  ({ kind: 'stream', argument, result }) as const

const nothing = z.strictObject({})
/** `build` is the host's name of it, as the event `started` tells it. */
const stepLog = { build: z.string(), vertex: z.string() }
const path = z.string().min(1)

/** Identifies what stood on disk when it was read; compared, never interpreted. */
const fingerprint = z.string()

export const openedDocumentSchema = z.strictObject({
  /** Absolute; symlinks are not resolved here but followed when saving. */
  path,
  /** Decoded UTF-8 with the byte order mark and every carriage return kept: encoding it gives the same bytes. */
  text: z.string(),
  fingerprint,
  writable: z.boolean(),
  /** The build context: the folder the Dockerfile lies in unless another was chosen. */
  contextDirectory: z.string(),
  /** Text that was never saved because the application or the machine stopped; null where there is none. */
  draft: z.string().nullable(),
  /** What the draft was an edit of; other than `fingerprint` where the file has changed since. Null where unknown. */
  draftBase: fingerprint.nullable(),
})
export type OpenedDocument = z.infer<typeof openedDocumentSchema>

const folderEntrySchema = z.strictObject({
  name: z.string(),
  kind: z.enum(['file', 'directory']),
  dockerfile: z.boolean(),
})

export const recentDocumentSchema = z.strictObject({ path, opened: z.number() })
export type RecentDocument = z.infer<typeof recentDocumentSchema>

/** Positions on the canvas by a key that survives renames and edits; never written into the Dockerfile. */
export const placementSchema = z.strictObject({
  nodes: z.record(z.string(), z.strictObject({ x: z.number(), y: z.number(), locked: z.literal(true).optional() })),
})
export type Placement = z.infer<typeof placementSchema>

/** Values that a file is looked at and built with, in place of the defaults written in it. */
const variantSchema = z.strictObject({
  arguments: z.record(z.string(), z.string()),
  /** `linux/arm64`; null for the engine's own. */
  platform: z.string().nullable(),
})
export type Variant = z.infer<typeof variantSchema>

export const settingsSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  /** Pane sizes by pane id, in per cent of their group. */
  panes: z.record(z.string(), z.number()),
  /** Last used tag by Dockerfile path ('' for a document never saved). */
  tags: z.record(z.string(), z.string()),
  /** Chords chosen in place of the table's (`shared/key-chords.ts`), by command; '' for none. */
  shortcuts: z.record(z.string(), z.string()).default({}),
  /** By Dockerfile path; files built with their defaults are not among them. */
  variants: z.record(z.string(), variantSchema).default({}),
  /** What stands beside the canvas where there is room for one of them only. */
  sidePane: z.enum(['text', 'inspector']).default('text'),
})
export type Settings = z.infer<typeof settingsSchema>

export const engineStatusSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('ready'),
    /** As the CLI writes it: unix:///var/run/docker.sock. */
    endpoint: z.string(),
    /** Where the endpoint was found: "DOCKER_HOST", "context colima", "default socket". */
    source: z.string(),
    name: z.string(),
    version: z.string(),
    apiVersion: z.string(),
    platform: z.string(),
  }),
  z.strictObject({
    kind: z.literal('unavailable'),
    /** What happened, where, what to do: whole sentences. */
    message: z.string(),
    /** One line per endpoint tried, with the reason. */
    tried: z.array(z.string()),
  }),
])
export type EngineStatus = z.infer<typeof engineStatusSchema>

/** An image that the engine holds, under one of its tags. */
const engineImageSchema = z.strictObject({
  /** As FROM takes it. */
  reference: z.string(),
  bytes: z.number(),
  /** When it was built; milliseconds since the epoch. */
  created: z.number(),
})
export type EngineImage = z.infer<typeof engineImageSchema>

export const appInfoSchema = z.strictObject({
  version: z.string(),
  host: z.enum(['electron', 'web']),
  platform: z.string(),
  homeDirectory: z.string(),
  /** The Dockerfile named on the command line, or null. */
  launchPath: z.string().nullable(),
})
export type AppInfo = z.infer<typeof appInfoSchema>

/**
 * The one contract between renderer and host. A new host operation is one line here, one function in electron/host;
 * every wire carries it without a change.
 */
export const contract = {
  'app.info': call(nothing, appInfoSchema),

  /** Fails with not-found, not-text, is-directory, no-permission, too-large. Writes nothing but the recent list. */
  'documents.open': call(z.strictObject({ path }), openedDocumentSchema),
  /**
   * Atomic. `expected` is the fingerprint the text is based on; null to overwrite whatever is there.
   * Fails with changed-on-disk when the disk holds something else.
   */
  'documents.save': call(
    z.strictObject({ path, text: z.string(), expected: fingerprint.nullable() }),
    z.strictObject({ fingerprint }),
  ),
  /** What stands on disk, whenever it changes; the current state first. `text` is null when it is no longer UTF-8. */
  'documents.watch': stream(
    z.strictObject({ path }),
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('present'), fingerprint, text: z.string().nullable() }),
      z.strictObject({ kind: z.literal('missing') }),
    ]),
  ),
  /** The ignore file that a build of the Dockerfile at `path` goes by, whenever it changes; null where there is none. */
  'documents.watchIgnoreFile': stream(
    z.strictObject({ path, contextDirectory: path }),
    z.strictObject({ text: z.string().nullable() }),
  ),
  /**
   * The build context of the Dockerfile at `path`, walked at once and again whenever something in it changes. `named` is
   * the folder of a named context in its place, relative to it unless absolute. Fails with not-found where it is no folder.
   */
  'documents.watchContext': stream(
    z.strictObject({ path, contextDirectory: path, named: path.optional() }),
    contextEventSchema,
  ),
  /** Keeps unsaved text against a crash; null forgets it. `path` null is the untitled document. */
  /** `text` null forgets the draft; `base` is the fingerprint that the text is based on. */
  'documents.keepDraft': call(
    z.strictObject({ path: path.nullable(), text: z.string().nullable(), base: fingerprint.nullable().optional() }),
    nothing,
  ),
  'documents.untitledDraft': call(nothing, z.strictObject({ text: z.string().nullable() })),
  'documents.recent': call(nothing, z.strictObject({ documents: z.array(recentDocumentSchema) })),
  'documents.forgetRecent': call(z.strictObject({ path }), nothing),
  /** Native dialog. Only where `app.info` says electron; elsewhere the renderer's own picker uses folders.list. */
  'documents.chooseOpen': call(nothing, z.strictObject({ path: path.nullable() })),
  'documents.chooseSave': call(z.strictObject({ suggestion: path }), z.strictObject({ path: path.nullable() })),
  /** Native dialog, as above. */
  'folders.choose': call(nothing, z.strictObject({ path: path.nullable() })),
  /** Null lists the home folder (or the folder the host was started in). */
  'folders.list': call(
    z.strictObject({ path: path.nullable() }),
    z.strictObject({ path, parent: path.nullable(), entries: z.array(folderEntrySchema) }),
  ),

  'placement.load': call(z.strictObject({ path: path.nullable() }), placementSchema),
  'placement.store': call(z.strictObject({ path: path.nullable(), placement: placementSchema }), nothing),
  'settings.load': call(nothing, settingsSchema),
  'settings.store': call(z.strictObject({ settings: settingsSchema }), nothing),

  'engine.inspect': call(nothing, engineStatusSchema),
  /** Every place where an engine may be: each at once, then again with what was met there. */
  'engines.list': stream(nothing, enginePlaceSchema),
  /** Like its state in the list, and what the engine can and cannot do. */
  'engines.test': call(z.strictObject({ choice: engineChoiceSchema }), placeStateSchema),
  /** For all windows, and kept. Fails with no-engine when it is no address, or a context that is not there. */
  'engines.choose': call(z.strictObject({ choice: engineChoiceSchema }), nothing),
  /** Takes away an address that the user added. */
  'engines.forget': call(z.strictObject({ choice: engineChoiceSchema }), nothing),
  /** What the engine holds of these images, nothing where none answers; no registry is asked. */
  'engine.inspectImages': call(z.strictObject({ references: z.array(z.string()) }), localImagesSchema),
  /** What the engine has at hand, as FROM takes it, the newest first. Fails with no-engine. */
  'engine.images': call(nothing, z.strictObject({ images: z.array(engineImageSchema) })),
  /** Leaving the stream cancels the build on the engine. Fails with no-engine before it starts. */
  'builds.run': stream(buildRequestSchema, buildEventSchema),
  /** Cancels a running build whose stream is still read: it ends with what the engine says of that. */
  'builds.stop': call(z.strictObject({ build: z.string() }), nothing),
  /** What is remembered of how a file is built. `path` null is the untitled document. */
  'builds.loadProfiles': call(z.strictObject({ path: path.nullable() }), buildProfilesSchema),
  'builds.storeProfiles': call(z.strictObject({ path: path.nullable(), profiles: buildProfilesSchema }), nothing),
  /** Builds of a file that have ended, the newest first. */
  'history.list': call(
    z.strictObject({ path: path.nullable() }),
    z.strictObject({ entries: z.array(historyEntrySchema) }),
  ),
  /** Fails with gone where it was deleted or made room for newer ones. */
  'history.read': call(z.strictObject({ path: path.nullable(), id: buildIdSchema }), recordedBuildSchema),
  /** Keeps with the build that `files.*` call `build` what its files weigh; nothing happens where it is not kept itself. */
  'history.weigh': call(z.strictObject({ path: path.nullable(), build: z.string(), sizes: buildSizesSchema }), nothing),
  /** `id` null forgets every build of the file. */
  'history.remove': call(z.strictObject({ path: path.nullable(), id: buildIdSchema.nullable() }), nothing),
  /** Lines of a step's whole output, numbered from 0 as the window numbers them, ANSI sequences included. */
  'logs.read': call(
    z.strictObject({
      ...stepLog,
      from: z.number().int().nonnegative(),
      count: z.number().int().nonnegative().max(2_000),
    }),
    z.strictObject({ lines: z.array(z.string()), total: z.number() }),
  ),
  /** Numbers of the lines below `until` that hold the query in any case. */
  'logs.search': stream(
    z.strictObject({ ...stepLog, query: z.string().min(1), until: z.number().int().nonnegative() }),
    z.strictObject({ lines: z.array(z.number()) }),
  ),
  'logs.text': stream(z.strictObject(stepLog), z.strictObject({ text: z.string() })),
  /** Every entry of a stage of a build that is still held. Fails with gone when it is not. */
  'files.list': stream(fileSystemSchema, fileBatchSchema),
  /** At most 1 MiB at a time. */
  'files.read': call(
    z.strictObject({
      ...fileSystemSchema.shape,
      path: z.string(),
      offset: z.number().int().nonnegative(),
      length: z
        .number()
        .int()
        .positive()
        .max(1 << 20),
    }),
    fileContentSchema,
  ),
  /** Reads what lies in both, of the same size; fails with gone where either is. */
  'files.compareContents': stream(contentsSchema, contentsEventSchema),
  /** Writes files of a stage to disk, all or none; leaving the stream takes back what was written. */
  'files.extract': stream(extractionSchema, extractionEventSchema),
  /** What is expected of the files of a Dockerfile's stages. `path` null is the untitled document. */
  'files.loadExpected': call(z.strictObject({ path: path.nullable() }), expectationsSchema),
  'files.storeExpected': call(z.strictObject({ path: path.nullable(), expectations: expectationsSchema }), nothing),
  /** Lets go of a build's file systems on the engine. */
  'files.release': call(z.strictObject({ build: z.string() }), nothing),

  /** Tells the host whether closing the window must ask first. */
  'window.setDirty': call(z.strictObject({ dirty: z.boolean() }), nothing),
} as const satisfies Record<string, MethodSpec>

export type Contract = typeof contract
export type MethodName = keyof Contract
type CallName = { [M in MethodName]: Contract[M]['kind'] extends 'call' ? M : never }[MethodName]
type StreamName = Exclude<MethodName, CallName>
export type Argument<M extends MethodName> = z.infer<Contract[M]['argument']>
export type Result<M extends MethodName> = z.infer<Contract[M]['result']>

/** What the renderer holds. Calls reject with HostError; leaving a stream's loop cancels it on the host. */
export interface HostApi {
  call<M extends CallName>(method: M, argument: Argument<M>, signal?: AbortSignal): Promise<Result<M>>
  stream<M extends StreamName>(method: M, argument: Argument<M>, signal?: AbortSignal): AsyncIterable<Result<M>>
}

/** What a host implements: one function per method; `signal` fires when the caller cancels or is lost. */
export type HostImplementation = {
  readonly [M in CallName]: (argument: Argument<M>, signal: AbortSignal) => Promise<Result<M>>
} & {
  readonly [M in StreamName]: (argument: Argument<M>, signal: AbortSignal) => AsyncIterable<Result<M>>
}
export type { CallName, StreamName }
