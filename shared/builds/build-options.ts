import { z } from '../schema.ts'

const name = z.string().min(1)

/** Names where a secret's value is read, on the host and only when the engine asks for it. The value is never here. */
export const secretSourceSchema = z.strictObject({
  /** As `RUN --mount=type=secret,id=…` asks for it. */
  id: name,
  kind: z.enum(['file', 'environment']),
  /** A path, relative to the build context unless absolute; or the name of a variable on the host. */
  source: z.string(),
})
export type SecretSource = Readonly<z.infer<typeof secretSourceSchema>>

/** What `docker build` takes beside target, platform, tags and build arguments. */
export const buildOptionsSchema = z.strictObject({
  secrets: z.array(secretSourceSchema),
  /** Agents by the id that `RUN --mount=type=ssh,id=…` asks for; '' is the agent of $SSH_AUTH_SOCK. */
  ssh: z.record(name, z.string()),
  /** As `--build-context`: a folder, or what names a scheme (`docker-image://…`, `https://…`). */
  namedContexts: z.record(name, z.string()),
  labels: z.record(name, z.string()),
  /** Names of the stages that run whatever was built before. */
  noCacheStages: z.array(name),
  /** Asks the registry for newer base images. */
  pull: z.boolean(),
  network: z.enum(['default', 'none', 'host']),
  /** Addresses by host name. */
  extraHosts: z.record(name, z.string()),
  /** What is built for beside the request's platform; kept builds may be without. */
  otherPlatforms: z.array(name).default([]),
})
export type BuildOptions = Readonly<z.infer<typeof buildOptionsSchema>>

export const plainOptions: BuildOptions = {
  secrets: [],
  ssh: {},
  namedContexts: {},
  labels: {},
  noCacheStages: [],
  pull: false,
  network: 'default',
  extraHosts: {},
  otherPlatforms: [],
}

/** Whether a named context is a folder on this machine, not an image, archive or repository elsewhere. */
export function isFolderContext(location: string): boolean {
  return !/^(?:[a-z][a-z0-9+.-]*:\/\/|git@)/i.test(location)
}

/** All that is built for, as the engine and docker take it; null for what the engine runs on. */
export function platformList(platform: string | null | undefined, { otherPlatforms }: BuildOptions): string | null {
  return platform === null || platform === undefined ? null : [platform, ...otherPlatforms].join(',')
}

/** What is built for where that is several platforms; none where it is one. */
export function severalPlatforms({ platform, options }: BuiltFor): readonly string[] {
  const others = options?.otherPlatforms ?? []
  return platform === undefined || others.length === 0 ? [] : [platform, ...others]
}

interface BuiltFor {
  readonly platform?: string | undefined
  readonly options?: BuildOptions | undefined
}

/** The first platform of a list is the one whose graph is drawn and whose files are shown first. */
export function splitPlatforms(list: string): { readonly platform: string | null; readonly otherPlatforms: string[] } {
  const [platform = null, ...otherPlatforms] = list.split(/[\s,]+/).filter(each => each !== '')
  return { platform, otherPlatforms }
}
