import { useId, useState } from 'react'
import type { Point } from '../../shared/graph/layout.ts'
import { displayName } from '../../shared/files/display-name.ts'
import type { EditOutcome } from '../../shared/edits/edit-outcome.ts'
import { Words } from '../ui/Words.tsx'
import { Button } from '../ui/controls.tsx'
import { Popover } from './Popover.tsx'

interface ConnectPopoverProps {
  /** What Enter does. */
  readonly verb?: 'Copy' | 'Change'
  readonly from: string
  readonly to: string
  readonly suggestion: { readonly source: string; readonly destination: string; readonly sources: readonly string[] }
  /** Copied along, chosen before. */
  readonly others: readonly string[]
  /** Where a source would likely go: what the destination follows until it is typed in. */
  readonly destinationFor: (source: string) => string
  /** What a source typed so far may go on with. */
  readonly complete: (typed: string) => readonly string[]
  readonly at: Point
  readonly onClose: () => void
  /** What Enter would write, or why not. */
  readonly outcome: (source: string, destination: string) => EditOutcome
  readonly onConnect: (outcome: EditOutcome, source: string) => void
  /** The same, and then the form of the edge with all that its line can say. */
  readonly onMore: (outcome: EditOutcome, source: string) => void
}

/** Asks for the paths of a connection. Enter writes it; Escape leaves no trace. */
export function ConnectPopover(props: ConnectPopoverProps) {
  const { verb = 'Copy', from, to, suggestion, at, onClose } = props
  const title = verb === 'Copy' ? 'Copy' : 'Change what is taken'
  const [source, setSource] = useState(suggestion.source)
  const [typed, setTyped] = useState<string | null>(null)
  const list = useId()
  const destination = typed ?? (source === suggestion.source ? suggestion.destination : props.destinationFor(source))
  const outcome = props.outcome(source, destination)
  return (
    <Popover label={`${title} from ${from} to ${to}`} at={at} onClose={onClose}>
      <form
        onSubmit={event => {
          event.preventDefault()
          if (outcome.kind === 'edits') props.onConnect(outcome, source)
        }}
      >
        <h3 className="popover-title">
          {title} from <b>{from}</b> to <b>{to}</b>
        </h3>
        <label className="popover-row">
          <span className="label">Source</span>
          <input
            className="field"
            data-code
            data-autofocus
            list={list}
            value={source}
            placeholder="/path/in/the/source"
            spellCheck={false}
            autoComplete="off"
            onChange={event => setSource(event.target.value)}
          />
          <datalist id={list}>
            {[...new Set([...suggestion.sources, ...props.complete(source)])].map(path => (
              <option key={path} value={path} />
            ))}
          </datalist>
        </label>
        {props.others.length > 0 && (
          <p className="popover-others" title={props.others.join('\n')}>
            and {props.others.map(displayName).join(', ')}
          </p>
        )}
        <label className="popover-row">
          <span className="label">Destination</span>
          <input
            className="field"
            data-code
            value={destination}
            placeholder="/path/in/the/target"
            spellCheck={false}
            autoComplete="off"
            onChange={event => setTyped(event.target.value)}
          />
        </label>
        <Foot outcome={outcome} verb={verb} onClose={onClose} onMore={() => props.onMore(outcome, source)} />
      </form>
    </Popover>
  )
}

interface FootProps {
  readonly outcome: EditOutcome
  readonly verb: string
  readonly onClose: () => void
  readonly onMore?: () => void
}

/** The end of a popover: what is against it or worth knowing, and the buttons. */
export function Foot({ outcome, verb, onClose, onMore }: FootProps) {
  const words = outcome.kind === 'refused' ? outcome.reason : outcome.warnings.join(' ')
  return (
    <>
      <p className="popover-words" data-refused={outcome.kind === 'refused'} aria-live="polite">
        <Words text={words} />
      </p>
      <div className="popover-actions">
        {onMore !== undefined && (
          <Button
            variant="quiet"
            disabled={outcome.kind === 'refused'}
            title={`${verb} this and go to the inspector: owner, mode and all other flags`}
            onClick={onMore}
          >
            More…
          </Button>
        )}
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={outcome.kind === 'refused'}>
          {verb}
        </Button>
      </div>
    </>
  )
}
