import { describe, expect, test } from 'vitest'
import { analyze } from '../../shared/analysis.ts'
import { removeStage, stageDependents, type Replacement } from '../../shared/edits/remove-stage.ts'
import { dedented, expectEdit, expectRefusal, type Gesture } from './expect-edit.ts'

const remove =
  (title: string, replacement?: Replacement): Gesture =>
  (analysis, stage) =>
    removeStage(analysis, stage(title), replacement)
const replace =
  (title: string, by: string): Gesture =>
  (analysis, stage) =>
    removeStage(analysis, stage(title), { kind: 'stage', stage: stage(by) })

describe('what goes', () => {
  test('EDIT-07 EDIT-49 the comment that heads it alone, and not one that heads others, too', () => {
    expectEdit(
      'FROM a AS one\n\n# two\n\nFROM b AS two\n\n# three\n\nFROM c AS three\n',
      remove('two'),
      'FROM a AS one\n\n# three\n\nFROM c AS three\n',
      { edges: '- image:b -base-> two' },
    )
    expectEdit(
      'FROM a AS one\n\n# tools\n\nFROM b AS two\n\nFROM c AS three\n',
      remove('two'),
      'FROM a AS one\n\n# tools\n\nFROM c AS three\n',
      { edges: '- image:b -base-> two' },
    )
  })

  test('EDIT-07 EDIT-46 the text, the comments directly above it and the one below its last step', () =>
    expectEdit(
      `
      # the file

      # compiles
      # in a moment
      FROM golang AS build
      # inside
      RUN x
      # end of build

      # what is shipped
      FROM alpine AS final
      `,
      remove('build'),
      `
      # the file

      # what is shipped
      FROM alpine AS final
      `,
      { edges: '- image:golang -base-> build', warnings: [] },
    ))

  test('heredocs and continuations', () =>
    expectEdit(
      'FROM alpine AS a\nRUN <<EOF\nFROM x\nEOF\nRUN a \\\n  # note\n  b\nFROM alpine AS b\n',
      remove('a'),
      'FROM alpine AS b\n',
      { edges: '- image:alpine -base-> a' },
    ))

  test('the last stage, with the blank lines above it', () =>
    expectEdit(
      'FROM golang AS build\r\nRUN x\r\n\r\n# what is shipped\r\nFROM alpine AS final\r\nCMD y\r\n',
      remove('final'),
      'FROM golang AS build\r\nRUN x\r\n',
      {
        edges: '- image:alpine -base-> final',
        warnings: ['`build` is now the last stage: it is what a build without a target makes.'],
      },
    ))

  test('the last stage of a file without a final line end', () =>
    expectEdit('FROM golang AS build\n\nFROM alpine AS final', remove('final'), 'FROM golang AS build', {
      edges: '- image:alpine -base-> final',
    }))

  test('nothing of the directives, and no comment becomes one', () =>
    expectEdit(
      '# syntax=docker/dockerfile:1\nFROM golang AS build\n# check=skip=all\nFROM alpine AS final\n',
      remove('build'),
      '# syntax=docker/dockerfile:1\n\n# check=skip=all\nFROM alpine AS final\n',
      { edges: '- image:golang -base-> build' },
    ))
})

describe('what came from it', () => {
  test('EDIT-08 copies and mounts go, other numbers follow, children take its base', () =>
    expectEdit(
      `
      FROM node:22 AS deps
      RUN npm ci

      FROM deps AS tested
      FROM golang AS build
      FROM alpine AS final
      # modules
      COPY --from=deps /app/node_modules /app/node_modules
      COPY --from=0 /a /a
      COPY --from=2 /bin/x /bin/x
      RUN --mount=type=bind,from=deps,target=/deps \\
          --mount=type=cache,target=/cache \\
          make
      `,
      remove('deps'),
      `
      FROM node:22 AS tested
      FROM golang AS build
      FROM alpine AS final
      # modules
      COPY --from=1 /bin/x /bin/x
      RUN --mount=type=cache,target=/cache \\
          make
      `,
      {
        edges: `
          - image:node:22 -base-> deps
          - deps -base-> tested
          + image:node:22 -base-> tested
          - deps -copy-> final /app/node_modules /app/node_modules
          - deps -copy-> final /a /a
          - deps -mount-> final /deps
        `,
      },
    ))

  test('a platform that children had through it is written out', () =>
    expectEdit(
      `
      FROM --platform=$BUILDPLATFORM golang AS base
      FROM base AS build
      `,
      remove('base'),
      `
      FROM --platform=$BUILDPLATFORM golang AS build
      `,
      {
        edges: `
        - image:golang -base-> base
        - base -base-> build
        + image:golang -base-> build
      `,
      },
    ))

  test('a trigger that copies from it goes', () =>
    expectEdit(
      `
      FROM golang AS build
      FROM alpine AS base
      ONBUILD COPY --from=build /a /a
      FROM base AS one
      FROM base AS two
      `,
      remove('build'),
      `
      FROM alpine AS base
      FROM base AS one
      FROM base AS two
      `,
      {
        edges: `
        - image:golang -base-> build
        - build -copy-> one /a /a (onbuild)
        - build -copy-> two /a /a (onbuild)
      `,
      },
    ))

  test('a copy that stands directly above it goes, too', () =>
    expectEdit(
      'FROM alpine\nCOPY --from=a /app /app\nFROM alpine AS a\nFROM alpine\n',
      remove('a'),
      'FROM alpine\nFROM alpine\n',
      { edges: '- image:alpine -base-> a\n- a -copy-> stage 0 /app /app' },
    ))

  test('EDIT-10 is listed beforehand', () => {
    const analysis = analyze(
      dedented(`
      FROM node AS deps
      RUN npm ci
      FROM deps AS test
      FROM alpine AS final
      COPY --from=deps /a /b /c/
      RUN --mount=from=deps,target=/deps x
      `),
    )
    const [deps, test] = analysis.graph.stages
    if (deps === undefined || test === undefined) throw new Error('Three stages are written above.')
    expect(stageDependents(analysis, deps.id)).toEqual([
      '`test` is built on `deps` (line 3) and would be built on `node`.',
      '`final` copies `/a`, `/b` from `deps` (line 5).',
      '`final` mounts `deps` at `/deps` (line 6).',
    ])
    expect(stageDependents(analysis, test.id)).toEqual([])
  })
})

describe('EDIT-09 what came from it comes from elsewhere instead', () => {
  const file = `
    FROM node AS deps
    FROM alpine
    FROM deps AS build
    RUN make
    FROM build AS tests
    FROM scratch AS final
    COPY --link --from=build /a /a
    RUN --mount=from=build,target=/b x
    COPY --from=1 /c /c
  `
  const fromDeps = `
    FROM node AS deps
    FROM alpine
    FROM deps AS tests
    FROM scratch AS final
    COPY --link --from=deps /a /a
    RUN --mount=from=deps,target=/b x
    COPY --from=1 /c /c
  `
  const edgesFromDeps = `
    - deps -base-> build
    - build -base-> tests
    + deps -base-> tests
    - build -copy-> final /a /a
    + deps -copy-> final /a /a
    - build -mount-> final /b
    + deps -mount-> final /b
  `
  test('from the stage it was built on', () =>
    expectEdit(file, remove('build', { kind: 'parent' }), fromDeps, {
      edges: edgesFromDeps,
      warnings: [
        '`tests` is built on `build` (line 5) and would be built on `deps`.',
        '`final` copies `/a` from `build` (line 7) and would take that from `deps`.',
        '`final` mounts `build` at `/b` (line 8) and would take that from `deps`.',
        'What `build` did (1 steps) is gone from the stages built on it.',
      ],
    }))
  test('from its image', () =>
    expectEdit(
      'FROM --platform=linux/amd64 nginx:1 AS nginx\nFROM scratch\nCOPY --from=0 /a /a\nONBUILD COPY --from=nginx /b /b\nFROM b\n',
      remove('nginx', { kind: 'parent' }),
      'FROM scratch\nCOPY --from=nginx:1 /a /a\nONBUILD COPY --from=nginx /b /b\nFROM b\n',
      {
        edges: '- image:nginx:1 -base-> nginx\n- nginx -copy-> stage 0 /a /a\n+ image:nginx:1 -copy-> stage 0 /a /a',
        warnings: [
          'stage 1 copies `/a` from `nginx` (line 3) and would take that from `nginx:1`.',
          '`nginx` chose the platform `linux/amd64`, which `--from` cannot.',
        ],
      },
    ))
  test('from another stage, which children are built on, too', () =>
    expectEdit(file, replace('build', 'deps'), fromDeps, {
      edges: edgesFromDeps,
    }))
  test('not from what stands below, takes from it itself, or has no name', () => {
    expectRefusal(
      file,
      replace('deps', 'final'),
      '`final` stands below `build`, which would need it: move it up first.',
    )
    expectRefusal(file, replace('build', 'tests'), '`tests` itself takes from the stage that goes: choose another one.')
    expectRefusal(file, replace('build', 'build'), '`build` cannot take its own place: choose another stage.')
    expectRefusal(
      file,
      replace('build', 'stage 1'),
      'Line 5 cannot be built on that stage, which has no name of its own: name it first.',
    )
    expectRefusal(
      'ARG V=1\nFROM a:$V AS one\nFROM b\nCOPY --from=one /a /a\n',
      remove('one', { kind: 'parent' }),
      'BuildKit does not expand variables in --from: make a stage of `a:$V` and copy from that.',
    )
  })
})

describe('refusals', () => {
  test('the only stage', () =>
    expectRefusal('FROM alpine AS final\n', remove('final'), '`final` is the only stage: a Dockerfile needs one.'))
  test('a stage that a variable stands for', () =>
    expectRefusal(
      'ARG BASE=dev\nFROM golang AS dev\nFROM $BASE AS final\n',
      remove('dev'),
      'Line 3 is built FROM `dev` through a variable: write another base there first.',
    ))
})
