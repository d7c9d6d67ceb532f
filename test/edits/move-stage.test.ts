import { describe, test } from 'vitest'
import { moveStageAbove, moveStageBelow, moveStageDown, moveStageUp } from '../../shared/edits/move-stage.ts'
import { expectEdit, expectRefusal, type Gesture } from './expect-edit.ts'

const move =
  (title: string, above: string): Gesture =>
  (analysis, stage) =>
    moveStageAbove(analysis, stage(title), stage(above))

test('EDIT-12 a stage moves with its comments, numbers keep their meaning', () =>
  expectEdit(
    `
    FROM golang AS one

    # the second
    FROM rust AS two

    # the third
    FROM node AS three
    COPY --from=0 /a /a
    # end of three

    FROM alpine AS final
    COPY --from=0 /a /a
    COPY --from=1 /b /b
    COPY --from=2 /c /c
    `,
    move('three', 'two'),
    `
    FROM golang AS one

    # the third
    FROM node AS three
    COPY --from=0 /a /a
    # end of three

    # the second
    FROM rust AS two

    FROM alpine AS final
    COPY --from=0 /a /a
    COPY --from=2 /b /b
    COPY --from=1 /c /c
    `,
    { warnings: [] },
  ))

describe('EDIT-46 a comment below the last step', () => {
  test('goes with the stage, and stays apart from the next FROM where no blank lines part stages', () =>
    expectEdit(
      'FROM a AS one\nFROM b AS two\nRUN x\n# RUN y\n  # RUN z\n\nFROM c AS three\nFROM d AS four\n',
      move('two', 'one'),
      'FROM b AS two\nRUN x\n# RUN y\n  # RUN z\n\nFROM a AS one\nFROM c AS three\nFROM d AS four\n',
    ))

  test('at the end of the file stays with the last stage, also above what comes below it', () =>
    expectEdit(
      'FROM a AS one\r\nFROM b AS two\r\n# end of two',
      move('two', 'one'),
      'FROM b AS two\r\n# end of two\r\n\r\nFROM a AS one',
    ))

  test('belongs to the next FROM where it touches it, describes its stage or sets its checks', () => {
    expectEdit(
      'FROM a AS one\nFROM b AS two\n# ships\nFROM c AS three\n',
      move('two', 'one'),
      'FROM b AS two\nFROM a AS one\n# ships\nFROM c AS three\n',
    )
    for (const comment of ['# note\n# three ships it', '# check=skip=StageNameCasing'])
      expectEdit(
        `FROM a AS one\nFROM b AS two\n${comment}\n\nFROM c AS three\n`,
        move('two', 'one'),
        `FROM b AS two\nFROM a AS one\n${comment}\n\nFROM c AS three\n`,
      )
  })

  test('stands by itself behind a blank line, and stays where it is', () =>
    expectEdit(
      'FROM a AS one\n\nFROM b AS two\n\n# section\n\nFROM c AS three\n',
      move('two', 'one'),
      'FROM b AS two\n\nFROM a AS one\n\n# section\n\nFROM c AS three\n',
    ))
})

test('its own numbers change with it', () =>
  expectEdit(
    `
    FROM golang AS one
    FROM rust AS two
    FROM alpine AS three
    COPY --from=0 /a /a
    FROM alpine AS final
    COPY --from=2 /a /a
    `,
    move('three', 'two'),
    `
    FROM golang AS one
    FROM alpine AS three
    COPY --from=0 /a /a
    FROM rust AS two
    FROM alpine AS final
    COPY --from=1 /a /a
    `,
  ))

test('the last stage moves up in a file without a final line end', () =>
  expectEdit(
    'FROM a AS one\r\n\r\nFROM b AS two\r\nRUN x',
    move('two', 'one'),
    'FROM b AS two\r\nRUN x\r\n\r\nFROM a AS one',
    { warnings: ['`one` is now the last stage: it is what a build without a target makes.'] },
  ))

test('a comment that would become a directive does not', () =>
  expectEdit(
    'FROM a AS one\nFROM b AS two\n# check=skip=all\nFROM c AS three\n',
    move('three', 'one'),
    '\n\n# check=skip=all\nFROM c AS three\nFROM a AS one\nFROM b AS two\n',
  ))

describe('refusals', () => {
  const text = `
    FROM golang AS one
    FROM one AS two
    FROM alpine
    `
  test('EDIT-13 above what it needs', () =>
    expectRefusal(text, move('two', 'one'), '`two` cannot move above `one`: it needs `one` on line 2.'))
  test('where it already is', () => {
    expectRefusal(text, move('one', 'two'), '`one` already stands above `two`.')
    expectRefusal(text, move('one', 'one'), '`one` cannot stand above itself.')
  })
  test('above what then would mean it', () =>
    expectRefusal(
      'FROM golang AS build\nFROM alpine AS packages\nFROM debian AS alpine\n',
      move('alpine', 'packages'),
      'Line 2 takes from the image `alpine` and would no longer do so.',
    ))
})

const up: Gesture = (analysis, stage) => moveStageUp(analysis, stage('two'))
const down: Gesture = (analysis, stage) => moveStageDown(analysis, stage('two'))
const three = 'FROM a AS one\nFROM b AS two\nFROM c AS three\nCOPY --from=0 /a /a\n'

test('EDIT-13 up and down change places with the neighbour', () => {
  expectEdit(three, up, 'FROM b AS two\nFROM a AS one\nFROM c AS three\nCOPY --from=1 /a /a\n')
  expectEdit(three, down, 'FROM a AS one\nFROM c AS three\nCOPY --from=0 /a /a\nFROM b AS two\n', {
    warnings: ['`two` is now the last stage: it is what a build without a target makes.'],
  })
})

test('up and down end at the ends, and at what needs the stage', () => {
  expectRefusal('FROM a AS two\n', up, '`two` is the first stage already.')
  expectRefusal('FROM a AS two\n', down, '`two` is the last stage already.')
  expectRefusal(
    'FROM a AS two\nFROM two AS three\n',
    down,
    '`three` cannot move above `two`: it needs `two` on line 2.',
  )
})

test('a stage moves down over several, unless one of them needs it', () => {
  const four = `${three}FROM d AS four\n`
  expectEdit(
    four,
    move('two', 'four'),
    'FROM a AS one\nFROM c AS three\nCOPY --from=0 /a /a\nFROM b AS two\nFROM d AS four\n',
  )
  expectRefusal(four, move('one', 'four'), '`one` cannot move below `three`, which needs it on line 4.')
})

describe('below another stage', () => {
  const below =
    (stage: number, other: number): Gesture =>
    analysis => {
      const { stages } = analysis.graph
      const [moved, place] = [stages[stage], stages[other]]
      if (moved === undefined || place === undefined) throw new Error('There is no such stage.')
      return moveStageBelow(analysis, moved.id, place.id)
    }
  const text = 'FROM a AS one\nFROM b AS two\nFROM c AS three\n'

  test('between two others, next to the last one, and past it', () => {
    expectEdit(text, below(0, 1), 'FROM b AS two\nFROM a AS one\nFROM c AS three\n')
    const warnings = ['`one` is now the last stage: it is what a build without a target makes.']
    expectEdit(text, below(0, 2), 'FROM b AS two\nFROM c AS three\nFROM a AS one\n', { warnings })
    const other = ['`two` is now the last stage: it is what a build without a target makes.']
    expectEdit(text, below(1, 2), 'FROM a AS one\nFROM c AS three\nFROM b AS two\n', { warnings: other })
  })

  test('where it stands already it stays', () => {
    expectRefusal(text, below(1, 0), '`two` already stands there.')
    expectRefusal(text, below(1, 1), '`two` already stands there.')
  })
})

describe('EDIT-49 a comment that blank lines part from the stages above and below it', () => {
  const headed = `FROM a AS one

# ---- two ----

FROM b AS two
RUN x

# ---- three ----

# and more of it

# ships
FROM c AS three

# ---- four ----

FROM d AS four
`

  test('goes with the stage where it heads that one alone', () => {
    expectEdit(
      headed,
      move('three', 'two'),
      `FROM a AS one

# ---- three ----

# and more of it

# ships
FROM c AS three

# ---- two ----

FROM b AS two
RUN x

# ---- four ----

FROM d AS four
`,
    )
    expectEdit(
      headed,
      (analysis, stage) => moveStageDown(analysis, stage('three')),
      `FROM a AS one

# ---- two ----

FROM b AS two
RUN x

# ---- four ----

FROM d AS four

# ---- three ----

# and more of it

# ships
FROM c AS three
`,
      { warnings: ['`three` is now the last stage: it is what a build without a target makes.'] },
    )
  })

  test('stays where it heads several, and what moves above the first of them stands above it', () =>
    expectEdit(
      `FROM a AS one

# ---- tools ----

FROM b AS two

FROM c AS three

FROM d AS four
`,
      move('four', 'two'),
      `FROM a AS one

FROM d AS four

# ---- tools ----

FROM b AS two

FROM c AS three
`,
      { warnings: ['`three` is now the last stage: it is what a build without a target makes.'] },
    ))
})
