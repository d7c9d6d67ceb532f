import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { type ImageLimits, readImageArchive } from '../../electron/host/engine/images/image-archive.ts'
import { layOver } from '../../electron/host/engine/images/lay-over.ts'

interface Entry {
  readonly name: string | Buffer
  readonly type?: string
  readonly content?: Buffer | string
  readonly link?: string
}

function tar(entries: readonly Entry[]): Buffer {
  const blocks = entries.flatMap(({ name, type = '0', content = '', link = '' }) => {
    const header = Buffer.alloc(512)
    const bytes = Buffer.from(content)
    Buffer.from(name).copy(header, 0)
    header.write('0000644\x000000000\x000000000\0', 100)
    header.write(bytes.length.toString(8).padStart(11, '0'), 124)
    header.write('00000000000\0        ', 136)
    header.write(type, 156)
    header.write(link, 157)
    header.write('ustar\x0000', 257, 'latin1')
    const sum = header.reduce((total, byte) => total + byte, 0)
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
    return [header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]
  })
  return Buffer.concat([...blocks, Buffer.alloc(1024)])
}

/** A zstd frame of blocks that are stored as they are, or that repeat one byte. */
function zstd(parts: readonly (Buffer | { readonly zeros: number })[]): Buffer {
  const blocks = parts.flatMap((part, index) => {
    const head = (kind: number, size: number, last: boolean) => {
      const header = Buffer.alloc(3)
      header.writeUIntLE((size << 3) | (kind << 1) | (last ? 1 : 0), 0, 3)
      return header
    }
    const isLast = index === parts.length - 1
    if (Buffer.isBuffer(part)) return [head(0, part.length, isLast), part]
    return Array.from({ length: part.zeros >> 17 }, (_, block) =>
      Buffer.concat([head(1, 1 << 17, isLast && block === (part.zeros >> 17) - 1), Buffer.alloc(1)]),
    )
  })
  return Buffer.concat([Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x38]), ...blocks])
}

/** In pieces of an odd length, as a connection would bring them. */
async function* inPieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let from = 0; from < bytes.length; from += 1_009) yield await Promise.resolve(bytes.subarray(from, from + 1_009))
}

const manifest = (...layers: string[]): Entry => ({
  name: 'manifest.json',
  content: JSON.stringify([{ Config: 'c.json', Layers: layers }]),
})
const paths = async (entries: readonly Entry[], limits?: ImageLimits) =>
  [...layOver(await readImageArchive(inPieces(tar(entries)), limits))].map(({ entry }) => entry.path).sort()

test('layers are found by the manifest, wherever it stands, by link and however they are packed', async () => {
  const one = tar([{ name: 'a' }, { name: 'd/', type: '5' }, { name: 'd/old' }, { name: './e' }])
  const two = tar([{ name: 'd/.wh..wh..opq' }, { name: 'd/new', content: 'new' }, { name: '.wh.a' }])
  const three = tar([{ name: 'e/', type: '5' }, { name: 'e/f' }])
  const files = [
    { name: 'x/layer.tar', content: one },
    { name: 'y/layer.tar', type: '2', link: '../z.tar' },
    { name: 'z.tar', content: gzipSync(two) },
    { name: 'blobs/sha256/0', content: zstd([three]) },
    { name: 'c.json', content: '{"history":[{"created_by":"ADD one"},{"empty_layer":true},{"created_by":"RUN two"}]}' },
    manifest('x/layer.tar', 'y/layer.tar', 'blobs/sha256/0'),
  ]
  expect(await paths(files)).toEqual(['d', 'd/new', 'e', 'e/f'])
  const layers = await readImageArchive(inPieces(tar(files)))
  expect(layers.map(({ command }) => command)).toEqual(['ADD one', 'RUN two', ''])
})

test('names that mean harm stay names below the root', async () => {
  const names = ['../../etc/passwd', '/absolute', 'a\u0007\u202eb', Buffer.from([0x63, 0xe9])]
  const layer = tar(names.map(name => ({ name })))
  expect(await paths([{ name: 'l.tar', content: layer }, manifest('l.tar')])).toEqual([
    'a\u0007\u202eb',
    'absolute',
    'c\ufffd',
    'etc/passwd',
  ])
})

test('what unpacks to too much, or holds too much, is refused and not held', async () => {
  const limits = { entries: 3, layerBytes: 1 << 24 }
  const zeros = tar([{ name: 'zeros', content: Buffer.alloc(1 << 25) }])
  const image = (content: Buffer) => [{ name: 'l.tar', content }, manifest('l.tar')]
  await expect(paths(image(gzipSync(zeros)), limits)).rejects.toThrow(/layer 1 cannot be read: it unpacks to more than/)
  const bomb = zstd([zeros.subarray(0, 512), { zeros: 1 << 30 }])
  expect(bomb.length).toBeLessThan(40_000)
  await expect(paths(image(bomb), limits)).rejects.toThrow(/unpacks to more than/)
  await expect(paths(image(tar(['a', 'b', 'c', 'd'].map(name => ({ name })))), limits)).rejects.toThrow(/more entries/)
  await expect(paths(image(zeros.subarray(0, 1 << 20)))).rejects.toThrow(/cut off/)
  await expect(paths([manifest('gone')])).rejects.toThrow(/layer 1 is missing/)
})
