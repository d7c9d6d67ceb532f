import { describe, expect, test } from 'vitest'
import { analyze, defaultInputs } from '../../shared/analysis.ts'
import { addStage } from '../../shared/edits/add-stage.ts'
import { expectEdit, expectRefusal, type Gesture } from './expect-edit.ts'

const add =
  (reference: string, name: string, after: string | null = null): Gesture =>
  (analysis, stage) =>
    addStage(analysis, { base: { kind: 'image', reference }, name, after: after === null ? null : stage(after) })
const addOn =
  (base: string, name: string, after: string | null = null): Gesture =>
  (analysis, stage) =>
    addStage(analysis, {
      base: { kind: 'stage', stage: stage(base) },
      name,
      after: after === null ? null : stage(after),
    })

describe('where the stage goes', () => {
  test('EDIT-01 above the final one and its comments, so that the target stays', () =>
    expectEdit(
      `
      FROM golang AS build
      RUN x
      # end of build

      # what is shipped
      FROM alpine
      `,
      add('node:22', 'web'),
      `
      FROM golang AS build
      RUN x
      # end of build

      FROM node:22 AS web

      # what is shipped
      FROM alpine
      `,
      { edges: '+ image:node:22 -base-> web', warnings: [] },
    ))

  test('EDIT-01 after the selected stage', () =>
    expectEdit(
      `
      FROM golang AS build
      FROM alpine AS packages
      FROM alpine AS final
      `,
      add('node', 'web', 'build'),
      `
      FROM golang AS build
      FROM node AS web
      FROM alpine AS packages
      FROM alpine AS final
      `,
      { edges: '+ image:node -base-> web' },
    ))

  test('EDIT-02 below the final one where that is its base, with a word on the target', () =>
    expectEdit(
      `
      FROM golang AS build

      FROM alpine AS final
      CMD x
      `,
      addOn('final', 'debug'),
      `
      FROM golang AS build

      FROM alpine AS final
      CMD x

      FROM final AS debug
      `,
      {
        edges: '+ final -base-> debug',
        warnings: ['`debug` is now the last stage: it is what a build without a target makes.'],
      },
    ))

  test('first in a file with global arguments, below them', () =>
    expectEdit(
      `
      # syntax=docker/dockerfile:1
      ARG VERSION=1
      FROM alpine AS final
      `,
      add('node', 'web'),
      `
      # syntax=docker/dockerfile:1
      ARG VERSION=1
      FROM node AS web

      FROM alpine AS final
      `,
      { edges: '+ image:node -base-> web' },
    ))

  test('behind a byte order mark', () =>
    expectEdit('\uFEFFFROM alpine AS final\n', add('node', 'web'), '\uFEFFFROM node AS web\n\nFROM alpine AS final\n', {
      edges: '+ image:node -base-> web',
    }))
})

describe('an empty document', () => {
  test('gets one line', () =>
    expectEdit('', add('alpine', 'final'), 'FROM alpine AS final\n', {
      edges: '+ image:alpine -base-> final',
      broken: true,
    }))
  test('with directives and arguments keeps them on top', () =>
    expectEdit(
      '# syntax=docker/dockerfile:1\r\nARG V=1\r\n',
      add('alpine:$V', ''),
      '# syntax=docker/dockerfile:1\r\nARG V=1\r\nFROM alpine:$V\r\n',
      { edges: '+ image:alpine:1 -base-> stage 0', broken: true },
    ))
})

describe("EDIT-03 the document's habits", () => {
  test('case of FROM and AS, blank lines, carriage returns, no final line end', () =>
    expectEdit(
      'FROM golang as build\r\n\r\n\r\nFROM alpine as final',
      add('node', 'web', 'final'),
      'FROM golang as build\r\n\r\n\r\nFROM alpine as final\r\n\r\n\r\nFROM node as web',
      { edges: '+ image:node -base-> web' },
    ))
  test('lower case throughout', () =>
    expectEdit('from golang\nrun x\n', add('node', 'web'), 'from node as web\n\nfrom golang\nrun x\n', {
      edges: '+ image:node -base-> web',
    }))
})

test('numbers keep meaning the same stages, out-of-range ones stay out of range', () =>
  expectEdit(
    `
    FROM golang AS one
    FROM rust AS two
    FROM alpine AS final
    COPY --from=0 /a /a
    COPY --from=1 /b /b
    COPY --chown=1 --from=+01 /c /c
    COPY --from=3 /d /d
    `,
    add('node', 'web', 'one'),
    `
    FROM golang AS one
    FROM node AS web
    FROM rust AS two
    FROM alpine AS final
    COPY --from=0 /a /a
    COPY --from=2 /b /b
    COPY --chown=1 --from=2 /c /c
    COPY --from=4 /d /d
    `,
    { edges: '+ image:node -base-> web' },
  ))

test('EDIT-02 a stage may start from nothing', () =>
  expectEdit(
    'FROM alpine AS final\n',
    analysis => addStage(analysis, { base: { kind: 'scratch' }, name: 'bare', after: null }),
    'FROM scratch AS bare\n\nFROM alpine AS final\n',
    {
      edges: '+ scratch -base-> bare',
    },
  ))

describe('refusals', () => {
  const text = `
    FROM golang AS build
    FROM alpine
    COPY --from=nginx /etc /etc
    FROM debian
    `
  test('of names', () => {
    expectRefusal(text, add('node', 'Web'), 'Stage names are lower case: write `web`.')
    expectRefusal(
      text,
      add('node', '1web'),
      '`1web` is no stage name: it must start with a letter and hold only lower-case letters, digits, `-`, `_` and `.`.',
    )
    expectRefusal(text, add('node', 'scratch'), '`scratch` is reserved by BuildKit: choose another name.')
    expectRefusal(text, add('node', 'build'), 'There is already a stage `build` on line 1: choose another name.')
    expectRefusal(
      text,
      add('node', 'web'),
      '`web` is a named build context, which would replace the stage: choose another name.',
      { ...defaultInputs, namedContexts: ['web'] },
    )
  })
  test('of a name that others use for an image', () => {
    expectRefusal(text, add('node', 'nginx'), 'Line 3 takes from the image `nginx` and would no longer do so.')
    expectRefusal(text, add('node', 'debian'), 'Line 4 takes from the image `debian` and would no longer do so.')
  })
  test('of bases', () => {
    expectRefusal(text, addOn('stage 1', 'web'), 'stage 1 has no name that FROM could use: name it first.')
    expectRefusal(
      'FROM a AS one\nFROM b AS two\n',
      addOn('two', 'web', 'one'),
      '`two` stands below: FROM reaches only stages above it.',
    )
    expectRefusal(
      text,
      add('build', 'web', 'build'),
      '`build` is the stage on line 1, not an image: choose that stage instead.',
    )
    expectRefusal(text, add('a b', 'web'), 'An image reference has no blanks in it: `a b`.')
  })
})

test('the title says what was added', () => {
  const outcome = addStage(analyze(''), { base: { kind: 'image', reference: 'alpine' }, name: '', after: null })
  expect(outcome).toMatchObject({ kind: 'edits', title: 'Add stage FROM alpine' })
})
