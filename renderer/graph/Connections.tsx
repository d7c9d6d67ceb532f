import type { Analysis } from '../../shared/analysis.ts'
import { connectContext } from '../../shared/edits/connect-context.ts'
import { connectImage } from '../../shared/edits/connect-image.ts'
import { connectionNotice, connectStages } from '../../shared/edits/connect-stages.ts'
import type { EditOutcome } from '../../shared/edits/edit-outcome.ts'
import { suggestConnection, suggestDestination, suggestFolder } from '../../shared/edits/suggest-connection.ts'
import { completions } from '../../shared/files/near-paths.ts'
import { sourceTitle } from '../../shared/graph/edge-source.ts'
import type { Point } from '../../shared/graph/layout.ts'
import { stageTitle, type Stage, type StageId } from '../../shared/graph/stage-graph.ts'
import { ConnectPopover } from './ConnectPopover.tsx'
import type { CopySource } from './pane-store.ts'

interface ConnectionProps {
  readonly analysis: Analysis
  readonly to: Stage
  /** In window pixels. */
  readonly at: Point
  readonly onClose: () => void
  /** Writes, with what is said of it and what is announced in place of its title; whether it was written. */
  readonly onWrite: (outcome: EditOutcome, said?: string, announcement?: string) => boolean
  /** Writes, and goes on to the form of the new edge. */
  readonly onMore: (outcome: EditOutcome, edge: { readonly to: StageId }, write?: () => boolean) => void
}

interface StageConnectionProps extends ConnectionProps {
  readonly source: CopySource
  /** What is to be copied, as COPY takes it; none where it is asked for. */
  readonly sources: readonly string[]
}

/** Asks for the paths of a new COPY from a stage or an image. */
export function StageConnection({ analysis, source, to, sources, onWrite, onMore, ...rest }: StageConnectionProps) {
  const others = sources.slice(1)
  const fromTitle = sourceTitle(source, analysis.graph.stages)
  const tree = source.kind === 'stage' ? analysis.surroundings.listed?.trees.get(source.stage) : undefined
  const suggestion =
    source.kind === 'stage'
      ? { ...suggestConnection(analysis, source.stage, to.id), ...chosenPaths(analysis, to, sources) }
      : { source: '/', destination: suggestDestination(analysis, to, '/'), sources: ['/'] }
  const connect = (outcome: EditOutcome, path: string) => {
    const moved = source.kind === 'stage' ? connectionNotice(analysis, source.stage, to.id) : null
    return onWrite(
      outcome,
      moved === null ? undefined : `${fromTitle} was moved above ${stageTitle(to)}, which copies from it now.`,
      `Edge added: ${[path, ...others].join(' ')} from ${fromTitle} to ${stageTitle(to)}`,
    )
  }
  return (
    <ConnectPopover
      key={`${fromTitle} ${to.id}`}
      {...rest}
      from={fromTitle}
      to={stageTitle(to)}
      suggestion={suggestion}
      others={others}
      destinationFor={path => suggestDestination(analysis, to, path)}
      complete={typed => (tree === undefined ? [] : completions(tree, typed))}
      outcome={(path, destination) =>
        source.kind === 'stage'
          ? connectStages(analysis, { from: source.stage, to: to.id, source: path, others, destination })
          : connectImage(analysis, { reference: source.reference, to: to.id, source: path, destination })
      }
      onConnect={connect}
      onMore={(outcome, path) => onMore(outcome, { to: to.id }, () => connect(outcome, path))}
    />
  )
}

/** Where files go that were chosen already. */
function chosenPaths(analysis: Analysis, to: Stage, sources: readonly string[]) {
  const [source] = sources
  return source === undefined ? {} : { source, destination: suggestFolder(analysis, to, sources) }
}

interface ContextConnectionProps extends ConnectionProps {
  /** Paths in the build context, as COPY takes them. */
  readonly sources: readonly string[]
}

/** Asks where files of the build context go. */
export function ContextConnection({ analysis, to, sources, onWrite, onMore, ...rest }: ContextConnectionProps) {
  const [source, ...others] = sources
  if (source === undefined) return null
  /** Its name at the place where it is worked, else at the root. */
  const destinationFor = (...paths: string[]) =>
    suggestFolder(
      analysis,
      to,
      paths.map(path => `/${path === '.' ? '' : path.slice(path.lastIndexOf('/') + 1)}`),
    )
  return (
    <ConnectPopover
      key={`${sources.join(' ')} ${to.id}`}
      {...rest}
      from="build context"
      to={stageTitle(to)}
      suggestion={{ source, destination: destinationFor(...sources), sources: [source] }}
      others={others}
      destinationFor={destinationFor}
      complete={() => []}
      outcome={(path, destination) => connectContext(analysis, { to: to.id, source: path, others, destination })}
      onConnect={outcome => onWrite(outcome)}
      onMore={outcome => onMore(outcome, { to: to.id })}
    />
  )
}
