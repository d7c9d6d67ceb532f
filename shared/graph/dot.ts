import { outsideNodes, type OutsideNode } from './outside-nodes.ts'
import { stageTitle, type GraphEdge, type StageGraph } from './stage-graph.ts'

/** The graph in Graphviz's language: bases are bold lines, copies plain ones, mounts dotted. */
export function toDot(graph: StageGraph): string {
  const { nodes, nodeOf } = outsideNodes(graph)
  const lines = ['digraph stages {', '  rankdir=LR', '  node [shape=box style=rounded]']
  for (const stage of graph.stages) {
    const styles = [`label=${quote(`${stageTitle(stage)}\n${stage.base}`)}`]
    if (stage.id === graph.target) styles.push('penwidth=2')
    if (!stage.reachable) styles.push('style="rounded,dashed"')
    lines.push(`  stage${stage.index} [${styles.join(' ')}]`)
  }
  for (const node of nodes) lines.push(`  ${node.id} [label=${quote(node.label)} shape=${shape(node)}]`)
  const indexes = new Map(graph.stages.map(stage => [stage.id, stage.index]))
  for (const edge of graph.edges) {
    const from = nodeOf(edge.from)
    if (from !== null) lines.push(`  ${from} -> stage${indexes.get(edge.to) ?? -1}${attributes(edge)}`)
  }
  return [...lines, '}', ''].join('\n')
}

function shape({ kind }: OutsideNode): string {
  switch (kind) {
    case 'image':
      return 'ellipse'
    case 'context':
      return 'folder'
    case 'unresolved':
      return 'hexagon'
  }
}

function attributes(edge: GraphEdge): string {
  const label = edge.sources.length === 0 ? [] : [`label=${quote(edge.sources.join(' '))}`]
  const style = edge.kind === 'base' ? ['style=bold'] : edge.kind === 'mount' ? ['style=dotted'] : []
  const all = [...style, ...label]
  return all.length === 0 ? '' : ` [${all.join(' ')}]`
}

function quote(text: string): string {
  let result = ''
  for (const character of text) {
    if (character === '\n') result += '\\n'
    else if (character === '"' || character === '\\') result += `\\${character}`
    else result += character
  }
  return `"${result}"`
}
