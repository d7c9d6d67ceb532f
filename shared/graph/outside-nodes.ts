import type { EdgeSource, StageGraph } from './stage-graph.ts'

/** Something outside the file that stages read: an image, a build context, or a text that names nothing. */
export interface OutsideNode {
  /** `outside0`, `outside1`, … in the order of the edges. */
  readonly id: string
  readonly kind: 'image' | 'context' | 'unresolved'
  readonly label: string
}

/** The nodes of a drawing beside the stages; `nodeOf` says where an edge starts, null for `FROM scratch`. */
export function outsideNodes(graph: StageGraph): {
  readonly nodes: readonly OutsideNode[]
  readonly nodeOf: (source: EdgeSource) => string | null
} {
  const nodes = new Map<string, OutsideNode>()
  for (const { from } of graph.edges) {
    const outside = describe(from)
    if (outside === null || nodes.has(keyOf(outside))) continue
    nodes.set(keyOf(outside), { id: `outside${nodes.size}`, ...outside })
  }
  const stages = new Map<string, string>(graph.stages.map(stage => [stage.id, `stage${stage.index}`]))
  return {
    nodes: [...nodes.values()],
    nodeOf: source => {
      if (source.kind === 'stage') return stages.get(source.stage) ?? null
      const outside = describe(source)
      return outside === null ? null : (nodes.get(keyOf(outside))?.id ?? null)
    },
  }
}

function keyOf({ kind, label }: Omit<OutsideNode, 'id'>): string {
  return `${kind} ${label}`
}

function describe(source: EdgeSource): Omit<OutsideNode, 'id'> | null {
  switch (source.kind) {
    case 'stage':
    case 'scratch':
      return null
    case 'image':
      return { kind: 'image', label: source.reference }
    case 'context':
      return { kind: 'context', label: source.name === '' ? 'build context' : `context ${source.name}` }
    case 'unresolved':
      return { kind: 'unresolved', label: source.text === '' ? '?' : source.text }
  }
}
