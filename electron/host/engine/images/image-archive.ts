import { cleanPath } from '../../../../shared/files/ignore-pattern.ts'
import { z } from '../../../../shared/schema.ts'
import { ByteSource } from './byte-source.ts'
import { readTar, TarError, type TarEntry } from './tar-reader.ts'
import { unpacked } from './unpack.ts'

export interface ImageLimits {
  /** Entries of all layers together; each is held until the layers are laid over each other. */
  readonly entries: number
  /** What one layer may unpack to. */
  readonly layerBytes: number
}

const usualLimits: ImageLimits = { entries: 3_000_000, layerBytes: 64 * 2 ** 30 }
const largestJson = 4 << 20

/** One layer as it is in the archive: its entries in their order, those that hide others included. */
export interface ArchivedLayer {
  /** What made it, as the image tells; '' where it does not. */
  readonly command: string
  /** Where it lies in the archive. */
  readonly path: string
  readonly entries: readonly TarEntry[]
}

const manifestSchema = z
  .tuple([z.object({ Config: z.string(), Layers: z.array(z.string()).nullable() })])
  .rest(z.unknown())
const configSchema = z.object({
  history: z.array(z.object({ created_by: z.string().optional(), empty_layer: z.boolean().optional() })).nullish(),
})

/**
 * The layers of an image archive as `GET /images/{name}/get` sends it, oldest first. Every layout is one: layers by id with
 * links for repeated ones (Docker 20.10, Podman), and blobs by digest (Docker 25 and later), packed or not. The manifest may
 * come last, so whatever may be a layer is read.
 *
 * @throws TarError when it is no such archive.
 */
export async function readImageArchive(
  chunks: AsyncIterable<Buffer>,
  limits = usualLimits,
): Promise<readonly ArchivedLayer[]> {
  const layers = new Map<string, readonly TarEntry[] | TarError>()
  const texts = new Map<string, string>()
  const links = new Map<string, string>()
  let room = limits.entries
  const archive = new ByteSource(chunks)
  await readTar(archive, async (file, stored) => {
    if (file.kind === 'symlink') links.set(file.path, beside(file.path, file.link))
    else if (file.kind === 'hardlink') links.set(file.path, cleanPath(file.link).join('/'))
    if (file.kind !== 'file') return true
    const layer = await unpacked(archive, stored, limits.layerBytes)
    if (layer === null) {
      if (stored <= largestJson) texts.set(file.path, (await archive.take(stored)).toString('utf8'))
      return true
    }
    try {
      const entries = await layerEntries(layer, room)
      room -= entries.length
      layers.set(file.path, entries)
    } catch (error) {
      if (!(error instanceof TarError)) throw error
      // It may be something else; if it is a layer, it is complained of below.
      layers.set(file.path, error)
    }
    return true
  })
  const manifest = manifestSchema.safeParse(parsed(texts.get('manifest.json')))
  if (!manifest.success) throw new TarError('the archive of the image has no manifest')
  const [{ Config, Layers }] = manifest.data
  const config = configSchema.safeParse(parsed(texts.get(Config)))
  const commands = (config.data?.history ?? [])
    .filter(step => step.empty_layer !== true)
    .map(step => step.created_by ?? '')
  return (Layers ?? []).map((name, index) => {
    const path = followed(links, name)
    const entries = layers.get(path)
    if (entries === undefined) throw new TarError(`layer ${index + 1} is missing from the archive`)
    if (entries instanceof TarError) throw new TarError(`layer ${index + 1} cannot be read: ${entries.message}`)
    return { command: commands[index] ?? '', path, entries }
  })
}

async function layerEntries(layer: ByteSource, room: number): Promise<readonly TarEntry[]> {
  const entries: TarEntry[] = []
  await readTar(layer, entry => {
    if (entries.push(entry) > room) throw new TarError(`it has more entries than Slipway shows of one image`)
    return true
  })
  // What packs it has to come to its end, too.
  await layer.skip(Infinity)
  return entries
}

function parsed(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

function beside(path: string, link: string): string {
  return cleanPath(`${path}/../${link}`).join('/')
}

function followed(links: ReadonlyMap<string, string>, name: string): string {
  let path = name
  for (let hops = 0; hops < 10; hops++) path = links.get(path) ?? path
  return path
}
