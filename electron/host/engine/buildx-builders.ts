import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { HostError } from '../../../shared/bridge/host-error.ts'
import { z } from '../../../shared/schema.ts'
import type { TlsMaterial } from './endpoint.ts'

/** As buildx 0.29 writes it; what is not needed here is left out. */
const builderSchema = z.object({
  Name: z.string(),
  Driver: z.string(),
  Nodes: z.array(z.object({ Endpoint: z.string(), DriverOpts: z.record(z.string(), z.string()).nullish() })).nullish(),
})
type Builder = z.infer<typeof builderSchema>

export interface BuilderAddress {
  readonly url: string
  readonly tls: TlsMaterial | null
}

/** Names of the builders that `docker buildx create --driver remote` made; `folder` is buildx's own. */
export async function listBuilders(folder: string): Promise<readonly string[]> {
  const names = await readdir(join(folder, 'instances')).catch(() => [])
  const builders = await Promise.all(names.map(name => readBuilder(folder, name)))
  return builders.flatMap(builder => (builder?.Driver === 'remote' ? [builder.Name] : [])).sort()
}

/**
 * Where the first node of a builder answers, with the certificates of its driver options.
 * @throws HostError no-engine
 */
export async function builderAddress(folder: string, name: string): Promise<BuilderAddress> {
  const builder = await readBuilder(folder, name)
  const node = builder?.Nodes?.[0]
  if (node === undefined)
    throw new HostError('no-engine', `There is no buildx builder “${name}” any more. Choose another engine.`)
  const { Endpoint: url, DriverOpts: options } = node
  if (!/^(?:tcp|unix):/.test(url))
    throw new HostError(
      'no-engine',
      `The buildx builder “${name}” is at ${url}. Slipway reaches builders over tcp:// and unix:// only; choose another.`,
    )
  const read = (option: string) => certificate(name, options?.[option])
  const [certificateAuthority, cert, key] = await Promise.all([read('cacert'), read('cert'), read('key')])
  if (certificateAuthority === null && cert === null && key === null) return { url, tls: null }
  const serverName = options?.['servername']
  const tls = { certificateAuthority, certificate: cert, key, verify: true, ...(serverName && { serverName }) }
  return { url, tls }
}

async function certificate(builder: string, path: string | undefined): Promise<Buffer | null> {
  if (path === undefined || path === '') return null
  return readFile(path).catch((error: unknown) => {
    throw new HostError('no-engine', `The buildx builder “${builder}” names ${path}, which cannot be read.`, {
      cause: error,
    })
  })
}

/** Null for what is no builder, or none that can be read. */
async function readBuilder(folder: string, name: string): Promise<Builder | null> {
  try {
    const text = await readFile(join(folder, 'instances', basename(name)), 'utf8')
    return builderSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
