import type { GraphEdge, Stage } from '../graph/stage-graph.ts'
import { stageTitle } from '../graph/stage-graph.ts'
import { sourceTitle } from '../graph/edge-source.ts'
import { formatBytes, formatCount } from '../quantities.ts'

export interface EdgeLabel {
  /** What the pill says, shortened. */
  readonly text: string
  /** The whole of it, one line for each edge. */
  readonly title: string
  /** Shown only while the edge is hovered or selected, because another label stands at the same place. */
  readonly quiet: boolean
}

/** What COPYs carried when their source was last built. */
export interface Load {
  readonly files: number
  readonly bytes: number
}

const longestLabel = 24
/** Characters: less of a path tells nothing. */
const shortestPath = 4
const characterWidth = 6.65

export function labelOf(edge: GraphEdge, load: Load | null = null): EdgeLabel | null {
  if (edge.kind === 'base') return null
  const text = edge.kind === 'mount' ? shorten(edge.destination, longestLabel) : shortPair(edge)
  return loaded({ text, title: whole(edge), quiet: edge.kind === 'context' }, load)
}

function loaded(label: EdgeLabel, load: Load | null): EdgeLabel {
  if (load === null) return label
  const bytes = formatBytes(load.bytes)
  const title = `${label.title}\n${formatCount(load.files, 'file')}, ${bytes}, when it was last built`
  return { ...label, text: `${label.text} · ${bytes}`, title }
}

export function foldedLabel(edges: readonly GraphEdge[], load: Load | null = null): EdgeLabel {
  const words = { base: 'bases', copy: 'copies', mount: 'mounts', context: 'copies' }
  const label = {
    text: `${edges.length} ${words[edges[0]?.kind ?? 'copy']}`,
    title: edges.map(whole).join('\n'),
    quiet: edges[0]?.kind === 'context',
  }
  return loaded(label, load)
}

/** Width of the pill that holds `text`, in the code font at 11 px. */
export function labelWidth(text: string): number {
  return Math.ceil(text.length * characterWidth) + 18
}

/** The words of a label as far as they fit into a pill of that width: what is carried is kept, and the path shortened or left out. */
export function fittingText({ text }: EdgeLabel, width: number): string {
  if (labelWidth(text) <= width) return text
  const carried = / · [^·]+$/.exec(text)?.[0] ?? ''
  const room = Math.floor((width - labelWidth('')) / characterWidth) - carried.length
  if (room < shortestPath && carried !== '') return carried.slice(' · '.length)
  return `${shorten(text.slice(0, text.length - carried.length), Math.max(shortestPath, room))}${carried}`
}

/** Cuts out the middle, so that where a path begins and what it ends with stay readable. */
export function shorten(text: string, longest: number): string {
  if (text.length <= longest) return text
  const head = Math.floor((longest - 1) / 3)
  return `${text.slice(0, head)}…${text.slice(text.length - (longest - 1 - head))}`
}

function shortPair(edge: GraphEdge): string {
  const [source = '', ...others] = edge.sources
  const more = others.length > 0 ? ` +${others.length}` : ''
  if (more === '' && source === edge.destination) return shorten(source, longestLabel)
  const room = longestLabel - 3 - more.length
  const half = Math.floor(room / 2)
  const left = source.length <= half ? source.length : Math.max(half, room - edge.destination.length)
  return `${shorten(source, left)}${more} → ${shorten(edge.destination, Math.max(half, room - source.length))}`
}

function whole(edge: GraphEdge): string {
  const sources = edge.sources.join(' ')
  return edge.kind === 'mount' && sources === '' ? edge.destination : `${sources} → ${edge.destination}`
}

/** An edge in words, for those who do not see it. */
export function describeEdge(edges: readonly GraphEdge[], stages: readonly Stage[]): string {
  const [edge] = edges
  if (edge === undefined) return ''
  const target = stages.find(stage => stage.id === edge.to)
  const to = target === undefined ? 'a stage' : stageTitle(target)
  const from = sourceTitle(edge.from, stages)
  if (edges.length > 1) return `${foldedLabel(edges).text} from ${from} to ${to}`
  switch (edge.kind) {
    case 'base':
      return `${to} is built from ${from}`
    case 'copy':
    case 'context':
      return `Copy ${edge.sources.join(' ')} from ${from} to ${edge.destination} in ${to}`
    case 'mount':
      return `Mount of ${from} at ${edge.destination} in ${to}`
  }
}
