import type { Analysis } from '../analysis.ts'
import { readIndex } from '../graph/references.ts'
import { stageTitle, type Stage } from '../graph/stage-graph.ts'
import type { StageBase } from './add-stage.ts'
import type { ConnectionSource } from './reconnect.ts'

/** What a person typed as a base: a stage's name means the stage, as it does in the file. */
export function readBase(analysis: Analysis, text: string): StageBase {
  const typed = text.trim()
  const stage = stageCalled(analysis, typed)
  if (stage !== undefined) return { kind: 'stage', stage: stage.id }
  return typed === 'scratch' ? { kind: 'scratch' } : { kind: 'image', reference: typed }
}

/** What a person typed as the source of a COPY or a mount: nothing means the build context. */
export function readConnectionSource(analysis: Analysis, text: string): ConnectionSource {
  const typed = text.trim()
  if (typed === '') return { kind: 'context' }
  const index = readIndex(typed)
  const stage = index === null ? stageCalled(analysis, typed) : analysis.graph.stages[index]
  return stage === undefined ? { kind: 'image', reference: typed } : { kind: 'stage', stage: stage.id }
}

function stageCalled(analysis: Analysis, typed: string): Stage | undefined {
  if (typed === '') return undefined
  return analysis.graph.stages.findLast(each => each.name === typed.toLowerCase() || stageTitle(each) === typed)
}
