import { Duplex } from 'node:stream'
import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { TrailerWatch } from '../../electron/host/engine/trailer-watch.ts'

const [headers, continuation, endOfHeaders] = [0x1, 0x9, 0x4]

/** A frame of HTTP/2 (RFC 9113, section 4.1) without a meaning. */
function frame(type: number, flags: number, stream: number, length: number): Buffer {
  const written = Buffer.alloc(9 + length)
  written.writeUIntBE(length, 0, 3)
  written[3] = type
  written[4] = flags
  written.writeUInt32BE(stream, 5)
  return written
}

/** The streams told of, while `frames` come in one by one and nobody reads what goes through. */
async function toldOf(frames: readonly Buffer[]): Promise<readonly number[]> {
  const waiting = [...frames]
  const socket = new Duplex({ read: () => void socket.push(waiting.shift() ?? null), write: (_, __, done) => done() })
  const watch = new TrailerWatch(socket)
  const told: number[] = []
  watch.onOversize = stream => told.push(stream)
  for (let turns = 0; turns < 20; turns++) await turn()
  return told
}

test('a header block that is too large is told of, though reading stops amid it', async () => {
  const block = [frame(headers, 0, 5, 16_384), ...Array.from({ length: 3 }, () => frame(continuation, 0, 5, 16_384))]
  expect(await toldOf([...block, frame(continuation, endOfHeaders, 5, 16_384)])).toEqual([5])
})

test('it is told of by its own number, whatever comes along with it', async () => {
  const block = [frame(headers, 0, 5, 60_000), frame(continuation, endOfHeaders, 5, 20_000)]
  expect(await toldOf([Buffer.concat([...block, frame(headers, endOfHeaders, 7, 12)])])).toEqual([5])
})

test('blocks that Node can read are not', async () => {
  const readable = [frame(headers, 0, 5, 30_000), frame(continuation, endOfHeaders, 5, 30_000)]
  expect(await toldOf([...readable, frame(headers, endOfHeaders, 7, 30_000)])).toEqual([])
})
