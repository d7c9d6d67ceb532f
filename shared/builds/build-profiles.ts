import { z } from '../schema.ts'
import { buildOptionsSchema, plainOptions } from './build-options.ts'

/** Everything that the build form asks for. Where secrets lie is part of it, what they say never is. */
export const buildProfileSchema = z.strictObject({
  target: z.string().nullable(),
  tags: z.array(z.string()),
  buildArgs: z.record(z.string(), z.string()),
  platform: z.string().nullable(),
  noCache: z.boolean(),
  options: buildOptionsSchema,
})
export type BuildProfile = Readonly<z.infer<typeof buildProfileSchema>>

/** What is remembered of the builds of one file. */
export const buildProfilesSchema = z.strictObject({
  /** What plain Build goes by beside target, tags and variant, which are remembered elsewhere. */
  last: z.strictObject({ noCache: z.boolean(), options: buildOptionsSchema }),
  named: z.record(z.string(), buildProfileSchema),
})
export type BuildProfiles = Readonly<z.infer<typeof buildProfilesSchema>>

export const noProfiles: BuildProfiles = { last: { noCache: false, options: plainOptions }, named: {} }
