import type { EdgeId, GraphEdge, Stage, StageId } from '../graph/stage-graph.ts'
import type { Selection } from '../selection.ts'
import type { BuildMarks } from '../builds/build-marks.ts'
import { stageHue } from './stage-hue.ts'
import { arrivalOffset, cardMeasures, nodeKey, type Card } from './card-model.ts'
import type { Loads } from '../files/artifacts.ts'
import { describeEdge, foldedLabel, labelOf, labelWidth, type EdgeLabel, type Load } from './edge-words.ts'

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
  /** Pixels: the more it carries, the wider. Null where that is not known. */
  readonly width: number | null
  readonly hue: string
  readonly selected: boolean
  readonly running: boolean
  readonly needed: boolean
  /** Whether the length of the last build hangs on it, where that is shown. */
  readonly critical: boolean
  /** Whether so many end where it does that a halo would wipe out its neighbours. */
  readonly crowded: boolean
  readonly description: string
}

export interface EdgeSurroundings {
  readonly stageOf: ReadonlyMap<StageId, Stage>
  readonly cardOf: ReadonlyMap<string, Card>
  readonly marks: BuildMarks
  readonly selection: Selection
  readonly loads: Loads
}

/** More copies than this between one pair are drawn as one line with a count, until one of them is selected. */
const foldAbove = 3

/** What is drawn of the edges into one stage. */
export function drawEdges(edges: readonly GraphEdge[], around: EdgeSurroundings): readonly DrawnEdge[] {
  const pairs = new Map<string, GraphEdge[]>()
  for (const edge of edges) {
    const pair = `${edge.kind}\n${nodeKey(edge.from)}\n${edge.to}`
    const list = pairs.get(pair)
    if (list === undefined) pairs.set(pair, [edge])
    else list.push(edge)
  }
  const drawn: DrawnEdge[] = []
  for (const list of pairs.values()) {
    for (const group of folded(list, around)) {
      const edge = drawnEdge(group, around)
      if (edge !== null) drawn.push(edge)
    }
  }
  return spread(drawn)
}

type StageLookup = ReadonlyMap<StageId, Stage>

function folded(
  edges: readonly GraphEdge[],
  { cardOf, selection, stageOf }: EdgeSurroundings,
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

/** From a hair more than a line for a few kilobytes to six pixels for gigabytes: each tenfold is as much wider. */
function widthOf({ bytes }: Load): number {
  return Math.round(10 * Math.min(6, 1.5 + 0.8 * Math.max(0, Math.log10(Math.max(1, bytes) / 10_000)))) / 10
}

/** What all of them carry, where that is known of each as the text stands. */
function loadOf(group: readonly GraphEdge[], { byEdge }: Loads): Load | null {
  let load: Load = { files: 0, bytes: 0 }
  for (const { id } of group) {
    const artifact = byEdge.get(id)
    if (artifact?.isCurrent !== true) return null
    load = { files: load.files + artifact.files, bytes: load.bytes + artifact.bytes }
  }
  return load
}

function drawnEdge(group: readonly GraphEdge[], around: EdgeSurroundings): DrawnEdge | null {
  const { stageOf, cardOf, marks, selection, loads } = around
  const [edge] = group
  if (edge === undefined) return null
  const from = cardOf.get(nodeKey(edge.from))
  const to = cardOf.get(edge.to)
  if (from === undefined || to?.content.kind !== 'stage') return null
  const instruction = edge.kind === 'base' ? null : instructionOf(edge, stageOf)
  const load = loadOf(group, loads)
  const label = group.length > 1 ? foldedLabel(group, load) : labelOf(edge, load)
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
    width: load === null ? null : widthOf(load),
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
    critical: source !== undefined && (marks.critical?.edges.has(`${source.id} ${edge.to}`) ?? false),
    crowded: false,
    description: describeEdge(
      group,
      [source, stageOf.get(edge.to)].filter(stage => stage !== undefined),
    ),
  }
}

function isUnresolved({ content }: Card): boolean {
  return content.kind === 'source' && content.source === 'unresolved'
}

function instructionOf(edge: GraphEdge, stageOf: StageLookup): number | null {
  return stageOf.get(edge.to)?.steps.find(step => step.line === edge.line)?.instruction ?? null
}

/** Of the border around a line that parts it from those it crosses, in pixels. */
const haloWidth = 4.5

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
      crowded: distance < haloWidth,
      label: list.length > 1 && !edge.selected && edge.label !== null ? { ...edge.label, quiet: true } : edge.label,
    }))
  })
}
