import { analyze } from '../../../shared/analysis.ts'
import type { BuildRequest } from '../../../shared/builds/build-events.ts'
import { inputsOf } from '../../../shared/builds/request-inputs.ts'

/** What the engine module needs to know of a stage. */
export interface StageOutline {
  /** 1-based lines of the FROM instruction. */
  readonly startLine: number
  readonly fromEndLine: number
  /** Last line of the stage's last instruction. */
  readonly endLine: number
  /** Offset in the text where the stage's last instruction ends. */
  readonly end: number
  /** Index of the stage it is built on; null where it is an image or nothing. */
  readonly baseStage: number | null
  /** The image it is built on after expansion, or "scratch". */
  readonly base: string
}

/** The stages of a Dockerfile, in order. */
export function outlineStages(text: string, request: BuildRequest): readonly StageOutline[] {
  const { graph } = analyze(text, inputsOf(request))
  return graph.stages.map(({ startLine, endLine, range, steps, base, baseSource }) => ({
    startLine,
    fromEndLine: endLine,
    endLine: steps.at(-1)?.endLine ?? endLine,
    end: range.to,
    baseStage: baseSource.kind === 'stage' ? graph.stages.findIndex(({ id }) => id === baseSource.stage) : null,
    base: baseSource.kind === 'scratch' ? 'scratch' : base,
  }))
}
