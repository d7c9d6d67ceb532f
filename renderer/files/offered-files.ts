import { createStore } from 'zustand/vanilla'
import type { Point } from '../../shared/graph/layout.ts'
import type { StageId } from '../../shared/graph/stage-graph.ts'

/** Files and folders of a built stage, by path without a leading slash. */
export interface OfferedFiles {
  readonly stage: StageId
  readonly paths: readonly string[]
}

interface Offers {
  /** On their way with the pointer: what a drag carries cannot be read before it is dropped. */
  readonly dragged: OfferedFiles | null
  /** To be copied to a stage that is still to be picked; `at` in window pixels. */
  readonly asked: (OfferedFiles & { readonly at: Point }) | null
}

/** What the tree of files hands to the canvas. */
export const offers = createStore<Offers>(() => ({ dragged: null, asked: null }))
