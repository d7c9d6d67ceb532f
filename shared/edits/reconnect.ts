import type { Analysis } from '../analysis.ts'
import type { Instruction } from '../dockerfile/syntax.ts'
import { sourceTitle } from '../graph/edge-source.ts'
import { stageTitle, type EdgeId, type GraphEdge, type Stage, type StageId } from '../graph/stage-graph.ts'
import { applyEdits, type TextEdit } from '../text/text-edit.ts'
import { copySourceRefusal } from './connect-image.ts'
import { connectionRefusal } from './connect-stages.ts'
import { linePlaced } from './copy-line.ts'
import { edits, refused, type EditOutcome, type Refusal } from './edit-outcome.ts'
import { withFlags, withoutFlag } from './flag-edits.ts'
import { indexAfterMove, moveEdits, moveWarnings } from './move-stage.ts'
import { makerOf, mountFlagOf, referencesOf } from './references.ts'
import { withoutSideEffects } from './side-effects.ts'
import { copyReference, imageRefusal, quoted } from './stage-names.ts'
import { merged, stageById, withoutInstruction } from './stage-text.ts'
import { writtenEdge } from './written-edge.ts'

/** Where a connection may come from instead. The context is the build's own. */
export type ConnectionSource =
  | { readonly kind: 'stage'; readonly stage: StageId }
  | { readonly kind: 'image'; readonly reference: string }
  | { readonly kind: 'context' }

/**
 * Lets a COPY or a mount take from elsewhere: only its `--from` or `from=` changes, flags and paths stay. A stage that
 * stands below moves above in the same outcome, as in `connectStages`.
 */
export function reconnectSource(analysis: Analysis, edge: EdgeId, source: ConnectionSource): EditOutcome {
  const found = movable(analysis, edge)
  if (found.kind === 'refused') return found
  const { moved, to, maker } = found
  const reference = newReference(analysis, moved, to, source)
  if (reference.kind === 'refused') return reference
  const from = source.kind === 'stage' ? stageById(analysis, source.stage) : null
  const moves = from !== null && from.index > to.index
  const newIndex = moves ? indexAfterMove(from, to) : (index: number) => index
  const change = referenceEdit(analysis, moved, maker, reference.text)
  if (change === null)
    return refused(`${moved.keyword} takes nothing from stages or images: only COPY and RUN --mount do.`)
  const title = `Connect ${from === null ? reference.text || 'the build context' : stageTitle(from)} → ${stageTitle(to)} instead of ${sourceTitle(moved.from, analysis.graph.stages)}`
  if (change.from === change.to && change.insert === '') return edits(title, [])
  const others = moves
    ? moveEdits(analysis, from, to).filter(each => each.to <= change.from || each.from >= change.to)
    : []
  const flag = moved.kind === 'mount' ? mountFlagOf(maker.trigger ?? maker, moved) : null
  return withoutSideEffects(analysis, {
    title,
    edits: [...others, change],
    warnings: [
      ...(moves ? moveWarnings(analysis, from) : []),
      ...(moved.onbuild ? [`Line ${maker.line} is a trigger: every stage that sets it off follows.`] : []),
    ],
    newIndex,
    changes: other =>
      makerOf(analysis, other) === maker && (flag === null || mountFlagOf(maker.trigger ?? maker, other) === flag),
    wanted: (other, indexOf) =>
      indexOf(other.to) === newIndex(to.index) &&
      other.destination === moved.destination &&
      (from === null
        ? other.from.kind !== 'stage'
        : other.from.kind === 'stage' && indexOf(other.from.stage) === newIndex(from.index)),
  })
}

/** Moves the line of a COPY or ADD to another stage, as it is, to the place where a new one would stand. */
export function reconnectTarget(analysis: Analysis, edge: EdgeId, target: StageId): EditOutcome {
  const found = movable(analysis, edge)
  if (found.kind === 'refused') return found
  const { moved, to: old, maker } = found
  const to = stageById(analysis, target)
  if (to === null) return refused('That stage is no longer in the file.')
  const title = `Connect ${sourceTitle(moved.from, analysis.graph.stages)} → ${stageTitle(to)} instead of ${stageTitle(old)}`
  if (to.id === old.id) return edits(title, [])
  if (moved.onbuild)
    return refused(`Line ${maker.line} is a trigger of what ${quoted(old)} is built on: move it in the text.`)
  if (moved.kind === 'mount')
    return refused(
      `A mount belongs to its command on line ${moved.line}: write one into a RUN of ${quoted(to)} instead.`,
    )
  const from = moved.from.kind === 'stage' ? stageById(analysis, moved.from.stage) : null
  if (from?.id === old.id) return refused(`${quoted(old)} copies from itself on line ${moved.line}: disconnect that.`)
  const reason = from === null ? null : connectionRefusal(analysis, from.id, to.id)
  if (reason !== null) return refused(reason)
  const moves = from !== null && from.index > to.index
  const newIndex = moves ? indexAfterMove(from, to) : (index: number) => index
  const removal = withoutInstruction(analysis.file, maker)
  const others = moves ? moveEdits(analysis, from, to) : []
  const within = (each: TextEdit) => each.from >= maker.range.from && each.to <= maker.range.to
  const line = applyEdits(
    maker.raw,
    others
      .filter(within)
      .map(each => ({ ...each, from: each.from - maker.range.from, to: each.to - maker.range.from })),
  )
  return withoutSideEffects(analysis, {
    title,
    // A stage that stood behind the line goes with the line end that the line goes with.
    edits: merged([
      ...others.filter(each => !within(each)),
      removal,
      linePlaced(analysis, to, line, moved.destination, moved.kind === 'context'),
    ]),
    warnings: moves ? moveWarnings(analysis, from) : [],
    newIndex,
    changes: other => makerOf(analysis, other) === maker,
    wanted: (other, indexOf) =>
      other.kind === moved.kind &&
      indexOf(other.to) === newIndex(to.index) &&
      other.destination === moved.destination &&
      (from === null || (other.from.kind === 'stage' && indexOf(other.from.stage) === newIndex(from.index))),
  })
}

type Movable =
  { readonly kind: 'movable'; readonly moved: GraphEdge; readonly to: Stage; readonly maker: Instruction } | Refusal

function movable(analysis: Analysis, edge: EdgeId): Movable {
  const moved = writtenEdge(analysis, edge)
  if (moved.kind === 'refused') return moved
  const to = stageById(analysis, moved.to)
  if (to === null) return refused('That stage is no longer in the file.')
  if (moved.kind === 'base')
    return { kind: 'refused', reason: `${quoted(to)} is built FROM that: change its base instead.` }
  const maker = makerOf(analysis, moved)
  if (maker === null) return { kind: 'refused', reason: `Line ${moved.line} cannot be read: correct it first.` }
  return { kind: 'movable', moved, to, maker }
}

type NewReference =
  { readonly kind: 'reference'; readonly text: string } | { readonly kind: 'refused'; readonly reason: string }

/** What has to be written after `--from=`; '' for the build context. */
function newReference(analysis: Analysis, moved: GraphEdge, to: Stage, source: ConnectionSource): NewReference {
  switch (source.kind) {
    case 'context':
      return { kind: 'reference', text: '' }
    case 'image': {
      const text = source.reference.trim()
      const reason = imageRefusal(analysis, text) ?? copySourceRefusal(analysis, text)
      return reason === null ? { kind: 'reference', text } : { kind: 'refused', reason }
    }
    case 'stage': {
      const from = stageById(analysis, source.stage)
      if (from === null) return { kind: 'refused', reason: 'That stage is no longer in the file.' }
      const reason = connectionRefusal(analysis, from.id, to.id)
      if (reason !== null) return { kind: 'refused', reason }
      // Where two stages share the name, the one that moves up is no longer the last of them.
      const alone = analysis.graph.stages.every(stage => stage.name !== from.name || stage.id === from.id)
      const moves = from.index > to.index
      const text = moves && !alone ? String(to.index) : copyReference(analysis, from, moves ? to.index : from.index)
      if (moved.kind === 'mount' && (from.writtenName === null || text !== from.writtenName))
        return {
          kind: 'refused',
          reason: `A mount takes from a stage by its name only, and ${quoted(from)} has none of its own: name it first.`,
        }
      return { kind: 'reference', text }
    }
  }
}

/** Writes, changes or takes away what names the source; null where the instruction can name none. */
function referenceEdit(analysis: Analysis, moved: GraphEdge, maker: Instruction, text: string): TextEdit | null {
  const effective = maker.trigger ?? maker
  if (moved.kind === 'mount') return mountEdit(analysis, moved, maker, text)
  if (effective.keyword !== 'COPY') return null
  const flag = effective.flags.find(each => each.name === 'from')
  if (text === '') {
    if (flag !== undefined) return withoutFlag(analysis.file, maker, flag)
    return { from: maker.range.from, to: maker.range.from, insert: '' }
  }
  if (flag === undefined) return withFlags(effective, [], [`--from=${text}`])
  if (flag.value === text) return { from: flag.range.to, to: flag.range.to, insert: '' }
  return flag.valueRange === null ? { ...flag.range, insert: `--from=${text}` } : { ...flag.valueRange, insert: text }
}

function mountEdit(analysis: Analysis, moved: GraphEdge, maker: Instruction, text: string): TextEdit | null {
  const flag = mountFlagOf(maker.trigger ?? maker, moved)
  if (flag === null) return null
  const written = referencesOf(analysis).find(each => each.instruction === maker && each.flag === flag)
  if (written !== undefined) return { ...written.range, insert: text }
  const at = flag.valueRange?.from ?? null
  return at === null || text === '' ? null : { from: at, to: at, insert: `from=${text},` }
}
