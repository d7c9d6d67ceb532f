import type { Analysis } from '../../shared/analysis.ts'
import type { EditOutcome } from '../../shared/edits/edit-outcome.ts'
import { mountFlagOf } from '../../shared/edits/references.ts'
import { setCopy } from '../../shared/edits/set-copy.ts'
import { setMount } from '../../shared/edits/set-mount.ts'
import { completions } from '../../shared/files/near-paths.ts'
import { sourceTitle } from '../../shared/graph/edge-source.ts'
import type { Point } from '../../shared/graph/layout.ts'
import { stageTitle, type GraphEdge, type Stage } from '../../shared/graph/stage-graph.ts'
import { ConnectPopover } from './ConnectPopover.tsx'

interface EdgePopoverProps {
  readonly analysis: Analysis
  /** No base edge. */
  readonly edge: GraphEdge
  readonly to: Stage
  readonly at: Point
  readonly onClose: () => void
  readonly onChange: (outcome: EditOutcome) => void
  readonly onMore: (outcome: EditOutcome) => void
}

/** The paths of an edge that is there, in the popover that asked for them. Further sources of its line stay. */
export function EdgePopover({ analysis, edge, to, at, onClose, onChange, onMore }: EdgePopoverProps) {
  const { stages } = analysis.graph
  const [source = '', ...others] = edge.sources
  const tree = edge.from.kind === 'stage' ? analysis.surroundings.listed?.trees.get(edge.from.stage) : undefined
  return (
    <ConnectPopover
      key={edge.id}
      verb="Change"
      from={sourceTitle(edge.from, stages)}
      to={stageTitle(to)}
      suggestion={{ source, destination: edge.destination, sources: [] }}
      others={others}
      destinationFor={() => edge.destination}
      complete={typed => (tree === undefined ? [] : completions(tree, typed))}
      at={at}
      onClose={onClose}
      outcome={(path, destination) => withPaths(analysis, edge, to, path, destination)}
      onConnect={onChange}
      onMore={onMore}
    />
  )
}

function withPaths(analysis: Analysis, edge: GraphEdge, to: Stage, source: string, destination: string): EditOutcome {
  const instruction = to.steps.find(step => step.range.from === edge.range.from)?.instruction
  if (instruction === undefined || edge.onbuild)
    return { kind: 'refused', reason: `Line ${edge.line} makes this connection from elsewhere: change it in the text.` }
  if (edge.kind !== 'mount')
    return setCopy(analysis, instruction, { sources: [source, ...edge.sources.slice(1)], destination })
  const written = analysis.file.instructions[instruction]
  const run = written?.trigger ?? written
  const flag = run === undefined ? null : mountFlagOf(run, edge)
  const at = run?.flags.filter(each => each.name === 'mount').findIndex(each => each === flag) ?? -1
  const target = destination === '' ? null : destination
  return setMount(analysis, instruction, at, { source: source === '' ? null : source, target })
}
