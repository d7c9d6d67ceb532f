import { describe, test } from 'vitest'
import { defaultInputs } from '../../shared/analysis.ts'
import { moveStages } from '../../shared/edits/move-stages.ts'
import type { Replacement } from '../../shared/edits/remove-stage.ts'
import { removeStages } from '../../shared/edits/remove-stages.ts'
import { expectEdit, expectRefusal, type Gesture } from './expect-edit.ts'

const remove =
  (titles: string, replacement?: Replacement): Gesture =>
  (analysis, stage) =>
    removeStages(analysis, titles.split(' ').map(stage), replacement)
const move =
  (titles: string, above: string | null): Gesture =>
  (analysis, stage) =>
    moveStages(analysis, titles.split(' ').map(stage), above === null ? null : stage(above))

const file = `
  FROM a AS one

  # needs one
  FROM one AS two
  COPY --from=one /a /a

  FROM b AS three
  COPY --from=two /b /b
  COPY --from=1 /c /c

  FROM c AS final
  COPY --from=2 /d /d
`

describe('EDIT-15 remove', () => {
  test('what they take from each other is nobody’s loss', () =>
    expectEdit(
      file,
      remove('one two'),
      `
  FROM b AS three

  FROM c AS final
  COPY --from=0 /d /d
`,
      {
        edges: `
          - image:a -base-> one
          - one -base-> two
          - one -copy-> two /a /a
          - two -copy-> three /b /b
          - two -copy-> three /c /c
        `,
        warnings: ['`three` copies `/b` from `two` (line 8).', '`three` copies `/c` from `two` (line 9).'],
      },
    ))
  test('the last ones, with the target', () =>
    expectEdit(
      file,
      remove('three final'),
      `
  FROM a AS one

  # needs one
  FROM one AS two
  COPY --from=one /a /a
`,
      {
        edges: `
        - image:b -base-> three
        - image:c -base-> final
        - two -copy-> three /b /b
        - two -copy-> three /c /c
        - three -copy-> final /d /d
      `,
        warnings: ['`two` is now the last stage: it is what a build without a target makes.'],
        broken: true,
      },
    ))
  test('what is left takes from what they were built on', () =>
    expectEdit(
      file,
      remove('one two', { kind: 'parent' }),
      `
  FROM b AS three
  COPY --from=a /b /b
  COPY --from=a /c /c

  FROM c AS final
  COPY --from=0 /d /d
`,
      {
        edges: `
          - image:a -base-> one
          - one -base-> two
          - one -copy-> two /a /a
          - two -copy-> three /b /b
          - two -copy-> three /c /c
          + image:a -copy-> three /b /b
          + image:a -copy-> three /c /c
        `,
      },
    ))
  test('all of them, and what is gone, are refused', () => {
    expectRefusal(
      'FROM a AS one\nFROM b AS two\n',
      remove('one two'),
      'These are all the stages: a Dockerfile needs one.',
    )
    expectRefusal(
      file,
      (analysis, stage) => removeStages(analysis, [stage('one'), stage('two')], { kind: 'stage', stage: stage('two') }),
      'A stage that goes cannot take the place of another one: choose one that stays.',
    )
  })
})

describe('EDIT-14 move', () => {
  const four = 'FROM a AS a\n\nFROM b AS b\n\nFROM c AS c\nCOPY --from=1 /x /x\n\nFROM d AS d\nCOPY --from=2 /y /y\n'
  test('up, in their order', () =>
    expectEdit(
      four,
      move('b c', 'a'),
      'FROM b AS b\n\nFROM c AS c\nCOPY --from=0 /x /x\n\nFROM a AS a\n\nFROM d AS d\nCOPY --from=1 /y /y\n',
      { warnings: [] },
    ))
  test('down, in their order, and from both sides', () => {
    expectEdit(
      'FROM a AS a\nFROM b AS b\nFROM c AS c\nFROM d AS d\nCOPY --from=0 /x /x\nFROM e AS e\nCOPY --from=1 /y /y\n',
      move('a b e', 'd'),
      'FROM c AS c\nFROM a AS a\nFROM b AS b\nFROM e AS e\nCOPY --from=2 /y /y\nFROM d AS d\nCOPY --from=1 /x /x\n',
      { warnings: ['`d` is now the last stage: it is what a build without a target makes.'] },
    )
  })
  test('to the end', () =>
    expectEdit(
      'FROM a AS a\n\nFROM b AS b\nCOPY --from=0 /x /x\n\nFROM c AS c\n',
      move('a b', null),
      'FROM c AS c\n\nFROM a AS a\n\nFROM b AS b\nCOPY --from=1 /x /x\n',
      { warnings: ['`b` is now the last stage: it is what a build without a target makes.'] },
    ))
  test('not above what they need', () => {
    expectRefusal(four, move('c d', 'b'), '`c` cannot move above `b`: it needs `b` on line 6.')
    expectRefusal(four, move('a b', 'b'), '`b` cannot stand above itself.')
  })
  test('a build of a named target goes on making it', () =>
    expectEdit('FROM a AS a\nFROM b AS b\n', move('b', 'a'), 'FROM b AS b\nFROM a AS a\n', {
      inputs: { ...defaultInputs, target: 'b' },
      warnings: [],
    }))
})
