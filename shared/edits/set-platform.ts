import type { Analysis } from '../analysis.ts'
import { stageTitle, type StageId } from '../graph/stage-graph.ts'
import { edits, refused, type EditOutcome } from './edit-outcome.ts'
import { flagValue, withFlags, withoutFlag } from './flag-edits.ts'
import { withoutSideEffects } from './side-effects.ts'
import { quoted } from './stage-names.ts'
import { fromInstruction, stageById } from './stage-text.ts'

/** Gives a FROM another `--platform`, its first one, or with null none. */
export function setPlatform(analysis: Analysis, stage: StageId, platform: string | null): EditOutcome {
  const changed = stageById(analysis, stage)
  if (changed === null) return refused('That stage is no longer in the file.')
  const from = fromInstruction(analysis, changed)
  const written = from.flags.filter(flag => flag.name === 'platform')
  const [flag] = written
  const wanted = platform?.trim() ?? null
  if (wanted === null) {
    const title = `Take the platform from ${stageTitle(changed)}`
    if (flag === undefined) return edits(title, [])
    const list = written.map(each => withoutFlag(analysis.file, from, each))
    return withoutSideEffects(analysis, { title, edits: list })
  }
  const value = flagValue(wanted)
  if (value === null || value !== wanted)
    return refused(`\`${wanted}\` is no platform: write one such as \`linux/amd64\` or \`$BUILDPLATFORM\`.`)
  const title = `Build ${stageTitle(changed)} for ${wanted}`
  if (flag?.value === wanted) return edits(title, [])
  return withoutSideEffects(analysis, {
    title,
    edits: [
      flag === undefined
        ? withFlags(from, from.flags, [`--platform=${value}`])
        : flag.valueRange === null
          ? { ...flag.range, insert: `--platform=${value}` }
          : { ...flag.valueRange, insert: value },
    ],
    warnings:
      changed.baseSource.kind === 'stage'
        ? [`${quoted(changed)} is built on a stage and takes its platform: BuildKit does not look at this one.`]
        : [],
  })
}
