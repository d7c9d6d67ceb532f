import { describe, expect, test } from 'vitest'
import { analyze, defaultInputs } from '../../shared/analysis.ts'
import { dockerfile, expectGraph, findings } from './expect-graph.ts'

describe('named contexts', () => {
  test('take the place of images, by name and by latest, in FROM, COPY and mounts', () =>
    expectGraph(
      `
      FROM golang AS a
      FROM golang:latest AS b
      FROM golang:1 AS c
      COPY --from=Golang:latest /x /x
      RUN --mount=from=golang,target=/g ls
      `,
      `
      (golang) -base-> a
      (golang:latest) -base-> b
      (Golang:latest) -copy-> c
      (golang) -mount-> c
      `,
      { namedContexts: ['golang'] },
    ))

  test('take the place of no stage called scratch or context', () =>
    expectGraph(
      `
      FROM alpine AS scratch
      FROM alpine AS context
      FROM scratch AS app
      COPY --from=context /x /x
      `,
      `
      scratch -base-> app
      context -copy-> app
      `,
      { namedContexts: ['scratch', 'context'] },
    ))

  test('leave nothing of the stage they replace: not its edges, not its triggers’ order', () =>
    expectGraph(
      `
      FROM alpine AS seed
      FROM alpine AS base
      COPY --from=seed /x /x
      FROM base AS app
      `,
      `
      (base) -base-> base
      base -base-> app
      `,
      { namedContexts: ['base'] },
    ))
})

describe('indexes', () => {
  test.each([
    ['00', 'a -copy-> b', []],
    ['+0', 'a -copy-> b', []],
    ['-1', '?-1? -copy-> b', ['3 error invalid-index']],
    ['2', '?2? -copy-> b', ['3 error invalid-index']],
  ])('COPY --from=%s', (index, edge, found) =>
    expect(
      findings(
        expectGraph(
          `
          FROM alpine AS a
          FROM alpine AS b
          COPY --from=${index} /x /x
          `,
          edge,
        ),
      ),
    ).toEqual(found),
  )

  test('FROM takes none', () =>
    expect(analyze('FROM alpine AS a\nFROM 0\n').graph.stages[1]?.baseSource).toEqual({
      kind: 'image',
      reference: '0',
    }))

  test('a trigger counts the stages of the child’s file', () =>
    expectGraph(
      `
      FROM alpine AS src
      FROM alpine AS base
      ONBUILD COPY --from=0 /x /y
      ONBUILD RUN --mount=from=src,target=/s ls
      FROM base AS child
      `,
      `
      base -base-> child
      src -copy-> child
      src -mount-> child
      `,
    ))
})

test('a trigger that no stage sets off makes no edge and is no reach', () => {
  const { graph } = expectGraph(
    `
    FROM alpine AS src
    FROM alpine AS base
    ONBUILD COPY --from=src /x /y
    `,
    '',
  )
  expect(graph.stages.map(({ reachable }) => reachable)).toEqual([false, true])
})

describe('modifiers in FROM', () => {
  test.each([
    ['${X:-b}', {}, 'b'],
    ['${X:-b}', { X: '' }, 'b'],
    ['${X-b}', { X: 'a' }, 'a'],
    ['a${X:+b}', {}, 'a'],
    ['a${X:+b}', { X: '1' }, 'ab'],
    ['a${X+b}', { X: '' }, 'ab'],
    ['${X:-${Y:-c}}', {}, 'c'],
    ['${Y:?}', { Y: 'y' }, 'y'],
    ['${Z#*/}', {}, 'two/three'],
    ['${Z##*/}', {}, 'three'],
    ['${Z%/*}', {}, 'one/two'],
    ['${Z%%/*}', {}, 'one'],
    ['${Z/o/0}', {}, '0ne/two/three'],
    ['${Z//o/0}', {}, '0ne/tw0/three'],
    ["'$'X", {}, null],
  ])('%s with %j', (written, buildArgs, base) => {
    const text = `ARG X\nARG Y\nARG Z=one/two/three\nFROM ${written}\n`
    const [stage] = analyze(text, { ...defaultInputs, buildArgs }).graph.stages
    expect(stage?.baseSource.kind === 'unresolved' ? null : stage?.base).toBe(base)
  })
})

describe('scope of ARG and ENV', () => {
  /** Names that a text uses without having set them. */
  const unset = (text: string, buildArgs = {}): string[] =>
    analyze(dockerfile(text), { ...defaultInputs, buildArgs }).findings.flatMap(({ rule, message }) =>
      rule === 'UndefinedVar' ? [message.match(/'\$(\w+)'/)?.[1] ?? ''] : [],
    )

  test('a global ARG reaches a stage that declares it, and what is built on that stage', () =>
    expect(
      unset(`
        ARG V=1
        FROM scratch AS a
        COPY $V /a
        FROM scratch AS b
        ARG V
        FROM b
        COPY $V /b
      `),
    ).toEqual(['V']))

  test('an ARG of a stage is nothing to a FROM', () =>
    expect(expectGraph('FROM alpine AS a\nARG X=a\nFROM ${X:-b}', '').graph.stages[1]?.base).toBe('b'))

  test('proxies are for RUN alone until they are declared', () => {
    const text = 'FROM scratch\nRUN echo $HTTP_PROXY\nCOPY $HTTP_PROXY /a\nARG HTTP_PROXY\nCOPY $HTTP_PROXY /b\n'
    expect(unset(text, { HTTP_PROXY: 'http://proxy' })).toEqual(['HTTP_PROXY'])
  })

  test('all words of one instruction see what was before it', () =>
    expect(unset('FROM scratch\nENV A=1 B=$A\nENV C=$A\n')).toEqual(['A']))

  test('a build argument that nothing declares sets nothing', () =>
    expect(analyze('FROM ${X:-a}\n', { ...defaultInputs, buildArgs: { X: 'b' } }).graph.stages[0]?.base).toBe('a'))
})
