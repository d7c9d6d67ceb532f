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
const workdir = 'FROM golang:1.22 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /out/app\nFROM alpine:3\n'

describe('LINT-08 advice is a hint at its line', () => {
  const examples: readonly (readonly [title: string, text: string, expected: string])[] = [
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
    ['a folder that things were built in', `${workdir}COPY --from=build /src /src`, '6 hint whole-workdir-copy'],
    ['a path that no step says', `${workdir}COPY --from=build /dist/server /app`, '6 hint unwritten-source'],
    ['compilers in the image', `${build}FROM golang:1\nCOPY --from=build /a /a`, '3 hint build-tools-in-final-stage'],
    [
      'packages for building in the image',
      `${build}FROM alpine:3\nRUN apk add --no-cache gcc\nCOPY --from=build /a /a`,
      '4 hint build-tools-in-final-stage',
    ],
    ['root’s files under a user', 'FROM alpine:3\nUSER app\nCOPY a /app/', '3 hint root-owned-copy'],
    ['a secret', 'FROM alpine:3\nCOPY id_rsa /root/.ssh/', '2 warning secret-copied'],
  ]
  test.each(examples)('%s', (_, text, expected) => expect(advice(text)).toEqual([expected]))

  test('every rule has an example but the one that goes by files as they were built', () => {
    const shown = new Set(examples.map(([, , expected]) => expected.split(' ').at(-1)))
    expect([...names].filter(rule => !shown.has(rule))).toEqual(['source-not-found'])
  })
})

describe('LINT-08 no advice on', () => {
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
    ...[
      ['a path that a flag names', 'RUN go build -o /out/app .', '/out/app'],
      ['the folder that a path is written in', 'RUN go build -o /out/app .', '/out/'],
      ['a path of the working directory', 'WORKDIR /src\nRUN go build', '/src/app'],
      ['a path that was copied', 'COPY a /in/', '/in/a'],
      ['a path above one that was copied', 'COPY a /in/a/b', '/in'],
      ['a path of the system', 'RUN true', '/etc/ssl/certs'],
      ['a path that a script may write', 'COPY build.sh .\nRUN ./build.sh', '/dist'],
      ['a path that only a variable tells', 'ARG W\nWORKDIR $W\nRUN go build', '/dist'],
      ['a pattern', 'RUN true', '/dist/*.so'],
    ].map(([title = '', steps = '', path = '']): [string, string] => [
      title,
      `FROM golang:1.22 AS build\n${steps}\nFROM scratch\nCOPY --from=build ${path} /a`,
    ]),
    [
      'a path of an image that nobody knows',
      'FROM example.org/tools:1 AS build\nFROM scratch\nCOPY --from=build /x /x',
    ],
    ['an example of a secret, and public certificates', 'FROM alpine:3\nCOPY .env.example ca-bundle.pem key.pub /a/'],
    ['files given to the user', 'FROM alpine:3\nUSER app\nCOPY --chown=app a /app/'],
    ['root’s own files', 'FROM alpine:3\nUSER root\nCOPY a /app/\nUSER 0:0\nCOPY a /app/'],
    ['folders of the system', 'FROM alpine:3\nUSER app\nCOPY a /usr/bin/'],
    ['a user that a variable names', 'FROM alpine:3\nUSER $NOBODY\nCOPY a /app/'],
    [
      'a folder with packages alone',
      'FROM node:22 AS packages\nWORKDIR /app\nCOPY package*.json .\nRUN npm ci\nFROM node:22-slim\nCOPY --from=packages /app /app',
    ],
    ['one stage that builds and runs', 'FROM golang:1.22\nRUN apt-get install -y gcc'],
    [
      'tools that go in the same layer',
      `${build}FROM alpine:3\nRUN apk add --virtual .tools gcc && make && apk del .tools\nCOPY --from=build /a /a`,
    ],
    ['a file that asks for none', '# check=skip=moving-tag\nFROM alpine'],
  ])('%s', (_, text) => expect(advice(text)).toEqual([]))

  test('LINT-09 advice is no error where lint is', () =>
    expect(advice('# check=error=true\nFROM alpine:3\nCOPY .env /app/')).toEqual(['3 warning secret-copied']))

  test('an image that was spoken of before', () =>
    expect(advice('FROM alpine AS a\nFROM alpine AS b')).toEqual(['1 hint moving-tag']))
})
