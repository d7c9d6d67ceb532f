import { expect, test } from 'vitest'
import { createFileStore } from '../../renderer/files/file-store.ts'
import { readPreview } from '../../renderer/files/file-content.ts'
import { connect } from '../../shared/bridge/connect.ts'
import type { HostImplementation } from '../../shared/bridge/contract.ts'
import { HostError } from '../../shared/bridge/host-error.ts'
import { memoryPorts } from '../../shared/bridge/memory-port.ts'
import { serve } from '../../shared/bridge/serve.ts'
import type { FileBatch } from '../../shared/files/file-listing.ts'
import { hexRows, pictureType, textRows } from '../../shared/files/file-preview.ts'
import { scriptedHost } from '../bridge/scripted-host.ts'
import { entry } from './naive-tree.ts'

function hostThat(methods: Partial<HostImplementation>) {
  const [page, host] = memoryPorts()
  serve(host, scriptedHost(methods))
  return connect(page)
}
async function* batches(...all: FileBatch[]) {
  for (const batch of all) yield await Promise.resolve(batch)
}
const etc: FileBatch = { entries: [entry('etc', 'directory'), entry('etc/hosts', 'file', 20)] }
const usr: FileBatch = { entries: [entry('usr', 'directory'), entry('usr/app', 'file', 300)] }
const untilAborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(new HostError('cancelled', 'Gone.'))))

test('a listing grows as it comes and is kept for coming back to the stage', async () => {
  const asked: number[] = []
  const store = createFileStore(
    hostThat({
      'files.list': ({ stage }) => {
        asked.push(stage)
        return stage === 0 ? batches(etc, usr) : batches(usr)
      },
    }),
  )
  const listing = () => store.getState().listing
  store.show({ build: 'b1', stage: 0 })
  await expect.poll(() => listing()?.phase).toBe('complete')
  expect(listing()?.tree.row(0)).toMatchObject({ size: 320, files: 2 })
  store.show({ build: 'b1', stage: 1 })
  await expect.poll(() => listing()?.reference.stage === 1 && listing()?.phase).toBe('complete')
  store.show({ build: 'b1', stage: 0 })
  expect(listing()).toMatchObject({ reference: { stage: 0 }, phase: 'complete' })
  store.show({ build: 'b2', stage: 0 })
  await expect.poll(() => listing()?.reference.build === 'b2' && listing()?.phase).toBe('complete')
  expect(asked).toEqual([0, 1, 0])
})

test('leaving stops the listing on the host, and coming back begins it again', async () => {
  let stopped = 0
  const store = createFileStore(
    hostThat({
      'files.list': async function* (_, signal) {
        signal.addEventListener('abort', () => (stopped += 1))
        yield etc
        await untilAborted(signal)
      },
    }),
  )
  const listing = () => store.getState().listing
  store.show({ build: 'b1', stage: 0 })
  await expect.poll(() => listing()?.tree.count).toBe(2)
  expect(listing()?.phase).toBe('listing')
  store.leave()
  store.show({ build: 'b1', stage: 0 })
  await expect.poll(() => stopped).toBe(1)
  await expect.poll(() => listing()?.tree.count).toBe(2)
  expect(listing()?.phase).toBe('listing')
  store.leave()
  await expect.poll(() => stopped).toBe(2)
  expect(listing()?.phase).toBe('left')
})

test('what could not be listed says why, and can be tried again', async () => {
  let attempts = 0
  const store = createFileStore(
    hostThat({
      'files.list': () => {
        attempts += 1
        if (attempts === 1) throw new HostError('gone', 'The files of this build are no longer held.')
        return batches(usr)
      },
    }),
  )
  const listing = () => store.getState().listing
  store.show({ build: 'b1', stage: 0 })
  await expect.poll(() => listing()?.phase).toBe('failed')
  expect(listing()?.message).toBe('The files of this build are no longer held.')
  store.retry()
  await expect.poll(() => listing()?.phase).toBe('complete')
})

/** A host that holds one file. */
const holding = (bytes: Uint8Array) =>
  hostThat({
    'files.read': ({ offset, length }) =>
      Promise.resolve({
        base64: Buffer.from(bytes.subarray(offset, offset + length)).toString('base64'),
        size: bytes.length,
      }),
  })
const preview = (bytes: Uint8Array) =>
  readPreview(holding(bytes), { build: 'b1', stage: 0 }, 'file', bytes.length, new AbortController().signal)

test('text is text up to the cut, even through the middle of a character', async () => {
  const small = await preview(new TextEncoder().encode('one\r\ntwo\n'))
  expect(small.text).toEqual([
    { text: 'one', line: 1 },
    { text: 'two', line: 2 },
  ])
  const large = await preview(new TextEncoder().encode(`x${'é'.repeat(300_000)}`))
  expect(large).toMatchObject({ size: 600_001, shown: 256_000 })
  expect(large.text?.map(({ text }) => text).join('')).toBe(`x${'é'.repeat(127_999)}`)
})

test('what is not UTF-8, or holds a null byte, is shown as bytes', async () => {
  expect((await preview(Uint8Array.of(0x63, 0x61, 0x66, 0xe9))).text).toBeNull()
  expect((await preview(Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0))).text).toBeNull()
  expect((await preview(new Uint8Array())).size).toBe(0)
})

test('a picture is known by its bytes and read whole, unless it is too large for one', async () => {
  const png = (length: number) => {
    const bytes = new Uint8Array(length).fill(7)
    bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
    return bytes
  }
  const shown = await preview(png(2_000_000))
  expect(shown.picture?.type).toBe('image/png')
  expect(Buffer.compare(new Uint8Array((await shown.picture?.arrayBuffer()) ?? []), png(2_000_000))).toBe(0)
  const told = (text: string) => pictureType(new TextEncoder().encode(text))
  expect(told('<?xml version="1.0"?>\n<!-- drawn -->\n<svg width="1">')).toBe('image/svg+xml')
  expect(told('<html><svg>')).toBeNull()
  expect((await preview(png(8_000_001))).picture).toBeNull()
})

test('a long line is drawn in pieces that bear one number', () => {
  const rows = textRows(`short\n${'y'.repeat(4_500)}\nlast`)
  expect(rows.map(({ line }) => line)).toEqual([1, 2, null, null, 3])
})

test('bytes read as hexdump writes them, and no more than four kilobytes', () => {
  expect(hexRows(new TextEncoder().encode('Slipway: 18 bytes\n'))).toEqual([
    { offset: '00000000', bytes: '53 6c 69 70 77 61 79 3a  20 31 38 20 62 79 74 65', characters: 'Slipway: 18 byte' },
    { offset: '00000010', bytes: `73 0a${' '.repeat(43)}`, characters: 's.' },
  ])
  expect(hexRows(new Uint8Array(100_000))).toHaveLength(256)
})
