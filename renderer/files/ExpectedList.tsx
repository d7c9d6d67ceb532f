import { CircleCheck, CircleDashed, CircleX, ClipboardCopy, Pencil, Plus, X } from 'lucide-react'
import { expectationWords, verify, type Expectation } from '../../shared/files/expectations.ts'
import type { Stage } from '../../shared/graph/stage-graph.ts'
import { Button, IconButton } from '../ui/controls.tsx'
import './expected.css'
import { ExpectedDialog } from './ExpectedDialog.tsx'
import type { FileListing } from './file-store.ts'
import type { FilesPanelProps } from './FilesPanel.tsx'
import { SafeText } from './SafeText.tsx'

interface ExpectedListProps extends Pick<FilesPanelProps, 'expected' | 'expectedFiles'> {
  readonly stage: Stage
  readonly listing: FileListing
  /** A path of which something is about to be expected; null for none. */
  readonly expecting: string | null
  readonly onExpecting: (path: string | null) => void
  /** Shows a path in the tree, as far as it is there. */
  readonly onShow: (path: string) => void
}

/** What is expected of the files of a stage, and what came of it. */
export function ExpectedList({ stage, listing, expecting, onExpecting, onShow, ...pinned }: ExpectedListProps) {
  const { expected, expectedFiles } = pinned
  const expectations = expected.get(stage.id) ?? []
  const isKnown = listing.phase === 'complete'
  const found = isKnown ? verify(listing.tree, expectations) : expectations.map(each => [each, null] as const)
  const others = (path: string | null) => expectations.filter(each => each.path !== path)
  const asFile = () => `${JSON.stringify(expectedFiles.written(), null, 2)}\n`
  return (
    <>
      {found.length > 0 && (
        <section className="files-expected" aria-label="Expected files">
          <header className="files-expected-head">
            Expected files
            <IconButton icon={Plus} label="Expect another path" onClick={() => onExpecting('/')} />
            <IconButton
              icon={ClipboardCopy}
              label="Copy all as an expectations file for slipway build --verify"
              onClick={() => void navigator.clipboard.writeText(asFile())}
            />
          </header>
          <ul>
            {found.map(([expectation, miss]) => (
              <li key={expectation.path} className="files-expectation">
                <State isKnown={isKnown} miss={miss} />
                <Button variant="quiet" title="Show it in the tree" onClick={() => onShow(expectation.path)}>
                  <bdi className="code">
                    <SafeText text={expectation.path} />
                  </bdi>
                </Button>
                <span className="files-expectation-words" data-amiss={miss !== null || undefined}>
                  {miss === null ? (
                    expectationWords(expectation)
                  ) : (
                    <SafeText text={miss.slice(expectation.path.length + 1)} />
                  )}
                </span>
                <IconButton
                  icon={Pencil}
                  label={`Change what is expected of ${expectation.path}`}
                  onClick={() => onExpecting(expectation.path)}
                />
                <IconButton
                  icon={X}
                  label={`Expect nothing of ${expectation.path}`}
                  onClick={() => expectedFiles.change(stage.id, others(expectation.path))}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
      {expecting !== null && (
        <ExpectedDialog
          tree={listing.tree}
          expectation={expectations.find(({ path }) => path === expecting) ?? { path: expecting }}
          onExpect={(expectation: Expectation) => {
            const kept = others(expecting).filter(({ path }) => path !== expectation.path)
            expectedFiles.change(stage.id, [...kept, expectation])
            onExpecting(null)
          }}
          onDismiss={() => onExpecting(null)}
        />
      )}
    </>
  )
}

function State({ isKnown, miss }: { readonly isKnown: boolean; readonly miss: string | null }) {
  const [Icon, words, state] = !isKnown
    ? ([CircleDashed, 'Not checked yet', 'unknown'] as const)
    : miss === null
      ? ([CircleCheck, 'As expected', 'met'] as const)
      : ([CircleX, 'Not as expected', 'amiss'] as const)
  return (
    <span className="files-expectation-state" data-state={state} role="img" aria-label={words} title={words}>
      <Icon size={16} aria-hidden />
    </span>
  )
}
