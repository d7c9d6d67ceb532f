import { describe, expect, test } from 'vitest'
import { analyze } from '../../shared/analysis.ts'
import { coachRules } from '../../shared/checks/coach/rules.ts'
import { dockerfile } from '../graph/expect-graph.ts'

const names = new Set(coachRules.map(({ rule }) => rule))

function advice(text: string): string[] {
  return analyze(dockerfile(text))
    .diagnostics.filter(({ rule }) => names.has(rule))
    .map(({ line, severity, rule }) => `${line} ${severity} ${rule}`)
}

const build = 'FROM alpine:3 AS build\nRUN make\n'

describe('advice is a hint at its line', () => {
  test.each([
    ['an index for a stage', `${build}FROM scratch\nCOPY --from=0 /a /a`, '4 hint index-instead-of-name'],
    ['a stage that can never be built', 'FROM alpine:3\nFROM scratch', '1 hint unused-stage'],
    ['a copy of what is there', `${build}FROM build\nCOPY --from=build /a /a/`, '4 hint copy-from-ancestor'],
    ['one system over another', `${build}FROM debian:12\nCOPY --from=build / /`, '4 hint whole-filesystem-copy'],
    ['no tag', 'FROM registry:5000/app', '1 hint moving-tag'],
    ['latest', 'FROM alpine:latest', '1 hint moving-tag'],
    [
      'a file put in place of another',
      'FROM alpine:3\nCOPY a.conf /b.conf\nADD c.conf /b.conf',
      '3 hint duplicate-destination',
    ],
  ])('%s', (_, text, expected) => expect(advice(text)).toEqual([expected]))
})

describe('no advice on', () => {
  test.each([
    ['a named stage that may be a target', 'FROM alpine:3 AS test\nFROM scratch'],
    ['a stage copied from by its name', `${build}FROM scratch\nCOPY --from=build /a /b`],
    ['everything into an empty stage', `${build}FROM scratch\nCOPY --from=build / /`],
    ['an image made to be laid over', 'FROM tools:1 AS xx\nFROM alpine:3\nCOPY --from=xx / /'],
    ['a copy to another place', `${build}FROM build\nCOPY --from=build /a /b`],
    ['tags and digests', `FROM b@sha256:${'0'.repeat(64)} AS b\nFROM a:1`],
    ['an argument for the tag', 'ARG TAG=latest\nFROM alpine:$TAG'],
    ['a stage, and the empty base', 'FROM scratch AS base\nFROM base'],
    ['files that a command ran between', 'FROM alpine:3\nCOPY a.c /b.c\nRUN cc /b.c\nCOPY d.c /b.c'],
    ['folders', 'FROM alpine:3\nCOPY a /etc\nCOPY b /etc\nCOPY c.conf /etc/'],
    ['a file that asks for none', '# check=skip=moving-tag\nFROM alpine'],
  ])('%s', (_, text) => expect(advice(text)).toEqual([]))

  test('an image that was spoken of before', () =>
    expect(advice('FROM alpine AS a\nFROM alpine AS b')).toEqual(['1 hint moving-tag']))
})
