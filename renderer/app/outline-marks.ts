import { useMemo } from 'react'
import type { Analysis } from '../../shared/analysis.ts'
import { choiceText, neededWhen } from '../../shared/graph/needed-when.ts'
import { whyNotNeeded } from '../../shared/graph/why-not-needed.ts'
import type { Diagnostic, Stage, StageId } from '../../shared/graph/stage-graph.ts'
import { formatCount } from '../ui/quantities.ts'
import type { OutlineRow } from './outline-rows.ts'

/** What a row says of its stage beside its name. */
export interface StageMark {
  readonly count: number
  readonly worst?: string
  readonly problems?: string
  readonly unneeded?: string
  /** The same as a sentence. */
  readonly why?: string | undefined
}

export function useStageMarks(analysis: Analysis): (stage: Stage) => StageMark {
  return useMemo(() => {
    const found = new Map<StageId | null, Diagnostic[]>()
    for (const diagnostic of analysis.diagnostics) {
      const own = found.get(diagnostic.stage)
      if (own === undefined) found.set(diagnostic.stage, [diagnostic])
      else own.push(diagnostic)
    }
    return stage => {
      const own = found.get(stage.id) ?? []
      const worst = (['error', 'warning', 'hint'] as const).find(kind => own.some(each => each.severity === kind))
      const choice = stage.reachable ? undefined : neededWhen(analysis).get(stage.id)
      return {
        count: own.length,
        ...(worst !== undefined && { worst, problems: formatCount(own.length, 'problem') }),
        ...(!stage.reachable && {
          unneeded: choice === undefined ? 'not needed' : `when ${choiceText(choice)}`,
          why: choice === undefined ? whyNotNeeded(analysis.graph).get(stage.id) : `Needed when ${choiceText(choice)}`,
        }),
      }
    }
  }, [analysis])
}

/** Says all that stands in the row; what is not its own text is drawn from `data-words`, so that the name begins with it. */
export function rowLabel(row: OutlineRow, mark: StageMark | null, isTarget: boolean): string {
  const parts = [row.selection.kind === 'stage' ? `Stage ${row.text}` : `${row.keyword} ${row.text}`.trim()]
  if (isTarget) parts.push('target')
  if (mark?.problems !== undefined) parts.push(mark.problems)
  if (mark?.unneeded !== undefined) parts.push(mark.unneeded)
  return [...parts, `line ${row.line}`].join(', ')
}
