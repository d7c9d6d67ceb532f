import { readConnectionSource } from '../../shared/edits/read-source.ts'
import { reconnectSource } from '../../shared/edits/reconnect.ts'
import { sourceTitle } from '../../shared/graph/edge-source.ts'
import { stageTitle, type GraphEdge } from '../../shared/graph/stage-graph.ts'
import { TextField } from './fields.tsx'
import { useInspected } from './inspected.ts'

const what = {
  stage: 'A stage of this file.',
  image: 'An image, of which only the files are taken.',
  scratch: 'The empty image.',
  context: 'Empty means the build context: the folder that is sent to the engine.',
  unresolved: 'BuildKit cannot tell what this means.',
} as const

/** Where a COPY or a mount takes from: a stage, an image, or nothing for the build context. */
export function SourceField({ edge }: { readonly edge: GraphEdge }) {
  const { analysis, images } = useInspected()
  const { stages } = analysis.graph
  return (
    <TextField
      name="from"
      label="From"
      help={what[edge.from.kind]}
      value={edge.from.kind === 'context' && edge.from.name === '' ? '' : sourceTitle(edge.from, stages)}
      placeholder="build context"
      suggestions={[...stages.filter(each => each.id !== edge.to).map(stageTitle), ...images]}
      edit={text => reconnectSource(analysis, edge.id, readConnectionSource(analysis, text))}
    />
  )
}
