import { describe, test } from 'vitest'
import { setBase } from '../../shared/edits/set-base.ts'
import { expectEdit, expectRefusal, type Gesture } from './expect-edit.ts'

const onImage =
  (title: string, reference: string): Gesture =>
  (analysis, stage) =>
    setBase(analysis, stage(title), { kind: 'image', reference })
const onStage =
  (title: string, base: string): Gesture =>
  (analysis, stage) =>
    setBase(analysis, stage(title), { kind: 'stage', stage: stage(base) })

describe('EDIT-32 only the word changes', () => {
  test('to another image', () =>
    expectEdit(
      'from  --platform=linux/amd64 golang:1.22  as build\r\nrun x\r\n',
      onImage('build', 'golang:1.23'),
      'from  --platform=linux/amd64 golang:1.23  as build\r\nrun x\r\n',
      { edges: '- image:golang:1.22 -base-> build\n+ image:golang:1.23 -base-> build' },
    ))
  test('to a stage', () =>
    expectEdit(
      'FROM golang AS Build\nFROM \\\n  alpine \\\n  AS final\n',
      onStage('final', 'Build'),
      'FROM golang AS Build\nFROM \\\n  build \\\n  AS final\n',
      { edges: '- image:alpine -base-> final\n+ Build -base-> final' },
    ))
  test('to nothing', () =>
    expectEdit(
      'FROM alpine\n',
      (analysis, stage) => setBase(analysis, stage('stage 0'), { kind: 'scratch' }),
      'FROM scratch\n',
      { edges: '- image:alpine -base-> stage 0\n+ scratch -base-> stage 0' },
    ))
  test('to a variable', () =>
    expectEdit('ARG V=3\nFROM alpine:3\n', onImage('stage 0', 'alpine:$V'), 'ARG V=3\nFROM alpine:$V\n'))
})

test('triggers of the new base come along', () =>
  expectEdit(
    'FROM alpine AS base\nONBUILD COPY . /src\nFROM golang AS final\n',
    onStage('final', 'base'),
    'FROM alpine AS base\nONBUILD COPY . /src\nFROM base AS final\n',
    {
      edges: `
        - image:golang -base-> final
        + base -base-> final
        + context: -context-> final . /src (onbuild)
      `,
    },
  ))

describe('refusals', () => {
  const text = `
    FROM golang AS build
    FROM alpine
    FROM build AS final
    `
  test('itself', () => expectRefusal(text, onStage('build', 'build'), '`build` cannot be built on itself.'))
  test('a stage that needs this one', () =>
    expectRefusal(text, onStage('build', 'final'), 'That would make a cycle: `final` → `build` → `final`.'))
  test('a stage below', () =>
    expectRefusal(
      text,
      onStage('stage 1', 'final'),
      '`final` stands below stage 1: FROM reaches only stages above it. Move `final` up first.',
    ))
  test('a stage without a name', () =>
    expectRefusal(text, onStage('final', 'stage 1'), 'stage 1 has no name that FROM could use: name it first.'))
  test('a stage given as an image', () =>
    expectRefusal(
      text,
      onImage('final', 'build'),
      '`build` is the stage on line 1, not an image: choose that stage instead.',
    ))
  test('no image at all', () => expectRefusal(text, onImage('final', ' '), 'Name an image, such as `alpine:3.20`.'))
})
