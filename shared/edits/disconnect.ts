import type { Analysis } from '../analysis.ts'
import type { Dockerfile, Flag, Instruction } from '../dockerfile/syntax.ts'
import { sourceTitle } from '../graph/edge-source.ts'
import { stageTitle, type EdgeId, type GraphEdge, type Stage } from '../graph/stage-graph.ts'
import type { TextEdit } from '../text/text-edit.ts'
import { makerOf, mountFlagOf } from './references.ts'
import { refused, type EditOutcome } from './edit-outcome.ts'
import { withoutFlag, withoutWord } from './flag-edits.ts'
import { withoutSideEffects } from './side-effects.ts'
import { quoted } from './stage-names.ts'
import { stageById, withoutInstruction } from './stage-text.ts'
import { writtenEdge } from './written-edge.ts'

/** Takes an edge away: the COPY or ADD that makes it, or only the --mount flag of a RUN. Comments stay. */
export function disconnect(analysis: Analysis, edge: EdgeId): EditOutcome {
  const removed = writtenEdge(analysis, edge)
  if (removed.kind === 'refused') return removed
  const to = stageById(analysis, removed.to)
  if (to === null) return refused('That stage is no longer in the file.')
  if (removed.kind === 'base')
    return refused(`${quoted(to)} cannot do without a base: change what it is built FROM instead.`)
  const maker = makerOf(analysis, removed)
  const edit = edgeRemoval(analysis, removed)
  if (maker === null || edit === null) return refused(`Line ${removed.line} cannot be read: correct it first.`)
  const flag = mountFlag(maker, removed)
  return withoutSideEffects(analysis, {
    title: `Disconnect ${sourceTitle(removed.from, analysis.graph.stages)} → ${stageTitle(to)}`,
    edits: [edit],
    warnings: triggerWarnings(removed, maker, to),
    changes: edge => makerOf(analysis, edge) === maker && mountFlag(maker, edge) === flag,
  })
}

/**
 * Takes one source out of a COPY or ADD that has several, given as it is written; the whole connection where it is the
 * only one.
 */
export function disconnectSource(analysis: Analysis, edge: EdgeId, source: string): EditOutcome {
  const cut = writtenEdge(analysis, edge)
  if (cut.kind === 'refused') return cut
  const to = stageById(analysis, cut.to)
  const maker = makerOf(analysis, cut)
  if (to === null || maker === null) return refused(`Line ${cut.line} cannot be read: correct it first.`)
  const effective = maker.trigger ?? maker
  const words = effective.arguments.slice(0, -1)
  const at = words.findIndex(word => word.text === source)
  if (cut.kind === 'base' || cut.kind === 'mount' || !cut.sources.includes(source) || at < 0)
    return refused(`Line ${cut.line} takes no \`${source}\`.`)
  if (words.length === 1) return disconnect(analysis, edge)
  const left = cut.sources.filter((_, position) => position !== cut.sources.indexOf(source))
  return withoutSideEffects(analysis, {
    title: `Disconnect ${source} of ${sourceTitle(cut.from, analysis.graph.stages)} → ${stageTitle(to)}`,
    edits: [withoutSource(analysis.file, effective, at)],
    warnings: triggerWarnings(cut, maker, to),
    changes: other => makerOf(analysis, other) === maker,
    // What a heredoc writes is no source: nothing may be left of the edge.
    ...(left.length === 0
      ? {}
      : {
          wanted: (other, indexOf) =>
            indexOf(other.to) === to.index &&
            other.kind === cut.kind &&
            other.destination === cut.destination &&
            other.sources.join(' ') === left.join(' '),
        }),
  })
}

/** Takes away the argument at that position, which is not the last, and what parts it from the next one. */
export function withoutSource(file: Dockerfile, copy: Instruction, at: number): TextEdit {
  const { from, to } = copy.arguments[at]?.range ?? copy.argumentsRange
  const next = copy.arguments[at + 1]?.range.from ?? to
  const comma = copy.isJson ? file.text.indexOf(',', to) + 1 : 0
  return withoutWord(file, from, Math.max(to, Math.min(comma, next)), next)
}

function triggerWarnings(edge: GraphEdge, maker: Instruction, to: Stage): readonly string[] {
  if (!edge.onbuild) return []
  return [
    `Line ${maker.line} is a trigger of what ${quoted(to)} is built on: every stage built on that loses the connection.`,
  ]
}

/** The edit that takes an edge other than a base away; null where its text is not found. */
export function edgeRemoval(analysis: Analysis, edge: GraphEdge): TextEdit | null {
  const maker = makerOf(analysis, edge)
  if (maker === null) return null
  if (edge.keyword !== 'RUN') return withoutInstruction(analysis.file, maker)
  const flag = mountFlag(maker, edge)
  return flag === null ? null : withoutFlag(analysis.file, maker, flag)
}

function mountFlag(maker: Instruction, edge: GraphEdge): Flag | null {
  return edge.kind === 'mount' ? mountFlagOf(maker.trigger ?? maker, edge) : null
}
