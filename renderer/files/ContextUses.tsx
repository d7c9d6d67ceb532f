import type { ContextUse } from '../../shared/files/context-uses.ts'
import { stageTitle } from '../../shared/graph/stage-graph.ts'
import { formatBytes, formatCount } from '../ui/quantities.ts'
import { SafeText } from './SafeText.tsx'

interface ContextUsesProps {
  /** How the context is called in a sentence. */
  readonly title: string
  readonly uses: readonly ContextUse[]
  /** By its place; null for none. */
  readonly chosen: number | null
  /** Whether the files they take have been looked up. */
  readonly isKnown: boolean
  readonly onChoose: (index: number | null) => void
}

/** What each instruction takes from a build context. */
export function ContextUses({ title, uses, chosen, isKnown, onChoose }: ContextUsesProps) {
  return (
    <section className="context-uses" aria-label="What takes from the context">
      {uses.length === 0 && <p className="file-note">No instruction takes anything from {title}.</p>}
      <ul>
        {uses.map((use, index) => (
          <li key={index}>
            <button
              type="button"
              className="context-use"
              aria-pressed={index === chosen}
              data-needed={use.stage.reachable ? undefined : 'no'}
              onClick={() => onChoose(index === chosen ? null : index)}
            >
              <span className="context-use-line">{use.line}</span>
              <span className="context-use-words code">
                {use.keyword} <SafeText text={use.sources.map(({ path }) => path).join(' ')} />
              </span>
              <span className="context-use-stage">
                {stageTitle(use.stage)}
                {!use.stage.reachable && ', not needed for this target'}
              </span>
              <span className="context-use-size">{isKnown && sizeOf(use)}</span>
              {isKnown &&
                missing(use).map(path => (
                  <span key={path} className="context-use-problem">
                    Nothing in the context matches <SafeText text={path} />
                  </span>
                ))}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function sizeOf({ files, bytes }: ContextUse): string {
  return `${formatCount(files, 'file')}, ${formatBytes(bytes)}`
}

function missing({ sources }: ContextUse): readonly string[] {
  return sources.flatMap(({ path, match }) => (match.roots.length === 0 ? [path] : []))
}
