import type { MapOffset } from '../text/text-edit.ts'
import type { StageDraft } from './stage-drafts.ts'
import type { Stage, StageGraph, StageId } from './stage-graph.ts'

/** The graph before an edit, and where the edit moved things. */
export interface PreviousStages {
  readonly graph: StageGraph
  readonly mapOffset: MapOffset
}

/**
 * Gives every stage its id. A stage keeps the one it had if its FROM is where the edit moved it to, else if it bears the
 * name of a stage that is gone. A new stage is called by its name, or by `#` and its index; where that is taken, a
 * number is added. Nothing is random, so that a file opened again gets the ids its placement is stored under.
 */
export function assignStageIds(drafts: readonly StageDraft[], previous: PreviousStages | null): StageId[] {
  const ids = new Array<StageId | null>(drafts.length).fill(null)
  const used = new Set<string>()
  const take = (index: number, stage: Stage): void => {
    ids[index] = stage.id
    used.add(stage.id)
  }
  if (previous !== null) {
    const { stages } = previous.graph
    const moved = new Map<number, Stage>()
    // Text inserted right before a FROM pushes it on, hence side 1; a FROM that was deleted lands on what follows it.
    for (const stage of stages) {
      const from = previous.mapOffset(stage.fromRange.from, 1)
      const to = previous.mapOffset(stage.fromRange.to, -1)
      if (to > from) moved.set(from, stage)
    }
    drafts.forEach((draft, index) => {
      const stage = moved.get(draft.fromRange.from)
      if (stage !== undefined) take(index, stage)
    })
    const gone = stages.filter(stage => !used.has(stage.id))
    drafts.forEach((draft, index) => {
      if (ids[index] !== null || draft.name === '') return
      const stage = gone.find(candidate => candidate.name === draft.name && !used.has(candidate.id))
      if (stage !== undefined) take(index, stage)
    })
  }
  return drafts.map((draft, index) => ids[index] ?? newId(draft, used))
}

/** The ids that the stages get when the file is opened again, by those they have now. */
export function idsOnceReopened(stages: readonly Stage[]): ReadonlyMap<string, StageId> {
  const used = new Set<string>()
  return new Map(stages.map(stage => [stage.id, newId(stage, used)]))
}

function newId(draft: Pick<StageDraft, 'name' | 'index'>, used: Set<string>): StageId {
  const wanted = draft.name === '' ? `#${draft.index}` : draft.name
  let id = wanted
  for (let number = 2; used.has(id); number++) id = `${wanted}~${number}`
  used.add(id)
  return id as StageId
}
