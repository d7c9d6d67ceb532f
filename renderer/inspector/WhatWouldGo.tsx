import type { Analysis } from '../../shared/analysis.ts'
import { disconnectSource } from '../../shared/edits/disconnect.ts'
import type { EditOutcome } from '../../shared/edits/edit-outcome.ts'
import { setCopy } from '../../shared/edits/set-copy.ts'
import type { Artifact } from '../../shared/files/artifacts.ts'
import { exactSource } from '../../shared/files/copy-match.ts'
import { displayName } from '../../shared/files/display-name.ts'
import type { FileId, FileTree } from '../../shared/files/file-tree.ts'
import { lossWithout, type Loss } from '../../shared/files/what-would-go.ts'
import { stageTitle, type GraphEdge } from '../../shared/graph/stage-graph.ts'
import { Button } from '../ui/controls.tsx'
import { formatBytes, formatCount } from '../ui/quantities.ts'
import { useInspected } from './inspected.ts'
import { Section } from './Section.tsx'

/** A narrower COPY, and what would go with what it leaves out. */
interface Narrowing {
  readonly label: string
  readonly loss: Loss
  readonly outcome: () => EditOutcome
}

const mostNarrowings = 6

/** What of the target hangs on a COPY, by the files of the last build, and on each part of it. */
export function WhatWouldGo({ edge }: { readonly edge: GraphEdge }) {
  const { analysis, apply } = useInspected()
  const artifact = analysis.artifacts.byEdge.get(edge.id)
  const loss = lossWithout(analysis, edge.id)
  if (artifact === undefined || loss === null) return null
  const narrowings = narrowingsOf(analysis, artifact)
  return (
    <Section title="What would go">
      <p className="inspector-words">
        {loss.files === 0
          ? `Without it, ${stageTitle(loss.into)} would hold the same files.`
          : `Without it, ${lossWords(loss)} would go from ${stageTitle(loss.into)}.`}{' '}
        By the last build; what steps make of them is not counted.
      </p>
      {narrowings.length > 0 && (
        <ul className="inspector-losses">
          {narrowings.map(({ label, loss: part, outcome }) => (
            <li key={label}>
              <Button variant="quiet" onClick={() => apply(outcome())}>
                {label}
              </Button>
              <span className="inspector-loss">{part.files === 0 ? 'nothing goes' : `${lossWords(part)} go`}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

function lossWords({ files, bytes }: Loss): string {
  return `${formatCount(files, 'file')} (${formatBytes(bytes)})`
}

/** Of several sources each can be left out; of one folder each of its largest parts can be all that is taken. */
function narrowingsOf(analysis: Analysis, artifact: Artifact): readonly Narrowing[] {
  const { edge, tree, sources } = artifact
  const losing = (label: string, part: (id: FileId) => boolean, outcome: Narrowing['outcome']) => {
    const loss = lossWithout(analysis, edge.id, label, part)
    return loss === null ? [] : [{ label, loss, outcome }]
  }
  const [only, ...others] = sources
  if (only === undefined) return []
  if (others.length > 0)
    return sources.flatMap(({ word, match }) =>
      losing(
        `Leave out ${word.text}`,
        id => match.roots.some(root => isWithin(tree, id, root.id)),
        () => disconnectSource(analysis, edge.id, word.text),
      ),
    )
  const [root] = only.match.roots
  const at = analysis.file.instructions.findIndex(({ range }) => range.from === edge.range.from)
  if (
    root === undefined ||
    only.match.roots.length > 1 ||
    only.match.keeps !== null ||
    !tree.isFolder(root.id) ||
    at < 0
  )
    return []
  const children = Array.from(tree.children(root.id))
  if (children.length < 2) return []
  const written = artifact.instruction.arguments
  const below = (path: string, name: string) => `${path.replace(/\/+$/, '')}/${name}`
  return children
    .sort((a, b) => tree.size(b) - tree.size(a))
    .slice(0, mostNarrowings)
    .flatMap(child => {
      const name = exactSource(tree.name(child), analysis.file.escape)
      return losing(
        `Take only ${displayName(tree.name(child))}${tree.isFolder(child) ? '/' : ''}`,
        id => !isWithin(tree, id, child),
        () =>
          setCopy(analysis, at, {
            sources: [below(written[0]?.text ?? '', name)],
            destination: below(written.at(-1)?.text ?? '', name.replaceAll(/\[(.)\]/g, '$1')),
          }),
      )
    })
}

function isWithin(tree: FileTree, id: FileId, folder: FileId): boolean {
  for (let at = id; at >= 0; at = tree.parent(at)) if (at === folder) return true
  return false
}
