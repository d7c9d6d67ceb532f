import type { Analysis } from '../analysis.ts'
import type { Dockerfile, Flag, Instruction } from '../dockerfile/syntax.ts'
import { stageTitle, type EdgeId, type EdgeSource, type GraphEdge } from '../graph/stage-graph.ts'
import type { TextEdit } from '../text/text-edit.ts'
import { makerOf, mountFlagOf } from './references.ts'
import { refused, type EditOutcome } from './edit-outcome.ts'
import { withoutSideEffects } from './side-effects.ts'
import { quoted } from './stage-names.ts'
import { stageById, withoutInstruction } from './stage-text.ts'

/** Takes an edge away: the COPY or ADD that makes it, or only the --mount flag of a RUN. Comments stay. */
export function disconnect(analysis: Analysis, edge: EdgeId): EditOutcome {
  const removed = analysis.graph.edges.find(each => each.id === edge)
  if (removed === undefined) return refused('That connection is no longer in the file.')
  const to = stageById(analysis, removed.to)
  if (to === null) return refused('That stage is no longer in the file.')
  if (removed.kind === 'base')
    return refused(`${quoted(to)} cannot do without a base: change what it is built FROM instead.`)
  const maker = makerOf(analysis, removed)
  const edit = edgeRemoval(analysis, removed)
  if (maker === null || edit === null) return refused(`Line ${removed.line} cannot be read: correct it first.`)
  const flag = mountFlag(maker, removed)
  return withoutSideEffects(analysis, {
    title: `Disconnect ${sourceName(analysis, removed.from)} → ${stageTitle(to)}`,
    edits: [edit],
    warnings: removed.onbuild
      ? [
          `Line ${maker.line} is a trigger of what ${quoted(to)} is built on: every stage built on that loses the connection.`,
        ]
      : [],
    changes: edge => makerOf(analysis, edge) === maker && mountFlag(maker, edge) === flag,
  })
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

/** A flag with the white space or continuation after it. */
function withoutFlag(file: Dockerfile, instruction: Instruction, flag: Flag): TextEdit {
  const effective = instruction.trigger ?? instruction
  const starts = [...effective.flags.map(each => each.range.from), effective.argumentsRange.from]
  const next = Math.min(...starts.filter(start => start >= flag.range.to), instruction.range.to)
  // A comment between the flag's line and the next one is the author's: it stays.
  if (!file.text.slice(flag.range.to, next).includes('#')) return { from: flag.range.from, to: next, insert: '' }
  let from = flag.range.from
  while (file.text[from - 1] === ' ' || file.text[from - 1] === '\t') from -= 1
  return { from, to: flag.range.to, insert: '' }
}

function sourceName(analysis: Analysis, source: EdgeSource): string {
  switch (source.kind) {
    case 'stage': {
      const stage = stageById(analysis, source.stage)
      return stage === null ? 'stage' : stageTitle(stage)
    }
    case 'image':
      return source.reference
    case 'scratch':
      return 'scratch'
    case 'context':
      return source.name === '' ? 'build context' : source.name
    case 'unresolved':
      return source.text
  }
}
