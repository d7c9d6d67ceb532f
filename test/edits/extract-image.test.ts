import { test } from 'vitest'
import { extractImage } from '../../shared/edits/extract-image.ts'
import { inlineImage } from '../../shared/edits/inline-image.ts'
import { edgeOf } from './edges.ts'
import { expectEdit, expectRefusal, type Gesture } from './expect-edit.ts'

const extract =
  (name: string | null = null): Gesture =>
  analysis =>
    extractImage(analysis, edgeOf(analysis, 'copy', '/y'), name)
const inline: Gesture = (analysis, stage) => inlineImage(analysis, stage('uv'))

const withImage = `
  FROM a

  FROM b AS two
  COPY --link --from=example.org/x/uv:1@sha256:${'0'.repeat(64)} /x /y
  RUN --mount=from=example.org/x/uv:1@sha256:${'0'.repeat(64)},target=/m z

  FROM c
  COPY --from=1 /z /z
  `
const withStage = `
  FROM a

  FROM example.org/x/uv:1@sha256:${'0'.repeat(64)} AS uv

  FROM b AS two
  COPY --link --from=uv /x /y
  RUN --mount=from=uv,target=/m z

  FROM c
  COPY --from=2 /z /z
  `
const image = `image:example.org/x/uv:1@sha256:${'0'.repeat(64)}`

test('EDIT-36 an image becomes a stage above what takes from it, and back', () => {
  expectEdit(withImage, extract(), withStage, {
    edges: `
      + ${image} -base-> uv
      - ${image} -copy-> two /x /y
      - ${image} -mount-> two /m
      + uv -copy-> two /x /y
      + uv -mount-> two /m
    `,
  })
  expectEdit(withStage, inline, withImage, {
    edges: `
      - ${image} -base-> uv
      + ${image} -copy-> two /x /y
      + ${image} -mount-> two /m
      - uv -copy-> two /x /y
      - uv -mount-> two /m
    `,
  })
})

test('a name that would catch another image is avoided, or refused where it is asked for', () => {
  const text = 'FROM nginx AS one\nCOPY --from=nginx /x /y\n'
  expectEdit(text, extract(), 'FROM nginx AS nginx-2\n\nFROM nginx AS one\nCOPY --from=nginx-2 /x /y\n', {
    edges: `
      + image:nginx -base-> nginx-2
      - image:nginx -copy-> one /x /y
      + nginx-2 -copy-> one /x /y
    `,
  })
  expectRefusal(text, extract('nginx'), 'Line 1 takes from the image `nginx` and would no longer do so.')
  expectRefusal(text, extract('one'), 'There is already a stage `one` on line 1: choose another name.')
})

test('what comes from a stage is no image', () =>
  expectRefusal(
    'FROM a AS one\nFROM b\nCOPY --from=one /x /y\n',
    extract(),
    'Line 3 copies or mounts nothing from an image.',
  ))

test('a stage that is more than an image stays one', () => {
  const because = (text: string, reason: string) =>
    expectRefusal(text, inline, `\`uv\` ${reason}, so \`--from\` cannot name an image instead.`)
  const users = 'FROM b\nCOPY --from=uv /x /y\n'
  because(`FROM a AS uv\nRUN x\n${users}`, 'does more than its image (1 steps)')
  because(`FROM scratch AS uv\n${users}`, 'is built on no image')
  because(`FROM --platform=linux/arm64 a AS uv\n${users}`, 'chooses a platform')
  because(`ARG A=a\nFROM $A AS uv\n${users}`, 'takes its image from a variable')
  because('FROM a AS uv\n', 'is what a build makes')
  because(`FROM a AS uv\nFROM uv AS two\n${users}`, 'is what line 2 is built on')
  expectRefusal('FROM a AS uv\nFROM b\n', inline, 'Nothing takes from `uv`: remove it instead.')
})

test('triggers that copy the same paths from different places are told apart by their order', () =>
  expectEdit(
    `
    FROM alpine AS base
    ONBUILD COPY --from=2 /x /y
    ONBUILD COPY --from=tool /x /y
    FROM base AS app
    FROM debian AS last
    `,
    extract('extracted'),
    `
    FROM alpine AS base
    ONBUILD COPY --from=3 /x /y
    ONBUILD COPY --from=extracted /x /y
    FROM tool AS extracted
    FROM base AS app
    FROM debian AS last
    `,
    {
      edges: `
        + image:tool -base-> extracted
        + extracted -copy-> app /x /y (onbuild)
        - image:tool -copy-> app /x /y (onbuild)
      `,
    },
  ))
