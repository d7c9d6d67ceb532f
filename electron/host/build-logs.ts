import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { appendFile, mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { StringDecoder } from 'node:string_decoder'
import { plainText } from '../../shared/builds/ansi.ts'
import type { BuildEvent } from '../../shared/builds/build-events.ts'
import { appendLog, emptyLog, type LogBuffer, logLines } from '../../shared/builds/log-buffer.ts'
import { inTurn } from './in-turn.ts'

type LogEvent = Extract<BuildEvent, { kind: 'log' }>

/** The output of one step of a build, by the host's name of the build. */
export interface StepLogReference {
  readonly build: string
  readonly vertex: string
}

/** A build's output as it comes. A failed write is thrown once; nothing more is kept then. */
export interface KeptLog {
  take(event: LogEvent): Promise<void>
  /** Writes what the output ended with, too. */
  finish(): Promise<void>
}

/** The whole output of builds, a file for each step, in the lines that the window shows, numbered alike from 0. */
export interface BuildLogs {
  keep(build: string): KeptLog
  /** Fewer lines where there are no more. `total` counts the whole lines that are kept. */
  read(step: StepLogReference, from: number, count: number): Promise<{ lines: string[]; total: number }>
  /** Numbers of the lines below `until` that hold a text in any case, oldest first. */
  search(step: StepLogReference, query: string, until: number): AsyncGenerator<number[]>
  /** All of it, without colours. */
  text(step: StepLogReference): AsyncGenerator<string>
}

/** Of the output of all builds together; the oldest builds' goes first, the newest build's alone may be more. */
const maximumBytes = 2_000_000_000
/** Characters that wait to be written together. */
const pendingCharacters = 1 << 18
/** As long as a piece of output may be for its lines to be taken out before the buffer forgets any. */
const pieceLength = 1 << 14
/** Lines between two known places in a file. */
const stride = 1_024
const rememberedFiles = 8

/** Where lines of a file begin; it is read once, as far as it has grown. */
interface LineIndex {
  bytes: number
  lines: number
  readonly places: number[]
}

interface StepOutput {
  readonly file: string
  /** Holds the line that is still written alone. */
  buffer: LogBuffer
  pending: string
}

/** Names come from engines and windows: none of them becomes a path. */
export function buildLogKey(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 16)
}

export function removeBuildLog(stateDirectory: string, key: string): Promise<void> {
  return rm(join(stateDirectory, 'logs', key), { recursive: true, force: true })
}

export function createBuildLogs(stateDirectory: string, bound = maximumBytes): BuildLogs {
  const root = join(stateDirectory, 'logs')
  const folderOf = (build: string) => join(root, buildLogKey(build))
  const fileOf = ({ build, vertex }: StepLogReference) => join(folderOf(build), `${buildLogKey(vertex)}.log`)
  const written = new Map<string, Map<string, StepOutput>>()
  const indexes = new Map<string, LineIndex>()

  const flush = async (output: StepOutput) => {
    const text = output.pending
    output.pending = ''
    if (text !== '') await inTurn(output.file, () => appendFile(output.file, text, { mode: 0o600 }))
  }
  const flushStep = async ({ build, vertex }: StepLogReference) => {
    const output = written.get(build)?.get(vertex)
    if (output) await flush(output).catch(() => undefined)
  }

  const makeRoom = async (newest: string) => {
    const folders = await Promise.all(
      (await readdir(root)).map(async name => {
        const files = await readdir(join(root, name)).catch(() => [])
        const sizes = await Promise.all(files.map(file => stat(join(root, name, file)).catch(() => null)))
        return {
          name,
          bytes: sizes.reduce((sum, size) => sum + (size?.size ?? 0), 0),
          written: Math.max(0, ...sizes.map(size => size?.mtimeMs ?? 0)),
        }
      }),
    )
    let bytes = 0
    const isNewest = (name: string) => name === buildLogKey(newest)
    folders.sort((a, b) => Number(isNewest(b.name)) - Number(isNewest(a.name)) || b.written - a.written)
    for (const { name, bytes: own } of folders) {
      bytes += own
      if (bytes > bound && !isNewest(name)) await removeBuildLog(stateDirectory, name)
    }
  }

  const indexOf = (file: string) =>
    inTurn(file, async () => {
      const bytes = (await stat(file).catch(() => null))?.size ?? 0
      const known = indexes.get(file)
      const index = known && known.bytes <= bytes ? known : { bytes: 0, lines: 0, places: [0] }
      indexes.delete(file)
      indexes.set(file, index)
      for (const [oldest] of indexes) if (indexes.size > rememberedFiles) indexes.delete(oldest)
      if (bytes === index.bytes) return index
      for await (const chunk of createReadStream(file, { start: index.bytes }) as AsyncIterable<Buffer>) {
        for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, end + 1)) {
          index.lines += 1
          if (index.lines % stride === 0) index.places.push(index.bytes + end + 1)
        }
        index.bytes += chunk.length
      }
      return index
    })

  return {
    keep(build) {
      const steps = new Map<string, StepOutput>()
      written.set(build, steps)
      let failed = false
      const guarded = async (work: () => Promise<void>) => {
        if (failed) return
        try {
          await work()
        } catch (error) {
          failed = true
          throw error
        }
      }
      const write = async (event: LogEvent) => {
        const output = steps.get(event.vertex) ?? { file: fileOf({ build, ...event }), buffer: emptyLog, pending: '' }
        if (steps.size === 0) await mkdir(folderOf(build), { recursive: true, mode: 0o700 })
        steps.set(event.vertex, output)
        for (let at = 0; at < event.text.length; at += pieceLength) {
          const buffer = appendLog(output.buffer, event.stream, event.text.slice(at, at + pieceLength))
          output.buffer = { ...emptyLog, open: buffer.open }
          for (const { text } of logLines({ ...buffer, open: emptyLog.open })) output.pending += `${text}\n`
        }
        if (output.pending.length > pendingCharacters) await flush(output)
      }
      return {
        take: event => guarded(() => write(event)),
        finish: () =>
          guarded(async () => {
            for (const output of steps.values()) {
              for (const { text } of logLines(output.buffer)) output.pending += `${text}\n`
              await flush(output)
            }
            if (steps.size > 0) await makeRoom(build)
          }).finally(() => written.delete(build)),
      }
    },
    async read(step, from, count) {
      await flushStep(step)
      const file = fileOf(step)
      const index = await indexOf(file)
      const start = Math.floor(from / stride)
      const place = index.places[start]
      const lines: string[] = []
      if (place === undefined || count === 0) return { lines, total: index.lines }
      let number = start * stride
      for await (const batch of linesOf(file, place, index.bytes)) {
        lines.push(...batch.slice(Math.max(0, from - number), from + count - number))
        number += batch.length
        if (number >= from + count) break
      }
      return { lines, total: index.lines }
    },
    async *search(step, query, until) {
      await flushStep(step)
      const file = fileOf(step)
      const wanted = query.toLowerCase()
      let number = 0
      for await (const batch of linesOf(file, 0, (await indexOf(file)).bytes)) {
        const found: number[] = []
        for (const line of batch) {
          if (number < until && plainText(line).toLowerCase().includes(wanted)) found.push(number)
          number += 1
        }
        if (found.length > 0) yield found
        if (number >= until) return
      }
    },
    async *text(step) {
      await flushStep(step)
      const file = fileOf(step)
      for await (const batch of linesOf(file, 0, (await indexOf(file)).bytes))
        if (batch.length > 0) yield batch.map(line => `${plainText(line)}\n`).join('')
    },
  }
}

async function* linesOf(file: string, start: number, end: number): AsyncGenerator<string[]> {
  if (end <= start) return
  const decoder = new StringDecoder()
  let rest = ''
  const chunks = createReadStream(file, { start, end: end - 1, highWaterMark: 1 << 18 }) as AsyncIterable<Buffer>
  for await (const chunk of chunks) {
    const lines = (rest + decoder.write(chunk)).split('\n')
    rest = lines.pop() ?? ''
    yield lines
  }
}
