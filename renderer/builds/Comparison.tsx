import { useMemo } from 'react'
import { compareBuilds, type ComparedStep, type StepOutcome } from '../../shared/builds/compare-builds.ts'
import type { BuildState } from '../../shared/builds/build-state.ts'
import { DiffView } from '../source/DiffView.tsx'
import { formatDuration } from '../ui/quantities.ts'
import { formatDifference } from './difference.ts'

/** What two builds did, step by step, and what changed in the text between them. */
export function Comparison({ before, after }: { readonly before: BuildState; readonly after: BuildState }) {
  const steps = useMemo(() => compareBuilds(before, after), [before, after])
  const [was, is] = [before.analysis.file.text, after.analysis.file.text]
  return (
    <div className="comparison">
      <table>
        <thead>
          <tr>
            <th scope="col">Stage</th>
            <th scope="col">Step</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
            <th scope="col">Change</th>
          </tr>
        </thead>
        <tbody>
          <tr className="comparison-whole">
            <td colSpan={2}>The whole build</td>
            <td>{formatDuration(before.milliseconds ?? 0)}</td>
            <td>{formatDuration(after.milliseconds ?? 0)}</td>
            <td>{formatDifference((after.milliseconds ?? 0) - (before.milliseconds ?? 0))}</td>
          </tr>
          {steps.map((step, at) => (
            <tr key={at} data-change={changeOf(step)}>
              <td>{step.stage}</td>
              <td className="code">
                {step.keyword} {step.gist}
              </td>
              <td>{outcomeWords(step.before)}</td>
              <td>{outcomeWords(step.after)}</td>
              <td>{changeWords(step)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {argumentChanges(before.request.buildArgs, after.request.buildArgs).map(words => (
        <p key={words} className="comparison-same code">
          {words}
        </p>
      ))}
      {was === is ? <p className="comparison-same">The text is the same.</p> : <DiffView before={was} after={is} />}
    </div>
  )
}

/** `WORD: one → two`, for each argument that was given otherwise. */
function argumentChanges(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>) {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter(name => before[name] !== after[name])
    .map(name => `${name}: ${before[name] ?? 'default'} → ${after[name] ?? 'default'}`)
}

function outcomeWords(outcome: StepOutcome | null): string {
  if (outcome === null) return '–'
  if (outcome.state === 'cached') return 'cached'
  return outcome.milliseconds === null ? outcome.state : formatDuration(outcome.milliseconds)
}

function changeWords(step: ComparedStep): string {
  switch (changeOf(step)) {
    case 'added':
      return 'new'
    case 'removed':
      return 'gone'
    case 'slower':
    case 'faster':
      return formatDifference(step.difference ?? 0)
    case 'same':
      return ''
  }
}

function changeOf({ before, after, difference }: ComparedStep): 'added' | 'removed' | 'slower' | 'faster' | 'same' {
  if (before === null) return 'added'
  if (after === null) return 'removed'
  if (difference === null || difference === 0) return 'same'
  return difference > 0 ? 'slower' : 'faster'
}
