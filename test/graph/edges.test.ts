import { describe, expect, test } from 'vitest'
import { dockerfile, expectGraph, findings } from './expect-graph.ts'

describe('what a stage is based on', () => {
  test('REF-01 FROM takes the name of an earlier stage', () =>
    expectGraph(
      `
      FROM node:22 AS deps
      FROM deps AS build
      `,
      'deps -base-> build',
    ))

  test('REF-02 FROM compares case-sensitively with names in lower case', () => {
    expectGraph(
      `
      FROM alpine AS Base
      FROM base AS child
      `,
      'Base -base-> child',
    )
    const analysis = expectGraph(
      `
      FROM alpine AS Base
      FROM Base AS child
      `,
      '?Base? -base-> child',
    )
    expect(findings(analysis)).toContain('2 error base-image')
  })

  test('REF-03 a later stage of that name is no base', () => {
    const analysis = expectGraph(
      `
      FROM build
      FROM alpine AS build
      `,
      '',
    )
    expect(findings(analysis)).toEqual(['1 warning forward-reference'])
  })

  test('REF-04 of two stages with one name, FROM takes the nearest before it and COPY the last', () =>
    expectGraph(
      `
      FROM alpine AS a
      FROM a AS first
      FROM busybox AS a
      FROM first AS last
      COPY --from=a /x /x
      `,
      `
      a -base-> first
      first -base-> last
      a -copy-> last
      `,
    ))

  test('REF-05 a stage called scratch hides the empty base', () =>
    expectGraph(
      `
      FROM alpine AS scratch
      FROM scratch AS child
      `,
      'scratch -base-> child',
    ))

  test('VAR-04 arguments before the first FROM decide, and build arguments over them', () => {
    const text = `
      ARG BASE=one
      FROM alpine AS one
      FROM busybox AS two
      FROM \${BASE} AS app
      `
    expectGraph(text, 'one -base-> app')
    expectGraph(text, 'two -base-> app', { buildArgs: { BASE: 'two' } })
  })

  test('VAR-05 an argument without a value asks for one and does not refuse the file', () => {
    const analysis = expectGraph(
      `
      ARG BASE
      FROM $BASE
      `,
      '?$BASE? -base-> stage 0',
    )
    expect(findings(analysis)).toEqual(['2 warning needs-value'])
    expect(analysis.diagnostics[0]?.message).toBe(
      'base name ($BASE) should not be blank: BASE needs a value. Give ARG BASE a default, or pass it as a build argument.',
    )
  })

  test('VAR-06 the platform’s arguments have values of their own', () =>
    expect(
      expectGraph('FROM base-$TARGETARCH AS build', '').graph.stages.map(stage => [stage.base, stage.writtenBase]),
    ).toEqual([['base-amd64', 'base-$TARGETARCH']]))
})

describe('what a stage copies', () => {
  test('REF-06 names, in any case', () =>
    expectGraph(
      `
      FROM node AS deps
      FROM nginx AS web
      COPY --from=DEPS /app /app
      `,
      'deps -copy-> web',
    ))

  test('REF-07 indexes', () =>
    expectGraph(
      `
      FROM golang
      FROM scratch AS out
      COPY --link --from=0 --chown=1:1 /bin/app /app
      `,
      'stage 0 -copy-> out',
    ))

  test('REF-08 images', () =>
    expectGraph(
      `
      FROM alpine AS out
      COPY --from=nginx:1.27 /etc/nginx /etc/nginx
      `,
      '<nginx:1.27> -copy-> out',
    ))

  test('REF-09 named contexts before images, stages before both', () =>
    expectGraph(
      `
      FROM alpine AS tools
      FROM alpine AS out
      COPY --from=assets /a /a
      COPY --from=tools /b /b
      `,
      `
      (assets) -copy-> out
      tools -copy-> out
      `,
      { namedContexts: ['assets'] },
    ))

  test('REF-10 a context named like a stage takes its place', () =>
    expectGraph(
      `
      FROM alpine AS assets
      COPY . /src
      FROM alpine AS out
      COPY --from=assets /a /a
      `,
      `
      (assets) -base-> assets
      assets -copy-> out
      `,
      { namedContexts: ['assets'] },
    ))

  test('REF-11 the build context, with what is copied and where to', () => {
    const { graph } = expectGraph(
      `
      FROM alpine AS app
      COPY package.json package-lock.json ./
      ADD --chmod=755 https://example.com/tool /bin/tool
      COPY --from= . /src
      COPY <<EOF /etc/motd
      hello
      EOF
      `,
      `
      () -context-> app
      () -context-> app
      () -context-> app
      `,
    )
    expect(
      graph.edges.slice(1).map(({ keyword, sources, destination, line }) => [keyword, sources, destination, line]),
    ).toEqual([
      ['COPY', ['package.json', 'package-lock.json'], './', 2],
      ['ADD', ['https://example.com/tool'], '/bin/tool', 3],
      ['COPY', ['.'], '/src', 4],
    ])
  })

  test('REF-12 an index out of range is an error, also in stages that are not built', () => {
    const analysis = expectGraph(
      `
      FROM alpine AS a
      COPY --from=7 /x /x
      FROM alpine AS b
      `,
      '?7? -copy-> a',
    )
    expect(findings(analysis)).toEqual(['2 error invalid-index'])
  })

  test('REF-13 a variable in --from names nothing', () => {
    const analysis = expectGraph(
      `
      ARG STAGE=a
      FROM alpine AS a
      FROM alpine AS b
      COPY --from=$STAGE /x /x
      `,
      '?$STAGE? -copy-> b',
    )
    expect(findings(analysis)).toEqual(['4 error variable-in-from'])
  })
})

describe('what a stage mounts', () => {
  test('REF-14 stages by name, whatever the type', () =>
    expectGraph(
      `
      FROM alpine AS seed
      FROM alpine AS build
      RUN --mount=type=cache,from=seed,target=/cache --mount=from=seed,source=/a,target=/b make
      `,
      `
      seed -mount-> build
      seed -mount-> build
      `,
    ))

  test('REF-15 no indexes: 0 is an image', () => {
    const analysis = expectGraph(
      `
      FROM alpine AS a
      FROM alpine AS b
      RUN --mount=from=0,target=/x ls
      `,
      '<0> -mount-> b',
    )
    expect(findings(analysis)).toEqual(['3 warning unknown-stage'])
  })

  test('REF-16 the build context where nothing else is named; caches and secrets read nothing', () => {
    const { graph } = expectGraph(
      `
      FROM alpine AS b
      RUN --mount=type=bind,source=src,target=/src --mount=type=cache,target=/c --mount=type=secret,id=t ls
      `,
      '() -mount-> b',
    )
    expect(graph.edges[1]).toMatchObject({ sources: ['src'], destination: '/src' })
  })

  test('the source range is the name, also in a quoted flag', () => {
    const text = `
      FROM alpine AS seed
      FROM alpine AS build
      RUN --mount="type=bind,from=seed,target=/a b" ls
      `
    const { graph } = expectGraph(text, 'seed -mount-> build')
    const range = graph.edges.at(-1)?.sourceRange
    expect(dockerfile(text).slice(range?.from, range?.to)).toBe('seed')
  })
})

describe('triggers', () => {
  test('REF-17 ONBUILD makes an edge of the child, not of the grandchild', () => {
    const { graph } = expectGraph(
      `
      FROM alpine AS src
      FROM alpine AS base
      ONBUILD COPY --from=src /x /x
      FROM base AS child
      FROM child AS grandchild
      `,
      `
      base -base-> child
      src -copy-> child
      child -base-> grandchild
      `,
    )
    expect(graph.edges.find(edge => edge.onbuild)).toMatchObject({ line: 4, keyword: 'COPY', sourceRange: null })
  })
})

describe('order and circles', () => {
  test('REF-18 copying from a later stage fails only where the stage is built', () => {
    const forward = `
      FROM alpine AS a
      COPY --from=b /x /y
      FROM alpine AS b
      `
    expect(findings(expectGraph(forward, 'b -copy-> a'))).toEqual(['2 warning forward-reference'])
    expect(findings(expectGraph(forward, 'b -copy-> a', { target: 'a' }))).toEqual(['2 error forward-reference'])
  })

  test('REF-19 a stage cannot copy from itself', () =>
    expect(
      findings(
        expectGraph(
          `
          FROM alpine AS a
          COPY --from=a /x /y
          `,
          'a -copy-> a',
        ),
      ),
    ).toEqual(['2 error self-copy']))

  test('REF-20 stages cannot copy in a circle', () => {
    const analysis = expectGraph(
      `
      FROM alpine AS a
      COPY --from=b /x /y
      FROM alpine AS b
      COPY --from=a /x /y
      `,
      `
      b -copy-> a
      a -copy-> b
      `,
    )
    expect(findings(analysis)).toEqual(['2 error cycle', '2 error forward-reference', '4 error cycle'])
  })
})

describe('target and reach', () => {
  const text = `
    FROM alpine AS deps
    FROM deps AS lint
    FROM alpine AS build
    COPY --from=deps /a /a
    FROM scratch AS Out
    COPY --from=build /b /b
    `
  const edges = `
    deps -base-> lint
    deps -copy-> build
    build -copy-> Out
    `

  test('REF-21 the last stage, and what it needs', () =>
    expect(
      expectGraph(text, edges)
        .graph.stages.filter(stage => stage.reachable)
        .map(stage => stage.name),
    ).toEqual(['deps', 'build', 'out']))

  test('REF-22 another target, in any case', () =>
    expect(
      expectGraph(text, edges, { target: 'LINT' })
        .graph.stages.filter(stage => stage.reachable)
        .map(stage => stage.name),
    ).toEqual(['deps', 'lint']))

  test('REF-23 an unknown target reaches nothing', () => {
    const analysis = expectGraph(text, edges, { target: 'biuld' })
    expect(analysis.graph.target).toBeNull()
    expect(analysis.diagnostics[0]?.message).toBe('target stage "biuld" could not be found (did you mean build?)')
  })
})

describe('misspelled stages', () => {
  test('REF-24 a name close to a stage’s is pointed out where an image would be pulled', () => {
    const analysis = expectGraph(
      `
      FROM alpine AS builder
      FROM alpine AS out
      COPY --from=bulider /x /x
      `,
      '<bulider> -copy-> out',
    )
    expect(analysis.diagnostics.filter(({ line }) => line === 3).map(({ message }) => message)).toEqual([
      'No stage is called bulider: docker.io/library/bulider would be pulled. Did you mean builder?',
    ])
  })

  test('REF-24 well-known images are meant', () =>
    expect(
      findings(
        expectGraph(
          `
          FROM alpine AS nginx1
          FROM alpine AS code
          FROM node AS out
          COPY --from=nginx /x /x
          `,
          '<nginx> -copy-> out',
        ),
      ),
    ).toEqual([]))
})
