import { test } from 'vitest'
import { duplicateStage } from '../../shared/edits/duplicate-stage.ts'
import { expectEdit, expectRefusal, type Gesture } from './expect-edit.ts'

const duplicate =
  (title: string, name: string | null = null): Gesture =>
  (analysis, stage) =>
    duplicateStage(analysis, stage(title), name)

test('EDIT-11 the copy stands below with its comments, and numbers keep their meaning', () =>
  expectEdit(
    `
    FROM alpine AS one

    # build compiles
    FROM golang AS build
    COPY --from=0 /a /a
    # twice
    RUN make

    FROM rust AS three
    FROM scratch
    COPY --from=1 /b /b
    COPY --from=2 /c /c
    `,
    duplicate('build'),
    `
    FROM alpine AS one

    # build compiles
    FROM golang AS build
    COPY --from=0 /a /a
    # twice
    RUN make

    # build-2 compiles
    FROM golang AS build-2
    COPY --from=0 /a /a
    # twice
    RUN make

    FROM rust AS three
    FROM scratch
    COPY --from=1 /b /b
    COPY --from=3 /c /c
    `,
    { edges: '+ image:golang -base-> build-2\n+ one -copy-> build-2 /a /a' },
  ))

test('EDIT-46 so does a comment below its last step', () =>
  expectEdit(
    'FROM a AS one\n# end\n\nFROM b AS two\nFROM c\n',
    duplicate('one'),
    'FROM a AS one\n# end\n\nFROM a AS one-2\n# end\n\nFROM b AS two\nFROM c\n',
    { edges: '+ image:a -base-> one-2' },
  ))

test('the last stage is copied above, so that it stays the target', () =>
  expectEdit(
    'from a as one\r\nfrom b\r\nrun x',
    duplicate('stage 1', 'two'),
    'from a as one\r\nfrom b as two\r\nrun x\r\nfrom b\r\nrun x',
    { edges: '+ image:b -base-> two', warnings: [] },
  ))

test('a stage called like its own image is copied above', () =>
  expectEdit(
    'FROM nginx AS nginx\nFROM scratch\n',
    duplicate('nginx'),
    'FROM nginx AS nginx-2\nFROM nginx AS nginx\nFROM scratch\n',
    { edges: '+ image:nginx -base-> nginx-2' },
  ))

test('EDIT-11 a copy of a copy counts on', () =>
  expectEdit(
    'FROM a AS one\nFROM a AS one-2\nFROM b\n',
    duplicate('one-2'),
    'FROM a AS one\nFROM a AS one-2\nFROM a AS one-3\nFROM b\n',
    { edges: '+ image:a -base-> one-3' },
  ))

test('a name that is taken is refused', () =>
  expectRefusal(
    'FROM a AS one\nFROM b AS two\n',
    duplicate('one', 'two'),
    'There is already a stage `two` on line 2: choose another name.',
  ))
