import type { EdgeId, GraphEdge, Stage, StageId } from '../graph/stage-graph.ts'
import type { Selection } from '../selection.ts'
import type { BuildMarks } from '../builds/build-marks.ts'
import { stageHue } from './stage-hue.ts'
import { arrivalOffset, cardMeasures, nodeKey, type Card } from './card-model.ts'
import { describeEdge, foldedLabel, labelOf, labelWidth, type EdgeLabel } from './edge-words.ts'

/** One line on the canvas: an edge of the graph, or several copies between one pair of stages folded into one. */
export interface DrawnEdge {
  readonly id: string
  readonly kind: GraphEdge['kind']
  /** In file order; more than one where they are folded. */
  readonly edges: readonly EdgeId[]
  readonly from: string
  readonly to: string
  readonly fromOffset: number
  readonly toOffset: number
  readonly label: EdgeLabel | null
  readonly labelWidth: number
  readonly hue: string
  readonly selected: boolean
  readonly running: boolean
  readonly needed: boolean
  readonly description: string
}

interface Inputs {
  readonly stages: readonly Stage[]
  readonly edges: readonly GraphEdge[]
  readonly cards: readonly Card[]
  readonly marks: BuildMarks
  readonly selection: Selection
}

/** More copies than this between one pair are drawn as one line with a count, until one of them is selected. */
const foldAbove = 3

export function drawEdges({ stages, edges, cards, marks, selection }: Inputs): readonly DrawnEdge[] {
  const cardOf = new Map(cards.map(card => [card.key, card]))
  const stageOf = new Map(stages.map(stage => [stage.id, stage]))
  const pairs = new Map<string, GraphEdge[]>()
  for (const edge of edges) {
    const pair = `${edge.kind}\n${nodeKey(edge.from)}\n${edge.to}`
    const list = pairs.get(pair)
    if (list === undefined) pairs.set(pair, [edge])
    else list.push(edge)
  }
  const drawn: DrawnEdge[] = []
  for (const list of pairs.values()) {
    for (const group of folded(list, cardOf, selection, stageOf)) {
      const edge = drawnEdge(group, { stageOf, cardOf, stages, marks, selection })
      if (edge !== null) drawn.push(edge)
    }
  }
  return spread(drawn)
}

type StageLookup = ReadonlyMap<StageId, Stage>

function folded(
  edges: readonly GraphEdge[],
  cardOf: ReadonlyMap<string, Card>,
  selection: Selection,
  stageOf: StageLookup,
): readonly (readonly GraphEdge[])[] {
  const [first] = edges
  if (first === undefined || edges.length < 2) return [edges]
  if (edges.some(edge => selection.kind === 'edge' && selection.edge === edge.id)) return edges.map(edge => [edge])
  if (first.kind === 'context') return [edges]
  if (edges.length > foldAbove) return [edges]
  const content = cardOf.get(first.to)?.content
  const rowsShown = edges.filter(
    edge => content?.kind === 'stage' && content.rows.some(row => row.instruction === instructionOf(edge, stageOf)),
  )
  return rowsShown.length === edges.length ? edges.map(edge => [edge]) : [edges]
}

interface Lookups {
  readonly stageOf: StageLookup
  readonly cardOf: ReadonlyMap<string, Card>
  readonly stages: readonly Stage[]
  readonly marks: BuildMarks
  readonly selection: Selection
}

function drawnEdge(group: readonly GraphEdge[], lookups: Lookups): DrawnEdge | null {
  const { stageOf, cardOf, stages, marks, selection } = lookups
  const [edge] = group
  if (edge === undefined) return null
  const from = cardOf.get(nodeKey(edge.from))
  const to = cardOf.get(edge.to)
  if (from === undefined || to?.content.kind !== 'stage') return null
  const instruction = edge.kind === 'base' ? null : instructionOf(edge, stageOf)
  const label = group.length > 1 ? foldedLabel(group) : labelOf(edge)
  const source = edge.from.kind === 'stage' ? stageOf.get(edge.from.stage) : undefined
  return {
    id: group.length > 1 ? `folded ${edge.id}` : edge.id,
    kind: edge.kind,
    edges: group.map(each => each.id),
    from: from.key,
    to: to.key,
    fromOffset: from.content.kind === 'stage' ? cardMeasures.port : from.height / 2,
    toOffset: arrivalOffset(to.content, instruction),
    label,
    labelWidth: label === null ? 0 : labelWidth(label.text),
    hue: isUnresolved(from)
      ? 'var(--error)'
      : source === undefined || edge.kind === 'base'
        ? 'var(--line-strong)'
        : stageHue(source),
    selected: selection.kind === 'edge' && group.some(each => each.id === selection.edge),
    running: group.some(each => {
      const step = instructionOf(each, stageOf)
      return step !== null && each.kind !== 'base' && marks.steps.get(step)?.state === 'running'
    }),
    needed: to.content.reachable,
    description: describeEdge(group, stages),
  }
}

function isUnresolved({ content }: Card): boolean {
  return content.kind === 'source' && content.source === 'unresolved'
}

function instructionOf(edge: GraphEdge, stageOf: StageLookup): number | null {
  return stageOf.get(edge.to)?.steps.find(step => step.line === edge.line)?.instruction ?? null
}

/** Edges that end at one point of a card are set apart by a few pixels; only the first of them bears its label there. */
function spread(edges: readonly DrawnEdge[]): readonly DrawnEdge[] {
  const ends = new Map<string, DrawnEdge[]>()
  for (const edge of edges) {
    const end = `${edge.to}\n${edge.toOffset}`
    const list = ends.get(end)
    if (list === undefined) ends.set(end, [edge])
    else list.push(edge)
  }
  return [...ends.values()].flatMap(list => {
    const distance = Math.min(6, 18 / list.length)
    return list.map((edge, at) => ({
      ...edge,
      toOffset: edge.toOffset + (at - (list.length - 1) / 2) * distance,
      label: list.length > 1 && !edge.selected && edge.label !== null ? { ...edge.label, quiet: true } : edge.label,
    }))
  })
}
