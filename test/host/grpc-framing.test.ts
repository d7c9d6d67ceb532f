import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import { array, assert, constant, integer, oneof, property, tuple } from 'fast-check'
import { expect, test } from 'vitest'
import { frameMessage, MessageReader } from '../../electron/host/engine/grpc-framing.ts'
import { StatusResponseSchema } from '../../electron/host/engine/protocol/generated/control_pb.ts'

/** Output of each message's logs, by length. */
const messages = array(array(oneof(constant(0), integer({ max: 40_000, min: 0 })), { maxLength: 12 }), { maxLength: 6 })
const cuts = array(integer({ max: 30_000, min: 1 }), { maxLength: 20, minLength: 1 })

function statusOf(lengths: readonly number[]): Uint8Array {
  const logs = lengths.map((length, at) => ({ vertex: `step ${at}`, message: new Uint8Array(length).fill(at) }))
  return toBinary(StatusResponseSchema, create(StatusResponseSchema, { logs }))
}

/** What a reader gives of bytes that come in chunks of these lengths, over and over. */
function readAll(bytes: Buffer, lengths: readonly number[], inPieces: boolean): Buffer[] {
  const reader = new MessageReader(inPieces)
  const read: Buffer[] = []
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const end = at + (lengths[turn % lengths.length] ?? 1)
    read.push(...reader.read(bytes.subarray(at, end)))
    at = end
  }
  return read
}

test('messages are the same however their bytes are cut', () => {
  assert(
    property(tuple(messages, cuts), ([lengths, chunks]) => {
      const sent = lengths.map(each => Buffer.from(statusOf(each)))
      const read = readAll(Buffer.concat(sent.map(frameMessage)), chunks, false)
      expect(read.map(({ length }) => length)).toEqual(sent.map(({ length }) => length))
      expect(Buffer.concat(read).equals(Buffer.concat(sent))).toBe(true)
    }),
    { numRuns: 40 },
  )
})

test('pieces hold every field once and whole, in order', () => {
  assert(
    property(tuple(messages, cuts), ([lengths, chunks]) => {
      const read = readAll(Buffer.concat(lengths.map(each => frameMessage(statusOf(each)))), chunks, true)
      const logs = read.flatMap(piece => fromBinary(StatusResponseSchema, piece).logs)
      expect(logs.map(({ message }) => message.length)).toEqual(lengths.flat())
    }),
    { numRuns: 40 },
  )
})

test('no piece is longer than what its largest field asks for', () => {
  const logs = statusOf(Array.from({ length: 2_000 }, () => 4_096))
  const pieces = readAll(frameMessage(logs), [16_384], true)
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(40_000)
})
