import { CornerDownRight, Layers, X } from 'lucide-react'
import type { Analysis } from '../../shared/analysis.ts'
import { connectionRefusal } from '../../shared/edits/connect-stages.ts'
import { copySourceRefusal } from '../../shared/edits/connect-image.ts'
import type { EditOutcome } from '../../shared/edits/edit-outcome.ts'
import { readBase } from '../../shared/edits/read-source.ts'
import { setBase } from '../../shared/edits/set-base.ts'
import { sourceTitle } from '../../shared/graph/edge-source.ts'
import type { Point } from '../../shared/graph/layout.ts'
import { stageTitle, type Stage } from '../../shared/graph/stage-graph.ts'
import type { Addition } from './add-choices.ts'
import { MenuEntry } from './MenuEntry.tsx'
import type { CopySource } from './pane-store.ts'
import { Popover } from './Popover.tsx'

interface CarryMenuProps {
  readonly analysis: Analysis
  readonly addition: Exclude<Addition, { kind: 'starter' }>
  readonly to: Stage
  readonly at: Point
  readonly onClose: () => void
  readonly onCopy: (source: CopySource) => void
  readonly onBase: (outcome: EditOutcome) => void
}

/** What something dropped on a card can become there. */
export function CarryMenu({ analysis, addition, to, at, onClose, onCopy, onBase }: CarryMenuProps) {
  const base =
    addition.kind === 'base' ? readBase(analysis, addition.base) : ({ kind: 'stage', stage: addition.stage } as const)
  const title = base.kind === 'scratch' ? 'scratch' : sourceTitle(base, analysis.graph.stages)
  const changed = setBase(analysis, to.id, base)
  return (
    <Popover label={`Drop on ${stageTitle(to)}`} at={at} onClose={onClose} isMenu>
      {base.kind !== 'scratch' && (
        <MenuEntry
          icon={CornerDownRight}
          label={`Copy from ${title}…`}
          disabledReason={
            base.kind === 'stage'
              ? connectionRefusal(analysis, base.stage, to.id)
              : copySourceRefusal(analysis, base.reference)
          }
          onChoose={() => onCopy(base)}
        />
      )}
      <MenuEntry
        icon={Layers}
        label={`Use ${title} as its base`}
        disabledReason={changed.kind === 'refused' ? changed.reason : null}
        onChoose={() => onBase(changed)}
      />
      <MenuEntry icon={X} label="Cancel" shortcut="Esc" onChoose={onClose} />
    </Popover>
  )
}
