import { ArrowLeft, History, RotateCcw } from 'lucide-react'
import { useStore } from 'zustand'
import { requestedStage } from '../../shared/builds/step-places.ts'
import { stageTitle } from '../../shared/graph/stage-graph.ts'
import type { PastBuild } from '../builds/build-store.ts'
import { formatMoment } from '../builds/difference.ts'
import type { Session } from '../source/session.ts'
import { Badge, Button } from '../ui/controls.tsx'
import './past-strip.css'

interface PastStripProps {
  readonly past: PastBuild
  readonly session: Session
  readonly onRunAgain: () => void
  readonly onBack: () => void
}

/** Says that the canvas shows a build of the past, not the text, and leads back. */
export function PastStrip({ past: { build, began }, session, onRunAgain, onBack }: PastStripProps) {
  const isSame = useStore(session.store, ({ analysis }) => analysis.file.text === build.analysis.file.text)
  const stage = requestedStage(build.analysis.graph, build.request.target)
  return (
    <div className="past-strip">
      <History size={16} aria-hidden />
      <span className="past-words" role="status">
        Build of {stage === undefined ? 'the file' : stageTitle(stage)}, {formatMoment(began)}
      </span>
      {!isSame && <Badge title="The graph is that of the text which was built then.">Text of then</Badge>}
      <span className="past-actions">
        <Button icon={RotateCcw} variant="quiet" onClick={onRunAgain}>
          Run again
        </Button>
        <Button icon={ArrowLeft} onClick={onBack}>
          Back to the text
        </Button>
      </span>
    </div>
  )
}
