import { addInstruction } from '../../shared/edits/add-instruction.ts'
import { refused } from '../../shared/edits/edit-outcome.ts'
import { ignoreAtInstruction, ignoreInFile } from '../../shared/edits/ignore-rule.ts'
import { moveInstruction, moveInstructionDown, moveInstructionUp } from '../../shared/edits/move-instruction.ts'
import { removeInstruction } from '../../shared/edits/remove-instruction.ts'
import { setArguments, setWords } from '../../shared/edits/set-arguments.ts'
import { setCopy } from '../../shared/edits/set-copy.ts'
import { setFlags } from '../../shared/edits/set-flags.ts'
import { setForm } from '../../shared/edits/set-form.ts'
import { setInstruction } from '../../shared/edits/set-instruction.ts'
import { addMount, removeMount, setMount } from '../../shared/edits/set-mount.ts'
import { addPair, removePair, setPair } from '../../shared/edits/set-pairs.ts'
import type { Gestures } from './chosen.ts'

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

/** Gestures on the steps of a stage. */
export const stepGestures: Gestures = {
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
