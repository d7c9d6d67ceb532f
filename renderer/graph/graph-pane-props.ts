import type { Analysis } from '../../shared/analysis.ts'
import type { EngineImage } from '../../shared/bridge/contract.ts'
import type { EditOutcome } from '../../shared/edits/edit-outcome.ts'
import type { GraphEdge, StageId } from '../../shared/graph/stage-graph.ts'
import type { TextRange } from '../../shared/text/text-edit.ts'
import type { BuildMarks } from '../../shared/builds/build-marks.ts'
import type { Placement, PlacementChange } from '../../shared/drawing/placement.ts'
import type { Selection } from '../../shared/selection.ts'

/** Everything the canvas knows. It holds no rule and no copy of the graph: it asks `perform` and waits for `analysis`. */
export interface GraphPaneProps {
  readonly analysis: Analysis
  readonly selection: Selection
  readonly onSelect: (selection: Selection) => void
  /** Positions kept outside the file, by node key; nodes without one are placed by the layout. */
  readonly placement: Placement
  /** As an undo step of that name; null for one that goes with something else. */
  readonly onPlace: (title: string | null, change: PlacementChange) => void
  /** The cards that undo or redo changed last; a new set every time. */
  readonly recalled: ReadonlySet<string> | null
  /** What the engine holds, to build on. */
  readonly images: readonly EngineImage[]
  readonly marks: BuildMarks
  /** Before the cards and lines of a large file are on the screen: problems are looked for after that. */
  readonly withoutProblems: boolean
  /** The cards and lines are on the screen. */
  readonly onDrawn: () => void
  /**
   * Writes the edits as one undo step, or shows why not. Returns whether something was written; `said` tells then what else
   * it did, with a way to undo it.
   */
  readonly perform: (outcome: EditOutcome, said?: string) => boolean
  /** Draws the text as it stands before it returns: what comes from outside the canvas is to mean that. */
  readonly catchUp: () => void
  /** Where files dropped from the system lie in the build context; null where one does not, which is said. */
  readonly contextPaths: (files: readonly File[]) => Promise<readonly string[] | null>
  /** Null where no engine answers. */
  readonly onBuild: ((stage: StageId) => void) | null
  /** Null where no file system of that stage is held. */
  readonly onShowFiles: ((stage: StageId) => void) | null
  /** Shows the files of an image, by its reference. */
  readonly onShowImage: (reference: string) => void
  /** Shows the files of the main build context. */
  readonly onShowContext: () => void
  readonly onShowSource: (range: TextRange) => void
  /** Selects the edge that is meant, of those that the text has by now, and goes to its form. */
  readonly onShowForm: (isMeant: (edge: GraphEdge) => boolean) => void
  readonly onShowProblems: (stage: StageId) => void
  /** Goes to the line that made the last build fail, and to the end of its log. */
  readonly onShowFailure: () => void
}
