import type { Stage, StageGraph, StageId } from '../graph/stage-graph.ts'
import type { BuildRequest } from './build-events.ts'

/** 1-based, both ends included, in the text that is built. */
export interface LineSpan {
  readonly start: number
  readonly end: number
}

/** One instruction of the text that a vertex stands for. */
export interface StepPlace {
  readonly stage: StageId
  /** File-wide instruction index; null for the stage's FROM. */
  readonly instruction: number | null
}

/** Finds the instructions that a vertex stands for: a FROM shared by several stages lies in all of them. */
export type PlaceLines = (lines: readonly LineSpan[]) => readonly StepPlace[]

export function placeLines(graph: StageGraph): PlaceLines {
  const byLine = new Map<number, StepPlace>()
  const cover = (start: number, end: number, place: StepPlace) => {
    for (let line = start; line <= end; line++) byLine.set(line, place)
  }
  for (const stage of graph.stages) {
    cover(stage.startLine, stage.endLine, { stage: stage.id, instruction: null })
    for (const step of stage.steps) cover(step.line, step.endLine, { stage: stage.id, instruction: step.instruction })
  }
  return lines => {
    const places = new Set<StepPlace>()
    for (const { start, end } of lines)
      for (let line = start; line <= Math.max(start, end); line++) {
        const place = byLine.get(line)
        if (place === undefined) continue
        places.add(place)
        break
      }
    return [...places]
  }
}

/**
 * The stage that a request builds, found as `docker build --target` does: the last stage of that name in any case,
 * else the index; the last stage where none is asked for. Undefined where BuildKit would refuse the target.
 */
export function requestedStage(graph: StageGraph, target: BuildRequest['target']): Stage | undefined {
  if (target === null) return graph.stages.at(-1)
  const name = String(target).toLowerCase()
  return graph.stages.findLast(stage => stage.name !== '' && stage.name === name) ?? graph.stages[Number(target)]
}

/** The stages that a build of `target` goes through: what it is based on, copies from and mounts, over and over. */
export function neededStages(graph: StageGraph, target: BuildRequest['target']): ReadonlySet<StageId> {
  const sources = new Map<StageId, StageId[]>()
  for (const { from, to } of graph.edges) {
    if (from.kind !== 'stage') continue
    const known = sources.get(to)
    if (known === undefined) sources.set(to, [from.stage])
    else known.push(from.stage)
  }
  const needed = new Set<StageId>()
  const start = requestedStage(graph, target)
  const waiting = start === undefined ? [] : [start.id]
  for (let stage = waiting.pop(); stage !== undefined; stage = waiting.pop()) {
    if (needed.has(stage)) continue
    needed.add(stage)
    waiting.push(...(sources.get(stage) ?? []))
  }
  return needed
}
