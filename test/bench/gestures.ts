import { analyze, type Analysis } from '../../shared/analysis.ts'
import type { EditOutcome } from '../../shared/edits/edit-outcome.ts'
import { gestures } from '../fuzz/random-edit.ts'
import { Random } from '../fuzz/random.ts'
import { milliseconds } from './measure.ts'

/** Every stage eleven lines, among them a mount, several sources, an image and a variable. */
function dockerfile(stages: number): string {
  let text = 'ARG TAG=1\n'
  for (let index = 0; index < stages; index++)
    text += `
# Stage ${index}
FROM ${index < 3 ? 'alpine:3.20' : `stage-${index - 3}`} AS stage-${index}
ARG TAG
COPY --link --from=nginx:1 /etc/nginx /etc/nginx/${index}
COPY ${index < 3 ? '' : `--from=${index - 3} `}/out /more /in/
RUN --mount=type=cache,target=/root/.npm \\
    npm ci
ENV NODE_ENV=production
CMD ["node", "server.js"]
`
  return text
}

const sizes = [26, 104, 208]
const analyses = sizes.map(size => analyze(dockerfile(size)))

/** What a gesture takes of a stage in the middle; null where it is refused. */
function timed(analysis: Analysis, gesture: string): number | null {
  const { stages, edges } = analysis.graph
  const stage = stages[stages.length >> 1]
  const other = stages[(stages.length >> 1) + 2]
  const edge = edges.find(each => each.to === stage?.id && each.from.kind === 'image') ?? edges.at(-1)
  if (stage === undefined || other === undefined || edge === undefined) return null
  const run = (): EditOutcome | undefined =>
    gestures[gesture]?.({
      analysis,
      random: new Random(1),
      stage: stage.id,
      other: other.id,
      edge: edge.id,
      step: stage.steps[1]?.instruction ?? 0,
      stepOf: (...keywords) =>
        stage.steps.find(
          step => keywords.includes(step.keyword) || (keywords.includes('--mount') && step.keyword === 'RUN'),
        )?.instruction ?? 0,
      name: 'renamed',
      path: '/a',
      word: 'debian:12',
    })
  return run()?.kind === 'edits' ? milliseconds(run, 60) : null
}

const lines = analyses.map(({ file }) => file.lineStarts.length)
console.log('\ngestures on a stage in the middle, by lines')
console.log(['', ...lines.map(count => `${count} lines, ms`), '× per doubling'].map(cell => cell.padStart(20)).join(''))
for (const gesture of Object.keys(gestures)) {
  const times = analyses.map(analysis => timed(analysis, gesture))
  const [first, last] = [times[0] ?? null, times.at(-1) ?? null]
  const doublings = Math.log2((lines.at(-1) ?? 1) / (lines[0] ?? 1))
  const growth = first === null || last === null ? 'refused' : Math.pow(last / first, 1 / doublings).toFixed(2)
  console.log([gesture, ...times.map(time => time?.toFixed(2) ?? ''), growth].map(cell => cell.padStart(20)).join(''))
}
