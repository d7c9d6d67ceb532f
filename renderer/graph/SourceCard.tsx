import type { NodeProps } from '@xyflow/react'
import { memo } from 'react'
import { Box, CircleHelp, Ellipsis, FolderOpen, FolderTree, Square } from 'lucide-react'
import { mainContextKey } from '../../shared/drawing/card-model.ts'
import { Ports } from './Ports.tsx'
import { useCardActions, usePane } from './pane-store.ts'
import { Grip, Reference } from './StageCard.tsx'
import type { FlowNode } from './to-flow.ts'

const icons = { image: Box, scratch: Square, context: FolderOpen, unresolved: CircleHelp }

/** What a file reads from beside its own stages: an image, a build context, or something that is not there. */
export const SourceCard = memo(function SourceCard({ id, data, selected, height = 0 }: NodeProps<FlowNode>) {
  const dimmed = usePane(({ traced }) => traced?.cards.has(id) === false)
  const actions = useCardActions()
  if (data.content.kind !== 'source') return null
  const { source, title, detail } = data.content
  const Icon = icons[source]
  return (
    <div className="source-card" data-source={source} data-selected={selected} data-dimmed={dimmed} title={title}>
      <Icon size={16} aria-hidden />
      <div className="source-words">
        <div className="source-title">{source === 'image' ? <Reference text={title} /> : title}</div>
        {detail !== '' && (
          <div className="source-detail" title={detail}>
            {detail}
          </div>
        )}
      </div>
      {(source === 'image' || id === mainContextKey) && (
        <button
          type="button"
          className="stage-menu nodrag"
          tabIndex={-1}
          aria-label={`Show files of ${title}`}
          title="Show files"
          onClick={() => (source === 'image' ? actions.showImage(title) : actions.showContext())}
        >
          <FolderTree size={14} aria-hidden />
        </button>
      )}
      {source === 'unresolved' && (
        <button
          type="button"
          className="stage-menu nodrag"
          tabIndex={-1}
          aria-label={`Actions for ${title}`}
          title="Actions"
          onClick={event => {
            event.stopPropagation()
            const { left, bottom } = event.currentTarget.getBoundingClientRect()
            actions.openSourceMenu(id, { x: left, y: bottom + 4 })
          }}
        >
          <Ellipsis size={16} aria-hidden />
        </button>
      )}
      <Ports top={height / 2} />
      {source === 'image' && <Grip from={id} title={title} />}
    </div>
  )
})
