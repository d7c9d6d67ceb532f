import type { StageContent } from '../../../shared/drawing/card-model.ts'
import type { DrawnEdge } from '../../../shared/drawing/edge-model.ts'
import type { Route } from '../../../shared/drawing/edge-routing.ts'
import type { Point } from '../../../shared/graph/layout.ts'
import type { StageId } from '../../../shared/graph/stage-graph.ts'
import type { FlowEdge, FlowNode } from '../to-flow.ts'
import { boundsOf, overlaps, type Rectangle } from '../viewport.ts'

/** What stands in the corner of a block: the worst of what is wrong, else what the build says. */
export type Sign = 'error' | 'warning' | 'failed' | 'running' | 'done' | 'cached' | 'cancelled'

/** A card as seen from afar. */
export interface Block extends Rectangle {
  readonly key: string
  /** Null for what is no stage. */
  readonly stage: StageId | null
  readonly title: string
  readonly description: string
  /** A colour of tokens.css, as CSS writes it. */
  readonly hue: string
  readonly needed: boolean
  readonly isTarget: boolean
  readonly sign: Sign | null
}

/** An edge as seen from afar. */
export interface Line {
  readonly edge: DrawnEdge
  readonly route: Route
  readonly path: Path2D
}

export interface Scene {
  /** Later ones lie above earlier ones. */
  readonly blocks: readonly Block[]
  readonly lines: readonly Line[]
  readonly blockOf: ReadonlyMap<string, Block>
  /** Null for an empty graph. */
  readonly bounds: Rectangle | null
}

export type SceneBuilder = (nodes: readonly FlowNode[], edges: readonly FlowEdge[]) => Scene

/** Blocks and lines are the same objects from one scene to the next for as long as their cards and edges are. */
export function createSceneBuilder(): SceneBuilder {
  const blockOfNode = new WeakMap<FlowNode, Block>()
  const lineOfEdge = new WeakMap<NonNullable<FlowEdge['data']>, Line>()
  return (nodes, edges) => {
    const blocks = nodes.map(node => kept(blockOfNode, node, toBlock))
    const blockOf = new Map(blocks.map(block => [block.key, block]))
    const lines = edges.flatMap(edge => (edge.data === undefined ? [] : kept(lineOfEdge, edge.data, toLine)))
    return { blocks, lines, blockOf, bounds: boundsOf(blocks) }
  }
}

export function blockAt({ blocks }: Scene, { x, y }: Point): Block | null {
  return blocks.findLast(block => overlaps(block, { x, y, width: 0, height: 0 })) ?? null
}

function kept<Key extends object, Value>(cache: WeakMap<Key, Value>, key: Key, make: (key: Key) => Value): Value {
  const known = cache.get(key)
  if (known !== undefined) return known
  const value = make(key)
  cache.set(key, value)
  return value
}

export function toLine({ edge, route }: NonNullable<FlowEdge['data']>): Line {
  return { edge, route, path: new Path2D(route.path) }
}

function toBlock({ id, position, width = 0, height = 0, data, ariaLabel }: FlowNode): Block {
  const { content } = data
  const isStage = content.kind === 'stage'
  return {
    key: id,
    ...position,
    width,
    height,
    stage: isStage ? content.stage : null,
    title: content.title,
    description: ariaLabel ?? content.title,
    hue: isStage ? content.hue : content.source === 'unresolved' ? 'var(--error)' : 'var(--line-strong)',
    needed: !isStage || content.reachable,
    isTarget: isStage && content.isTarget,
    sign: isStage ? signOf(content) : content.source === 'unresolved' ? 'error' : null,
  }
}

function signOf({ mark, diagnostics }: StageContent): Sign | null {
  if (mark?.state === 'failed' || mark?.state === 'running') return mark.state
  if (diagnostics?.worst === 'error' || diagnostics?.worst === 'warning') return diagnostics.worst
  return mark?.state === 'done' || mark?.state === 'cached' || mark?.state === 'cancelled' ? mark.state : null
}
