import { describe, expect, test } from 'vitest'
import { analyze } from '../../shared/analysis.ts'
import { renameStage } from '../../shared/edits/rename-stage.ts'
import { expectEdit, expectRefusal, type Gesture } from './expect-edit.ts'

const rename =
  (stage: string, name: string): Gesture =>
  (analysis, stageNamed) =>
    renameStage(analysis, stageNamed(stage), name)

test('EDIT-04 every reference by name follows', () =>
  expectEdit(
    `
    FROM golang AS Build
    FROM build AS tested
    FROM alpine AS final
    COPY --chown=0:0 --from=BUILD /a /a
    COPY --from="build" /b /b
    COPY --from=0 /c /c
    COPY --from=builder:1 /d /d
    RUN --mount=type=cache,target=/cache --mount=type=bind,from=Build,target=/src \\
        --mount="from=build,target=/x" make build
    `,
    rename('Build', 'compile'),
    `
    FROM golang AS compile
    FROM compile AS tested
    FROM alpine AS final
    COPY --chown=0:0 --from=compile /a /a
    COPY --from=compile /b /b
    COPY --from=0 /c /c
    COPY --from=builder:1 /d /d
    RUN --mount=type=cache,target=/cache --mount=type=bind,from=compile,target=/src \\
        --mount="from=compile,target=/x" make build
    `,
    { warnings: [] },
  ))

test('EDIT-04 the line that describes the stage follows, other comments do not', () =>
  expectEdit(
    '# build is slow\n# build: one\nFROM a AS build\n',
    rename('build', 'make'),
    '# make is slow\n# build: one\nFROM a AS make\n',
  ))

describe('EDIT-04 triggers', () => {
  test('that a stage of the file sets off follow', () =>
    expectEdit(
      `
      FROM golang AS build
      FROM alpine AS base
      ONBUILD COPY --from=build /a /a
      ONBUILD RUN --mount=from=build,target=/x make
      FROM base AS final
      FROM base
      `,
      rename('build', 'compile'),
      `
      FROM golang AS compile
      FROM alpine AS base
      ONBUILD COPY --from=compile /a /a
      ONBUILD RUN --mount=from=compile,target=/x make
      FROM base AS final
      FROM base
      `,
      { warnings: [] },
    ))

  test('that only other files set off follow with a word', () =>
    expectEdit(
      `
      FROM golang AS build
      FROM alpine
      ONBUILD COPY --from=build /a /a
      `,
      rename('build', 'compile'),
      `
      FROM golang AS compile
      FROM alpine
      ONBUILD COPY --from=compile /a /a
      `,
      {
        warnings: [
          'Line 3 is renamed too, though no stage here sets it off: Dockerfiles that build on the image must follow.',
        ],
      },
    ))
})

describe('names that come and go', () => {
  test('EDIT-05 an unnamed stage gets a name', () =>
    expectEdit(
      `
      from golang
      from alpine as final
      copy --from=0 /a /a
      `,
      rename('stage 0', 'build'),
      `
      from golang as build
      from alpine as final
      copy --from=0 /a /a
      `,
    ))

  test('EDIT-05 a name is taken away', () =>
    expectEdit(
      `
      FROM golang \\
        AS build
      FROM alpine AS final
      COPY --from=0 /a /a
      `,
      rename('build', ''),
      `
      FROM golang
      FROM alpine AS final
      COPY --from=0 /a /a
      `,
    ))

  test('unless it is used', () =>
    expectRefusal(
      `
      FROM golang AS build
      FROM alpine AS final
      COPY --from=build /a /a
      RUN --mount=from=build,target=/x x
      `,
      rename('build', ''),
      '`build` is used by its name (line 3, 4): give it another name instead of none.',
    ))

  test('the same name changes nothing', () => {
    const analysis = analyze('FROM golang AS build\n')
    const [build] = analysis.graph.stages
    if (build === undefined) throw new Error('One stage is written above.')
    expect(renameStage(analysis, build.id, 'build')).toMatchObject({ kind: 'edits', edits: [] })
  })
})

test('a stage of the same name above keeps its own references', () =>
  expectEdit(
    `
    FROM golang AS build
    FROM build AS tested
    FROM rust AS build
    FROM build AS checked
    `,
    (analysis, stage) => renameStage(analysis, stage('build'), 'compile'),
    `
    FROM golang AS build
    FROM build AS tested
    FROM rust AS compile
    FROM compile AS checked
    `,
  ))

describe('refusals', () => {
  const text = `
    FROM golang AS build
    FROM alpine AS final
    COPY --from=nginx /a /a
    RUN --mount=from=busybox,target=/x x
    `
  test('EDIT-06 of a name that would capture an image', () => {
    const captured = (name: string, line: number) =>
      `\`${name}\` is the image that line ${line} takes from, which would then mean this stage: choose another name.`
    expectRefusal(text, rename('build', 'alpine'), captured('alpine', 2))
    expectRefusal(text, rename('build', 'nginx'), captured('nginx', 3))
    expectRefusal(text, rename('final', 'nginx'), captured('nginx', 3))
    expectRefusal(text, rename('build', 'busybox'), captured('busybox', 4))
  })
  test('not of an image that only stages above it are built on', () =>
    expectEdit(
      'FROM alpine AS a\nFROM debian AS b\n',
      rename('b', 'alpine'),
      'FROM alpine AS a\nFROM debian AS alpine\n',
    ))
  test('EDIT-06 of a taken or reserved name', () => {
    expectRefusal(text, rename('build', 'final'), 'There is already a stage `final` on line 2: choose another name.')
    expectRefusal(text, rename('build', 'context'), '`context` is reserved by BuildKit: choose another name.')
    expectRefusal(text, rename('build', 'Build'), 'Stage names are lower case: write `build`.')
  })
  test('of a stage that a variable stands for', () =>
    expectRefusal(
      'ARG BASE=dev\nFROM golang AS dev\nFROM $BASE AS final\n',
      rename('dev', 'develop'),
      'Line 3 reaches `dev` through a variable (`$BASE`): write the name there first.',
    ))
})

test('a variable that may stand for the stage with other arguments is pointed out', () =>
  expectEdit(
    'ARG KIND=prod\nFROM golang AS base-dev\nFROM rust AS base-prod\nFROM base-${KIND}\n',
    rename('base-dev', 'develop'),
    'ARG KIND=prod\nFROM golang AS develop\nFROM rust AS base-prod\nFROM base-${KIND}\n',
    {
      warnings: [
        'Line 4 takes its base from a variable (`base-${KIND}`), which may stand for `base-dev` with other build arguments.',
      ],
    },
  ))
