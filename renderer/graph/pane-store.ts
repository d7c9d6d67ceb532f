import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import { createStore, type StoreApi } from 'zustand/vanilla'
import type { EdgeEnd } from '../../shared/edits/reconnect-end.ts'
import type { Point } from '../../shared/graph/layout.ts'
import type { Addition } from './add-choices.ts'
import type { StepPlace } from './drop-step.ts'
import type { EdgeId, StageId } from '../../shared/graph/stage-graph.ts'

/** What files can be copied from by dragging. */
export type CopySource =
  { readonly kind: 'stage'; readonly stage: StageId } | { readonly kind: 'image'; readonly reference: string }

/** A connection one end of which follows the pointer. */
export interface Connecting {
  /** Node key of the card at the other end. */
  readonly from: string
  readonly end: EdgeEnd
  /** In window pixels. */
  readonly pointer: Point
  /** The stage under the pointer. */
  readonly over: StageId | null
  /** For every stage why it cannot be connected, or null where it can. */
  readonly refusals: ReadonlyMap<StageId, string | null>
  /** What stands at the pointer: the reason against, or what a drop would do beside the copy. */
  readonly message: { readonly text: string; readonly refused: boolean } | null
}

/** What is on the way to and from a stage: everything else steps back. */
export interface Traced {
  readonly cards: ReadonlySet<string>
  readonly edges: ReadonlySet<string>
}

/** A menu or popover that is open, with its place in window pixels. */
export type Opened =
  | { readonly kind: 'card-menu'; readonly stage: StageId; readonly at: Point }
  /** Of a card that is no stage's, by its key. */
  | { readonly kind: 'source-menu'; readonly source: string; readonly at: Point }
  | { readonly kind: 'edge-menu'; readonly edge: EdgeId; readonly at: Point }
  | { readonly kind: 'edge-paths'; readonly edge: EdgeId; readonly at: Point }
  | { readonly kind: 'drop-menu'; readonly source: CopySource; readonly at: Point }
  | { readonly kind: 'pick-end'; readonly edge: EdgeId; readonly end: EdgeEnd; readonly at: Point }
  | {
      readonly kind: 'pick-stage'
      readonly source: CopySource
      readonly sources?: readonly string[]
      readonly at: Point
    }
  | {
      readonly kind: 'connect'
      readonly source: CopySource
      readonly to: StageId
      /** What is to be copied, as COPY takes it; asked for where it is left out. */
      readonly sources?: readonly string[]
      readonly at: Point
    }
  /** Paths in the build context, as COPY takes them. */
  | { readonly kind: 'connect-context'; readonly to: StageId; readonly sources: readonly string[]; readonly at: Point }
  /** `place`: the new card is to stand where it was asked for, and not where the layout would put it. */
  | { readonly kind: 'quick-add'; readonly place: boolean; readonly at: Point }
  | {
      readonly kind: 'carry-menu'
      readonly addition: Exclude<Addition, { kind: 'starter' }>
      readonly to: StageId
      readonly at: Point
    }
  /** Asks for the card that `carry-menu` is about. */
  | { readonly kind: 'carry-pick'; readonly addition: Exclude<Addition, { kind: 'starter' }>; readonly at: Point }
  | {
      readonly kind: 'add-stage'
      readonly base: string
      /** The new stage is to copy from this one: its paths are asked for next. */
      readonly copyFrom: CopySource | null
      readonly place: boolean
      readonly at: Point
    }
  | { readonly kind: 'change-base'; readonly stage: StageId; readonly at: Point }
  | { readonly kind: 'export-menu'; readonly at: Point }
  /** Of the canvas where nothing is. */
  | { readonly kind: 'canvas-menu'; readonly at: Point }
  | { readonly kind: 'remove-stages'; readonly stages: readonly StageId[]; readonly at: Point }

/** A stage that was asked for and is not in the analysis yet. */
export interface Expected {
  readonly known: ReadonlySet<StageId>
  /** Where its card goes, in canvas pixels; null for the layout's choice. */
  readonly place: Point | null
  readonly copyFrom: CopySource | null
  /** In window pixels. */
  readonly at: Point
}

/** What the canvas alone knows, for as long as it is open: nothing of it is in the file. */
export interface PaneState {
  readonly unfolded: ReadonlyMap<StageId, boolean>
  readonly showContext: boolean
  readonly renaming: StageId | null
  readonly opened: Opened | null
  readonly connecting: Connecting | null
  readonly expected: Expected | null
  /** Whether the list of what can be added stays open. */
  readonly addPanel: boolean
  /** An entry of that list on its way; `over` is the stage under it. */
  readonly carried: { readonly title: string; readonly pointer: Point; readonly over: StageId | null } | null
  /** Read out to those who do not see the canvas. */
  readonly announcement: string
  /** Cards that undo or redo has just changed. */
  readonly flashed: ReadonlySet<string>
  readonly traced: Traced | null
}

export type PaneStore = StoreApi<PaneState>

export function createPaneStore(): PaneStore {
  return createStore<PaneState>(() => ({
    unfolded: new Map(),
    showContext: false,
    renaming: null,
    opened: null,
    connecting: null,
    expected: null,
    addPanel: false,
    carried: null,
    announcement: '',
    flashed: new Set(),
    traced: null,
  }))
}

/** What cards may ask for. The same object for as long as the pane lives, so that cards are not drawn again for it. */
export interface CardActions {
  readonly toggle: (stage: StageId, unfold: boolean) => void
  readonly selectStep: (stage: StageId, instruction: number) => void
  readonly showStep: (stage: StageId, instruction: number) => void
  readonly dropStep: (dropped: StepPlace, beside: StepPlace, above: boolean) => void
  readonly showProblem: (stage: StageId) => void
  readonly openMenu: (stage: StageId, at: Point) => void
  readonly openSourceMenu: (source: string, at: Point) => void
  readonly showImage: (reference: string) => void
  readonly showContext: () => void
  readonly showFailure: () => void
  readonly startRename: (stage: StageId) => void
  /** Null leaves the name as it is; false where the name was refused and is still being written. */
  readonly endRename: (stage: StageId, name: string | null) => boolean
  readonly startConnect: (from: string, pointer: Point) => void
  /** Asks for the paths of an edge, or for the base that it is. */
  readonly changeEdge: (edge: EdgeId, at: Point) => void
  readonly startReconnect: (edge: EdgeId, end: EdgeEnd, pointer: Point) => void
}

export const PaneStoreContext = createContext<PaneStore | null>(null)
export const CardActionsContext = createContext<CardActions | null>(null)

export function usePane<Value>(select: (state: PaneState) => Value): Value {
  const store = useContext(PaneStoreContext)
  if (store === null) throw new Error('A part of the canvas is drawn outside it.')
  return useStore(store, select)
}

export function useCardActions(): CardActions {
  const actions = useContext(CardActionsContext)
  if (actions === null) throw new Error('A part of the canvas is drawn outside it.')
  return actions
}
