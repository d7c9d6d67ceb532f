import type { Analysis } from '../../shared/analysis.ts'
import type { EngineImage } from '../../shared/bridge/contract.ts'
import type { Point } from '../../shared/graph/layout.ts'
import type { Addition } from './add-choices.ts'
import { AddList } from './AddList.tsx'
import { Popover } from './Popover.tsx'

interface QuickAddProps {
  readonly analysis: Analysis
  readonly images: readonly EngineImage[]
  readonly at: Point
  readonly onClose: () => void
  readonly onPick: (addition: Addition) => void
}

/** Asks what to add, where it was asked for. */
export function QuickAdd({ analysis, images, at, onClose, onPick }: QuickAddProps) {
  return (
    <Popover label="Add a stage" at={at} onClose={onClose}>
      <AddList analysis={analysis} images={images} autoFocus onPick={onPick} />
    </Popover>
  )
}
