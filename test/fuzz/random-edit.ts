import type { Analysis } from '../../shared/analysis.ts'
import { addInstruction } from '../../shared/edits/add-instruction.ts'
import { addSources } from '../../shared/edits/add-sources.ts'
import { addStage } from '../../shared/edits/add-stage.ts'
import { addStarter } from '../../shared/edits/add-starter.ts'
import { buildOnLaterStage } from '../../shared/edits/build-on-later-stage.ts'
import { connectContext } from '../../shared/edits/connect-context.ts'
import { connectImage } from '../../shared/edits/connect-image.ts'
import { connectStages } from '../../shared/edits/connect-stages.ts'
import { stageText } from '../../shared/edits/copy-stages.ts'
import { disconnect, disconnectSource } from '../../shared/edits/disconnect.ts'
import { duplicateStage } from '../../shared/edits/duplicate-stage.ts'
import { duplicateStages } from '../../shared/edits/duplicate-stages.ts'
import { refused, type EditOutcome } from '../../shared/edits/edit-outcome.ts'
import { extractImage } from '../../shared/edits/extract-image.ts'
import { ignoreAtInstruction, ignoreInFile } from '../../shared/edits/ignore-rule.ts'
import { inlineImage } from '../../shared/edits/inline-image.ts'
import { moveInstruction, moveInstructionDown, moveInstructionUp } from '../../shared/edits/move-instruction.ts'
import { moveStageAbove, moveStageBelow, moveStageDown, moveStageUp } from '../../shared/edits/move-stage.ts'
import { moveStages } from '../../shared/edits/move-stages.ts'
import { nameForIndex } from '../../shared/edits/name-for-index.ts'
import { pasteStages } from '../../shared/edits/paste-stages.ts'
import { reconnectEnd } from '../../shared/edits/reconnect-end.ts'
import { reconnectSource, reconnectTarget } from '../../shared/edits/reconnect.ts'
import { indexToName, nameToIndex } from '../../shared/edits/reference-form.ts'
import { removeInstruction } from '../../shared/edits/remove-instruction.ts'
import { removeStage } from '../../shared/edits/remove-stage.ts'
import { removeStages } from '../../shared/edits/remove-stages.ts'
import { renameStage } from '../../shared/edits/rename-stage.ts'
import { setArguments, setWords } from '../../shared/edits/set-arguments.ts'
import { setBase } from '../../shared/edits/set-base.ts'
import { setCopy } from '../../shared/edits/set-copy.ts'
import { setDescription } from '../../shared/edits/set-description.ts'
import { setFlags } from '../../shared/edits/set-flags.ts'
import { setForm } from '../../shared/edits/set-form.ts'
import { setInstruction } from '../../shared/edits/set-instruction.ts'
import { addMount, removeMount, setMount } from '../../shared/edits/set-mount.ts'
import { addPair, removePair, setPair } from '../../shared/edits/set-pairs.ts'
import { setPlatform } from '../../shared/edits/set-platform.ts'
import { stageForVariable } from '../../shared/edits/stage-for-variable.ts'
import type { EdgeId, StageId } from '../../shared/graph/stage-graph.ts'
import { starters } from '../../shared/starters/starters.ts'
import type { TextEdit } from '../../shared/text/text-edit.ts'
import type { Random } from './random.ts'

interface Chosen {
  readonly analysis: Analysis
  readonly random: Random
  readonly stage: StageId
  readonly other: StageId
  readonly edge: EdgeId
  /** An index among the file's instructions. */
  readonly step: number
  /** One of those instructions, where there is one. */
  readonly stepOf: (...keywords: readonly string[]) => number
  readonly name: string
  readonly path: string
  readonly word: string
}

const names = ['build', 'final', 'a', 'b-2', 'Base', 'scratch', '1x', '', 'alpine', 'new stage']
const paths = ['/a', '.', '/a b', 'x*', '[x', '"q"', '/out/', '$HOME', 'https://a.b/c.tgz']
const images = ['alpine:3', 'scratch', 'nginx', '$BASE', 'ghcr.io/a/b@sha256:0', 'x y', 'build']
const texts = [
  'RUN make',
  'COPY a /b',
  'ENV A=1',
  'run x \\\n  y',
  'RUN <<E\nx\nE',
  'FROM x',
  '# no',
  'RUN a\nRUN b',
  'ONBUILD COPY --from=0 /a /b',
  'HEALTHCHECK CMD x',
  'ARG V=1',
]

export const gestures: Readonly<Record<string, (chosen: Chosen) => EditOutcome>> = {
  'add stage': ({ analysis, random, stage, name, word }) =>
    addStage(analysis, {
      base: random.pick([{ kind: 'image', reference: word }, { kind: 'stage', stage }, { kind: 'scratch' }] as const),
      name,
      after: random.pick([null, stage]),
    }),
  rename: ({ analysis, stage, name }) => renameStage(analysis, stage, name),
  remove: ({ analysis, random, stage, other }) =>
    removeStage(
      analysis,
      stage,
      random.pick([{ kind: 'none' }, { kind: 'parent' }, { kind: 'stage', stage: other }] as const),
    ),
  'remove several': ({ analysis, stage, other }) => removeStages(analysis, [stage, other]),
  duplicate: ({ analysis, stage }) => duplicateStage(analysis, stage),
  move: ({ analysis, stage, other }) => moveStageAbove(analysis, stage, other),
  'move up': ({ analysis, stage }) => moveStageUp(analysis, stage),
  'move below': ({ analysis, stage, other }) => moveStageBelow(analysis, stage, other),
  'move down': ({ analysis, stage }) => moveStageDown(analysis, stage),
  'move several': ({ analysis, random, stage, other }) =>
    moveStages(analysis, [stage, other], random.pick([null, analysis.graph.stages[0]?.id ?? null])),
  'duplicate several': ({ analysis, stage, other }) => duplicateStages(analysis, [stage, other]),
  'add starter': ({ analysis, random, stage }) =>
    addStarter(analysis, random.pick(starters), random.pick([null, stage])),
  'build on later': ({ analysis, stage, other }) => buildOnLaterStage(analysis, stage, other),
  paste: ({ analysis, random, stage, other }) =>
    pasteStages(analysis, stageText(analysis, [stage, other]), random.pick([null, stage])),
  'set base': ({ analysis, random, stage, other, word }) =>
    setBase(
      analysis,
      stage,
      random.pick([
        { kind: 'image', reference: word },
        { kind: 'stage', stage: other },
      ] as const),
    ),
  platform: ({ analysis, random, stage }) =>
    setPlatform(analysis, stage, random.pick([null, 'linux/arm64', '$BUILDPLATFORM', 'x y'])),
  describe: ({ analysis, random, stage }) => setDescription(analysis, stage, random.pick(['', 'what it does', 'a\nb'])),
  connect: ({ analysis, stage, other, path }) =>
    connectStages(analysis, { from: stage, to: other, source: path, destination: '/to' }),
  'connect image': ({ analysis, stage, path, word }) =>
    connectImage(analysis, { reference: word, to: stage, source: '/from', destination: path }),
  'connect context': ({ analysis, stage, path }) =>
    connectContext(analysis, { to: stage, source: path, destination: path }),
  disconnect: ({ analysis, edge }) => disconnect(analysis, edge),
  'disconnect source': ({ analysis, edge }) =>
    disconnectSource(analysis, edge, analysis.graph.edges.find(each => each.id === edge)?.sources[0] ?? ''),
  'reconnect source': ({ analysis, random, edge, stage, word }) =>
    reconnectSource(
      analysis,
      edge,
      random.pick([{ kind: 'stage', stage }, { kind: 'image', reference: word }, { kind: 'context' }] as const),
    ),
  'reconnect target': ({ analysis, edge, stage }) => reconnectTarget(analysis, edge, stage),
  'reconnect end': ({ analysis, random, edge, stage, word }) =>
    reconnectEnd(
      analysis,
      edge,
      random.pick(['source', 'target'] as const),
      random.pick([
        { kind: 'stage', stage },
        { kind: 'image', reference: word },
      ] as const),
    ),
  'add sources': ({ analysis, edge, path }) => addSources(analysis, edge, [path, '/more']),
  'name for index': ({ analysis, edge, name }) => nameForIndex(analysis, edge, name),
  'index to name': ({ analysis, edge }) => indexToName(analysis, edge),
  'name to index': ({ analysis, edge }) => nameToIndex(analysis, edge),
  'extract image': ({ analysis, edge }) => extractImage(analysis, edge),
  'inline image': ({ analysis, stage }) => inlineImage(analysis, stage),
  'stage for variable': ({ analysis, edge }) => stageForVariable(analysis, edge),
  'set copy': ({ analysis, random, stepOf, path }) =>
    setCopy(
      analysis,
      stepOf('COPY', 'ADD'),
      random.pick([
        { sources: [path, 'y'] },
        { destination: path },
        { chown: '1:1', link: true, exclude: ['*.md'] },
        { chown: null, link: false, exclude: [] },
      ]),
    ),
  'set flags': ({ analysis, random, stepOf }) =>
    setFlags(
      analysis,
      stepOf('RUN', 'HEALTHCHECK', 'COPY', 'ADD'),
      random.pick([
        { network: 'none' },
        { network: null },
        { interval: '5s' },
        { checksum: 'sha256:0' },
        { from: '0' },
      ]),
    ),
  'add mount': ({ analysis, stepOf, path }) => addMount(analysis, stepOf('RUN'), { type: 'cache', target: path }),
  'set mount': ({ analysis, random, stepOf, path }) =>
    setMount(
      analysis,
      stepOf('--mount'),
      0,
      random.pick([{ target: path }, { type: 'tmpfs' }, { from: null, readonly: true }]),
    ),
  'remove mount': ({ analysis, stepOf }) => removeMount(analysis, stepOf('--mount'), 0),
  'set arguments': ({ analysis, random, step }) =>
    setArguments(analysis, step, random.pick(['make', '["a", "b"]', 'a \\\n  b', 'A=1', '<<E\nx\nE', '-- x', ''])),
  'set words': ({ analysis, random, stepOf, path }) =>
    setWords(analysis, stepOf('CMD', 'ENTRYPOINT', 'EXPOSE', 'VOLUME', 'RUN'), random.pick([['a', 'b'], [path], []])),
  'set form': ({ analysis, random, stepOf }) =>
    setForm(analysis, stepOf('CMD', 'ENTRYPOINT', 'RUN'), random.pick(['json', 'shell'] as const)),
  'set pair': ({ analysis, random, stepOf, word }) =>
    setPair(
      analysis,
      stepOf('ENV', 'LABEL', 'ARG'),
      random.below(2),
      random.pick([{ value: word }, { value: null }, { key: 'B' }]),
    ),
  'add pair': ({ analysis, random, stepOf }) =>
    addPair(analysis, stepOf('ENV', 'LABEL', 'ARG'), random.pick(['B=2', 'B', 'B=x y', '="', 'B=\\'])),
  'remove pair': ({ analysis, random, stepOf }) => removePair(analysis, stepOf('ENV', 'LABEL', 'ARG'), random.below(3)),
  ignore: ({ analysis }) => ignoreInFile(analysis, 'StageNameCasing'),
  'ignore here': ({ analysis, step }) => {
    const instruction = analysis.file.instructions[step]
    return instruction === undefined
      ? refused('There is no instruction.')
      : ignoreAtInstruction(analysis, instruction, 'StageNameCasing')
  },
  'move instruction up': ({ analysis, step }) => moveInstructionUp(analysis, step),
  'move instruction down': ({ analysis, step }) => moveInstructionDown(analysis, step),
  'add instruction': ({ analysis, random, stage, step }) =>
    addInstruction(analysis, stage, random.pick(texts), random.pick([null, step])),
  'set instruction': ({ analysis, random, step }) => setInstruction(analysis, step, random.pick(texts)),
  'move instruction': ({ analysis, random, step }) =>
    moveInstruction(analysis, step, random.pick([null, step - 1, step + 2])),
  'remove instruction': ({ analysis, step }) => removeInstruction(analysis, step),
}

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
