import type { Analysis } from '../../shared/analysis.ts'
import type { EditOutcome } from '../../shared/edits/edit-outcome.ts'
import type { TextEdit } from '../../shared/text/text-edit.ts'
import type { Gestures } from './chosen.ts'
import { graphGestures } from './random-edit-graph.ts'
import { stepGestures } from './random-edit-steps.ts'
import type { Random } from './random.ts'

const names = ['build', 'final', 'a', 'b-2', 'Base', 'scratch', '1x', '', 'alpine', 'new stage']
const paths = ['/a', '.', '/a b', 'x*', '[x', '"q"', '/out/', '$HOME', 'https://a.b/c.tgz']
const images = ['alpine:3', 'scratch', 'nginx', '$BASE', 'ghcr.io/a/b@sha256:0', 'x y', 'build']

export const gestures: Gestures = { ...graphGestures, ...stepGestures }

/** Any gesture on anything; null where the file has nothing to begin with. */
export function randomGesture(
  analysis: Analysis,
  random: Random,
): { readonly name: string; readonly outcome: EditOutcome } | null {
  const { stages, edges } = analysis.graph
  const name = random.pick(Object.keys(gestures))
  if (stages.length === 0 || edges.length === 0) return null
  const stepOf = (...keywords: readonly string[]) => {
    const fitting = analysis.file.instructions.filter(
      ({ keyword, flags }) => keywords.includes(keyword) || flags.some(flag => keywords.includes(`--${flag.name}`)),
    )
    return fitting.length === 0 ? 0 : random.pick(fitting).index
  }
  const outcome = gestures[name]?.({
    analysis,
    random,
    stepOf,
    stage: random.pick(stages).id,
    other: random.pick(stages).id,
    edge: random.pick(edges).id,
    step: random.below(analysis.file.instructions.length),
    name: random.pick(names),
    path: random.pick(paths),
    word: random.pick(images),
  })
  return outcome === undefined ? null : { name, outcome }
}

const pieces = [
  '\n',
  '\r\n',
  '\\\n',
  ' \\ \n# note\n\n',
  '#',
  '"',
  "'",
  '<<EOF\n',
  'EOF\n',
  'FROM ',
  'FROM x AS y\n',
  ' AS x',
  'COPY --from=0 /a /b\n',
  '--from=y ',
  '--mount=from=y,target=/z ',
  'ONBUILD ',
  '$',
  '${X:-y}',
  '`',
  '\t',
  '[',
  ']',
  '\uFEFF',
  '\0',
  '\r',
  'ä',
  '# escape=`\n',
  '# check=skip=all\n',
]

/** What a hand on the keyboard does: a few characters come, go or are replaced, anywhere. */
export function randomTyping(text: string, random: Random): TextEdit {
  const from = random.below(text.length + 1)
  const length = random.pick([0, 0, 0, 1, 1, 2, 20, 200])
  return {
    from,
    to: Math.min(text.length, from + length),
    insert: length > 0 && random.below(2) === 0 ? '' : random.pick(pieces),
  }
}
