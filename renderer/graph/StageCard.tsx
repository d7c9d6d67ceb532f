import type { NodeProps } from '@xyflow/react'
import { memo, type CSSProperties, type ReactNode } from 'react'
import { ChevronDown, ChevronRight, Ellipsis, Flag, Lock } from 'lucide-react'
import type { StageId } from '../../shared/graph/stage-graph.ts'
import {
  cardMeasures,
  footerWords,
  hasFooter,
  type DiagnosticCount,
  type StageContent,
} from '../../shared/drawing/card-model.ts'
import { DiagnosticBadge, MarkWords } from './CardMarks.tsx'
import { NameField } from './NameField.tsx'
import { Ports } from './Ports.tsx'
import { useCardActions, usePane } from './pane-store.ts'
import { StageSteps } from './StageSteps.tsx'
import type { FlowNode } from './to-flow.ts'

/** A stage: whose name, what it starts from, what it does, and what the last build made of it. */
export const StageCard = memo(function StageCard({ data, selected }: NodeProps<FlowNode>) {
  return data.content.kind === 'stage' ? (
    <Stage content={data.content} selected={selected} locked={data.locked} />
  ) : null
})

function Stage({ content, selected, locked }: { content: StageContent; selected: boolean; locked: boolean }) {
  const { stage } = content
  const reach = useReach(stage)
  const dimmed = usePane(({ traced }) => traced?.cards.has(stage) === false)
  const flashed = usePane(state => state.flashed.has(stage))
  const style: CSSProperties & Record<'--hue', string> = { '--hue': content.hue }
  return (
    <div
      className="stage-card"
      style={style}
      data-selected={selected}
      data-target={content.isTarget}
      data-needed={content.reachable}
      data-critical={content.critical || undefined}
      data-state={content.mark?.state}
      data-worst={content.diagnostics?.worst}
      data-reach={reach}
      data-flashed={flashed}
      data-dimmed={dimmed}
    >
      <Header content={content} locked={locked} />
      {content.base !== null && (
        <div className="stage-base">
          <span className="stage-base-chip" data-scratch={content.base.isScratch} title={`FROM ${content.base.text}`}>
            <Reference text={content.base.text} />
          </span>
          {content.platform !== null && (
            <span className="stage-platform" title={`Platform ${content.platform}`}>
              {content.platform}
            </span>
          )}
        </div>
      )}
      <StageSteps stage={stage} rows={content.rows} />
      {content.foldable && <Fold content={content} />}
      {hasFooter(content) && (
        <div className="stage-footer">
          {content.reachable || content.mark !== null ? <MarkWords {...content} /> : <NotNeeded {...content} />}
        </div>
      )}
      <Ports top={cardMeasures.port} />
      <Grip from={stage} title={content.title} />
    </div>
  )
}

/** How the card stands to a connection being drawn: its start, a stage that may take it, one that may not, or none. */
function useReach(stage: StageId): 'start' | 'open' | 'over' | 'closed' | undefined {
  return usePane(({ connecting, carried }) => {
    if (connecting === null) return carried?.over === stage ? 'over' : undefined
    if (connecting.from === stage) return connecting.over === stage ? 'closed' : 'start'
    if (connecting.refusals.get(stage) !== null) return 'closed'
    return connecting.over === stage ? 'over' : 'open'
  })
}

function Header({ content, locked }: { content: StageContent; locked: boolean }) {
  const actions = useCardActions()
  const renaming = usePane(state => state.renaming === content.stage)
  return (
    <div className="stage-header">
      <span className="stage-index" title={`Stage ${content.index}, as COPY --from=${content.index} counts`}>
        {content.index}
      </span>
      {renaming ? (
        <NameField name={content.named ? content.title : ''} onDone={name => actions.endRename(content.stage, name)} />
      ) : (
        <span
          className="stage-name"
          data-named={content.named}
          title={content.named ? content.title : 'This stage has no name. Press F2 to give it one.'}
          onDoubleClick={event => {
            event.stopPropagation()
            actions.startRename(content.stage)
          }}
        >
          {breakable(content.title)}
        </span>
      )}
      {locked && (
        <span className="stage-lock" title="Locked: it stays where it is">
          <Lock size={12} aria-label="Locked" />
        </span>
      )}
      <Problems stage={content.stage} diagnostics={content.diagnostics} />
      {content.isTarget && (
        <span className="stage-target" title="A build produces this stage">
          <Flag size={11} aria-hidden />
          target
        </span>
      )}
      <button
        type="button"
        className="stage-menu nodrag"
        aria-label={`Actions for ${content.title}`}
        title="Actions"
        tabIndex={-1}
        onClick={event => {
          event.stopPropagation()
          const { left, bottom } = event.currentTarget.getBoundingClientRect()
          actions.openMenu(content.stage, { x: left, y: bottom + 4 })
        }}
      >
        <Ellipsis size={16} aria-hidden />
      </button>
    </div>
  )
}

/** From afar a name has several lines, which begin where its words do. */
function breakable(name: string): ReactNode {
  return name.split(/(?<=[_.])/).flatMap((word, at) => (at === 0 ? [word] : [<wbr key={at} />, word]))
}

/** Dead for this target, or kept for other values of an ARG. */
function NotNeeded(content: StageContent) {
  const words = footerWords(content)
  return (
    <span className="stage-not-needed" title={content.neededWhen === null ? (content.whyNotNeeded ?? words) : words}>
      {words}
    </span>
  )
}

function Problems({ stage, diagnostics }: { stage: StageId; diagnostics: DiagnosticCount | null }) {
  const actions = useCardActions()
  if (diagnostics === null) return null
  return (
    <button
      type="button"
      className="stage-problems nodrag"
      tabIndex={-1}
      onClick={event => {
        event.stopPropagation()
        actions.showProblem(stage)
      }}
    >
      <DiagnosticBadge diagnostics={diagnostics} />
    </button>
  )
}

/** An image reference whose tag stays readable when the name has to give way. */
export function Reference({ text }: { text: string }) {
  const slash = text.lastIndexOf('/')
  const cut = text.slice(slash + 1).search(/[:@]/)
  const at = cut < 0 ? text.length : slash + 1 + cut
  return (
    <>
      <span className="reference-name">{text.slice(0, at)}</span>
      <span className="reference-tag">{text.slice(at)}</span>
    </>
  )
}

function Fold({ content }: { content: StageContent }) {
  const actions = useCardActions()
  const folded = content.hiddenSteps > 0
  const count = folded ? content.hiddenSteps : content.rows.length
  const steps = count === 1 ? 'step' : 'steps'
  const words = folded ? `${count} ${content.rows.length > 0 ? 'more ' : ''}${steps}` : `Fold ${count} ${steps}`
  return (
    <button
      type="button"
      className="stage-fold nodrag"
      tabIndex={-1}
      aria-expanded={!folded}
      onClick={event => {
        event.stopPropagation()
        actions.toggle(content.stage, folded)
      }}
    >
      {folded ? <ChevronRight size={14} aria-hidden /> : <ChevronDown size={14} aria-hidden />}
      {words}
    </button>
  )
}

/** The edge of a card from which a connection is dragged. */
export function Grip({ from, title }: { from: string; title: string }) {
  const actions = useCardActions()
  return (
    <div
      className="card-grip nodrag nopan"
      title={`Drag to a stage to copy from ${title}`}
      onPointerDown={event => {
        if (event.button !== 0) return
        event.preventDefault()
        event.stopPropagation()
        actions.startConnect(from, { x: event.clientX, y: event.clientY })
      }}
    />
  )
}
