import { outsideNodes, type OutsideNode } from './outside-nodes.ts'
import { stageTitle, type GraphEdge, type StageGraph } from './stage-graph.ts'

/** The graph as a Mermaid flowchart: bases are thick lines, copies plain ones, mounts dotted. */
export function toMermaid(graph: StageGraph): string {
  const { nodes, nodeOf } = outsideNodes(graph)
  const lines = ['flowchart LR']
  for (const stage of graph.stages)
    lines.push(`  stage${stage.index}["${escape(`${stageTitle(stage)}\n${stage.base}`)}"]`)
  for (const node of nodes) lines.push(`  ${node.id}${shape(node)}`)
  const indexes = new Map(graph.stages.map(stage => [stage.id, stage.index]))
  for (const edge of graph.edges) {
    const from = nodeOf(edge.from)
    if (from !== null) lines.push(`  ${from} ${arrow(edge)} stage${indexes.get(edge.to) ?? -1}`)
  }
  const target = graph.target === null ? undefined : indexes.get(graph.target)
  if (target !== undefined) lines.push(`  style stage${target} stroke-width:3px`)
  for (const stage of graph.stages) if (!stage.reachable) lines.push(`  style stage${stage.index} stroke-dasharray:4`)
  return lines.join('\n') + '\n'
}

function shape({ kind, label }: OutsideNode): string {
  switch (kind) {
    case 'image':
      return `(["${escape(label)}"])`
    case 'context':
      return `[("${escape(label)}")]`
    case 'unresolved':
      return `{{"${escape(label)}"}}`
  }
}

function arrow(edge: GraphEdge): string {
  const label = edge.sources.length === 0 ? '' : `|"${escape(edge.sources.join(' '))}"|`
  switch (edge.kind) {
    case 'base':
      return '==>'
    case 'copy':
    case 'context':
      return `-->${label}`
    case 'mount':
      return `-.->${label}`
  }
}

/** Mermaid takes character codes in labels; quotes and markup must not stand there as they are. */
function escape(text: string): string {
  let result = ''
  for (const character of text) {
    if (character === '\n') result += '<br>'
    else if ('"#<>&|`\\'.includes(character)) result += `#${character.charCodeAt(0)};`
    else result += character
  }
  return result
}
