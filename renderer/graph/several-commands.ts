import type { Arrangement } from '../../shared/drawing/arrange.ts'
import { relatedStages } from '../../shared/graph/related-stages.ts'
import type { StageId } from '../../shared/graph/stage-graph.ts'
import { selectedStages, selectionOf, toggled, type Selection } from '../../shared/selection.ts'
import type { CommandHandlers } from '../commands/command-registry.ts'
import type { GraphPaneProps } from './graph-pane-props.ts'
import type { FlowNode } from './to-flow.ts'
import type { Arranging } from './use-arrange.ts'
import type { Clipboard } from './use-clipboard.ts'
import type { ViewportActions } from './use-viewport.ts'

interface Inputs {
  readonly props: GraphPaneProps
  readonly nodes: readonly FlowNode[]
  readonly viewport: ViewportActions
  readonly arranging: Arranging
  readonly clipboard: Clipboard
}

/** What a gesture on stages acts on: all that are selected together, else the card that has the focus. */
export function chosenStages(selection: Selection, focused: StageId | null): readonly StageId[] {
  const stages = selectedStages(selection)
  return focused === null || stages.length > 1 ? stages : [focused]
}

/** Pixels of the canvas. */
const nudgeStep = 8

/** What can be done with one stage or with several at once; `focused` has the focus. */
export function severalCommands(
  { props, nodes, viewport, arranging, clipboard }: Inputs,
  focused: StageId | null,
): CommandHandlers {
  const { analysis, selection, onSelect } = props
  const { graph } = analysis
  const known = new Set(graph.stages.map(stage => stage.id))
  const stages = chosenStages(selection, focused).filter(stage => known.has(stage))
  const onSome = (act: (stages: readonly StageId[]) => void, least = 1) =>
    stages.length < least ? null : () => act(stages)
  const align = (how: Arrangement, least = 2) => onSome(each => arranging.arrange(each, how), least)
  const nudge = (x: number, y: number) => onSome(each => arranging.nudge(each, { x, y }))
  const selectRelated = (which: 'needed' | 'needing') =>
    onSome(each => onSelect(selectionOf([...each, ...each.flatMap(stage => [...relatedStages(graph, stage, which)])])))
  return {
    'canvas.selectAll': () => onSelect(selectionOf(known)),
    'canvas.fitSelection': onSome(each => viewport.fit(nodes.filter(node => each.some(stage => stage === node.id)))),
    'canvas.tidySelection': onSome(arranging.tidy, 2),
    'canvas.alignLeft': align('left'),
    'canvas.alignCentre': align('centre'),
    'canvas.alignTop': align('top'),
    'canvas.alignMiddle': align('middle'),
    'canvas.spreadAcross': align('across', 3),
    'canvas.spreadDown': align('down', 3),
    'canvas.moveLeft': nudge(-nudgeStep, 0),
    'canvas.moveRight': nudge(nudgeStep, 0),
    'canvas.moveUp': nudge(0, -nudgeStep),
    'canvas.moveDown': nudge(0, nudgeStep),
    'canvas.paste': clipboard.paste,
    'stage.select': focused === null ? null : () => onSelect(toggled(selection, focused)),
    'stage.selectNeeded': selectRelated('needed'),
    'stage.selectNeeding': selectRelated('needing'),
    'stage.copy': onSome(clipboard.copy),
    'stage.cut': onSome(clipboard.cut),
    'stage.duplicate': onSome(clipboard.duplicate),
    'stage.lock': onSome(arranging.lock),
  }
}
