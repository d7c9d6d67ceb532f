import { z } from './schema.ts'

/** Which engine builds. */
export const engineChoiceSchema = z.discriminatedUnion('kind', [
  /** The one that the docker command would use. */
  z.strictObject({ kind: z.literal('automatic') }),
  /** A context of the docker command, with its certificates. */
  z.strictObject({ kind: z.literal('context'), name: z.string().min(1) }),
  /** A remote builder known to buildx, with its certificates. */
  z.strictObject({ kind: z.literal('builder'), name: z.string().min(1) }),
  /** `unix://`, `tcp://`, `ssh://` or `npipe://`. */
  z.strictObject({
    kind: z.literal('address'),
    url: z.string().min(1),
    /** A folder with ca.pem, cert.pem and key.pem, for `tcp://` with TLS; null for none. */
    certificates: z.string().nullable(),
  }),
])
export type EngineChoice = z.infer<typeof engineChoiceSchema>

/** One thing that engines differ in. */
export const engineFeatureSchema = z.strictObject({
  name: z.enum([
    ...(['steps', 'heredocs', 'link', 'lint', 'cancel', 'files', 'mounts'] as const),
    ...(['secrets', 'contexts', 'platforms', 'anew', 'images'] as const),
  ]),
  support: z.enum(['yes', 'partly', 'no']),
  /** What that means here, as a sentence. */
  words: z.string(),
})
export type EngineFeature = z.infer<typeof engineFeatureSchema>

export const silenceCauseSchema = z.enum([
  'no-file',
  'permission',
  'refused',
  'not-an-engine',
  'api-too-old',
  'api-too-new',
  'timeout',
  'unreachable',
  'certificates',
  'misconfigured',
  'other',
])
export type SilenceCause = z.infer<typeof silenceCauseSchema>

/** What was met at a place. */
export const placeStateSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('ready'),
    name: z.string(),
    version: z.string(),
    /** '' where there is none. */
    apiVersion: z.string(),
    platform: z.string(),
    /** Null where only its presence was looked for. */
    features: z.array(engineFeatureSchema).nullable(),
  }),
  z.strictObject({
    kind: z.literal('silent'),
    cause: silenceCauseSchema,
    /** Why, as part of a sentence. */
    reason: z.string(),
    /** What to do: whole sentences. */
    advice: z.string(),
  }),
])
export type PlaceState = z.infer<typeof placeStateSchema>

/** Somewhere an engine may be. */
export const enginePlaceSchema = z.strictObject({
  choice: engineChoiceSchema,
  /** "Docker Desktop", "Context colima". */
  title: z.string(),
  /** As the docker command writes it; '' where it could not be found out. */
  url: z.string(),
  chosen: z.boolean(),
  /** Whether the user added it, and can take it away. */
  own: z.boolean(),
  /** Null while it is being asked. */
  state: placeStateSchema.nullable(),
})
export type EnginePlace = z.infer<typeof enginePlaceSchema>

/** Tells places apart. */
export function choiceKey(choice: EngineChoice): string {
  switch (choice.kind) {
    case 'automatic':
      return 'automatic'
    case 'context':
      return `context ${choice.name}`
    case 'builder':
      return `builder ${choice.name}`
    case 'address':
      return `address ${choice.url} ${choice.certificates ?? ''}`
  }
}
