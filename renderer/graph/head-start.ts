import type { Analysis } from '../../shared/analysis.ts'
import { noMarks } from '../../shared/builds/build-marks.ts'
import { createModelBuilder, type ModelBuilder } from '../../shared/drawing/graph-model.ts'
import { mostAtOnce } from '../../shared/drawing/most-at-once.ts'
import type { Placement } from '../../shared/drawing/placement.ts'
import { nothingSelected } from '../../shared/selection.ts'
import { layOutAhead } from './layout-thread.ts'

const firstView = {
  marks: noMarks,
  selection: nothingSelected,
  unfolded: new Map(),
  showContext: false,
  withoutProblems: true,
}

const builders = new WeakMap<Analysis, ModelBuilder>()

/** Has a large graph laid out while the panes that will show it are still being drawn. */
export function beginDrawing(analysis: Analysis, placement: Placement): void {
  if (analysis.graph.stages.length <= mostAtOnce) return
  const builder = createModelBuilder()
  builders.set(analysis, builder)
  layOutAhead(builder(analysis, firstView), placement)
}

/** What builds the model of a graph: at once where the drawing of it has begun. */
export function builderFor(analysis: Analysis): ModelBuilder {
  return builders.get(analysis) ?? createModelBuilder()
}
