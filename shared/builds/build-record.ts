import { z } from '../schema.ts'
import { buildSizesSchema } from './build-sizes.ts'
import { type BuildEvent, type BuildRequest, buildEventSchema, buildRequestSchema } from './build-events.ts'

/** Also a part of a file's name, hence the narrow alphabet. */
export const buildIdSchema = z.string().regex(/^[0-9a-z]{1,20}-[0-9a-f]{1,20}$/)

/** Builds that are kept of one Dockerfile, and bytes of all Dockerfiles' together without their output. */
export const historyBounds = { builds: 50, bytes: 100_000_000 }

/** One build of the past as a list shows it. */
export const historyEntrySchema = z.strictObject({
  id: buildIdSchema,
  /** Milliseconds since the epoch. */
  began: z.number(),
  phase: z.enum(['succeeded', 'failed', 'cancelled']),
  milliseconds: z.number(),
  /** What people call the stage that was built. */
  target: z.string(),
  tags: z.array(z.string()),
  stages: z.number(),
  steps: z.number(),
  cached: z.number(),
  /** Why it failed; null where it did not. */
  message: z.string().nullable(),
})
export type HistoryEntry = Readonly<z.infer<typeof historyEntrySchema>>

/** Enough to see a build again as it ended: its request, with the text, and what the engine told in the end. */
export const recordedBuildSchema = z.strictObject({
  request: buildRequestSchema,
  milliseconds: z.number(),
  events: z.array(buildEventSchema),
  /** What its files weighed, where they were looked at. */
  sizes: buildSizesSchema.optional(),
})
export type RecordedBuild = Readonly<z.infer<typeof recordedBuildSchema>>

/** Characters of output that are kept of one step, and of all steps: the last ones. */
const stepOutput = 200_000
const wholeOutput = 2_000_000

type LogEvent = Extract<BuildEvent, { kind: 'log' }>

export interface BuildRecorder {
  take(event: BuildEvent): void
  hasBegun(): boolean
  finish(): RecordedBuild
}

/** Gathers a build's events and keeps of each thing what was said last, and the end of the output. */
export function recordedBuild(request: BuildRequest): BuildRecorder {
  const latest = new Map<string, BuildEvent>()
  const logs: LogEvent[] = []
  const lengths = new Map<string, number>()
  let length = 0
  let milliseconds = 0
  const forget = (at: number) => {
    const [log] = logs.splice(at, 1)
    if (log === undefined) return
    lengths.set(log.vertex, (lengths.get(log.vertex) ?? 0) - log.text.length)
    length -= log.text.length
  }
  const addOutput = (event: LogEvent) => {
    const text = event.text.slice(-stepOutput)
    const last = logs.at(-1)
    if (last?.vertex === event.vertex && last.stream === event.stream && last.text.length < stepOutput / 8)
      logs[logs.length - 1] = { ...last, text: last.text + text }
    else logs.push({ ...event, text })
    lengths.set(event.vertex, (lengths.get(event.vertex) ?? 0) + text.length)
    length += text.length
    while ((lengths.get(event.vertex) ?? 0) > stepOutput)
      forget(logs.findIndex(({ vertex }) => vertex === event.vertex))
    while (length > wholeOutput) forget(0)
  }
  return {
    take(event) {
      if (event.kind === 'log') addOutput(event)
      else latest.set(keyOf(event), event)
      if (isEnd(event)) milliseconds = event.milliseconds ?? 0
    },
    hasBegun: () => latest.has('started'),
    finish() {
      const end = [...latest.values()].filter(isEnd)
      return {
        request,
        milliseconds,
        events: [...[...latest.values()].filter(event => !isEnd(event)), ...logs, ...end],
      }
    },
  }
}

function keyOf(event: Exclude<BuildEvent, LogEvent>): string {
  switch (event.kind) {
    case 'step':
      return `step ${event.vertex}`
    case 'progress':
      return `progress ${event.vertex} ${event.id}`
    case 'warning':
      return `warning ${event.rule} ${event.message} ${event.lines[0]?.start ?? 0}`
    default:
      return event.kind
  }
}

type EndEvent = Extract<BuildEvent, { kind: 'succeeded' | 'failed' | 'cancelled' }>

function isEnd(event: BuildEvent): event is EndEvent {
  return event.kind === 'succeeded' || event.kind === 'failed' || event.kind === 'cancelled'
}
