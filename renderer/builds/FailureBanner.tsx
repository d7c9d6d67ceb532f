import { plainText } from '../../shared/builds/ansi.ts'
import type { BuildFailure } from '../../shared/builds/build-state.ts'
import { logLength, logLines, type LogBuffer } from '../../shared/builds/log-buffer.ts'
import type { LineSpan } from '../../shared/builds/step-places.ts'
import { Badge, Button } from '../ui/controls.tsx'

interface FailureBannerProps {
  readonly failure: BuildFailure
  /** Where the failed instruction stands by now; null where it was edited away. */
  readonly place: LineSpan | null
  /** The failed step's output where another step's is on view; null where it is on view itself. */
  readonly log: LogBuffer | null
  readonly onShowLines: (start: number, end: number) => void
  readonly onShowLog: () => void
}

const tailLength = 4

/** Why the build failed, where, and the end of what the step printed. */
export function FailureBanner({ failure, place, log, onShowLines, onShowLog }: FailureBannerProps) {
  const built = failure.lines[0]
  const tail = log === null ? [] : logLines(log, logLength(log) - tailLength)
  return (
    <section className="failure" role="alert" aria-label="Why the build failed">
      <div className="failure-line">
        <p className="failure-sentence" title={failure.detail}>
          {failure.message}
        </p>
        {failure.exitCode !== null && <Badge tone="error">exit code {failure.exitCode}</Badge>}
        {place !== null && (
          <Button onClick={() => onShowLines(place.start, place.end)}>
            {place.start === place.end ? `Line ${place.start}` : `Lines ${place.start}–${place.end}`}
          </Button>
        )}
        {place === null && built !== undefined && (
          <Badge title="The instruction has been edited since.">line {built.start} when it was built</Badge>
        )}
        {log !== null && <Button onClick={onShowLog}>Show its log</Button>}
      </div>
      {tail.length > 0 && <pre className="failure-tail code">{tail.map(line => plainText(line.text)).join('\n')}</pre>}
      {tail.length === 0 && failure.detail !== '' && (
        <details className="failure-detail" open={failure.vertex === null}>
          <summary>What the engine said</summary>
          <pre className="failure-tail code">{plainText(failure.detail)}</pre>
        </details>
      )}
    </section>
  )
}
