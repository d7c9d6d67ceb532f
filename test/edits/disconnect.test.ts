import { expect, test } from 'vitest'
import { disconnect, disconnectSource } from '../../shared/edits/disconnect.ts'
import type { EdgeKind } from '../../shared/graph/stage-graph.ts'
import { expectEdit, expectRefusal, type Gesture } from './expect-edit.ts'

/** The edge of that kind that puts something there; the base of the last stage where nothing is named. */
const cut =
  (kind: EdgeKind, destination = ''): Gesture =>
  analysis => {
    const edge = analysis.graph.edges.findLast(each => each.kind === kind && each.destination === destination)
    if (edge === undefined) throw new Error(`There is no ${kind} edge to ${destination}.`)
    return disconnect(analysis, edge.id)
  }

test('EDIT-27 a copy goes with its line, its comment stays', () =>
  expectEdit(
    `
    FROM golang AS build
    FROM alpine AS final
    # the binary
    COPY --from=build \\
      /a /a
    COPY --from=build /b /b
    `,
    cut('copy', '/a'),
    `
    FROM golang AS build
    FROM alpine AS final
    # the binary
    COPY --from=build /b /b
    `,
    { edges: '- build -copy-> final /a /a' },
  ))

test('the last line of a file without a final line end', () =>
  expectEdit(
    'FROM golang AS build\r\nFROM alpine AS final\r\nCOPY --from=build /a /a',
    cut('copy', '/a'),
    'FROM golang AS build\r\nFROM alpine AS final',
    { edges: '- build -copy-> final /a /a' },
  ))

test('a copy of the build context, heredocs included', () =>
  expectEdit(
    'FROM alpine AS final\nADD a <<EOF /dst\nFROM x\nEOF\nRUN x\n',
    cut('context', '/dst'),
    'FROM alpine AS final\nRUN x\n',
    { edges: '- context: -context-> final a /dst' },
  ))

test('EDIT-27 a mount goes without the command', () =>
  expectEdit(
    `
    FROM golang AS build
    FROM alpine AS final
    RUN --mount=type=cache,target=/c --mount=from=build,target=/a --mount=from=build,target=/b make
    `,
    cut('mount', '/a'),
    `
    FROM golang AS build
    FROM alpine AS final
    RUN --mount=type=cache,target=/c --mount=from=build,target=/b make
    `,
    { edges: '- build -mount-> final /a' },
  ))

test('a mount on a line of its own, with a comment below it', () =>
  expectEdit(
    `
    FROM golang AS build
    FROM alpine AS final
    RUN --mount=from=build,target=/a \\
        # as root
        make
    `,
    cut('mount', '/a'),
    `
    FROM golang AS build
    FROM alpine AS final
    RUN \\
        # as root
        make
    `,
    { edges: '- build -mount-> final /a' },
  ))

test('a trigger goes for every stage that sets it off', () =>
  expectEdit(
    `
    FROM golang AS build
    FROM alpine AS base
    ONBUILD COPY --from=build /a /a
    ONBUILD COPY --from=build /b /b
    FROM base AS one
    FROM base AS two
    `,
    cut('copy', '/a'),
    `
    FROM golang AS build
    FROM alpine AS base
    ONBUILD COPY --from=build /b /b
    FROM base AS one
    FROM base AS two
    `,
    {
      edges: `
        - build -copy-> one /a /a (onbuild)
        - build -copy-> two /a /a (onbuild)
      `,
      warnings: ['Line 3 is a trigger of what `two` is built on: every stage built on that loses the connection.'],
    },
  ))

test('a base stays', () =>
  expectRefusal(
    'FROM alpine AS final\n',
    cut('base'),
    '`final` cannot do without a base: change what it is built FROM instead.',
  ))

test('an edge of an older text is refused', () =>
  expectRefusal(
    'FROM alpine AS final\n',
    analysis => {
      const [edge] = analysis.graph.edges
      expect(edge).toBeDefined()
      return edge === undefined
        ? disconnect(analysis, 'gone' as never)
        : disconnect({ ...analysis, graph: { ...analysis.graph, edges: [] } }, edge.id)
    },
    'That connection is no longer in the file.',
  ))

/** One source of the copy to /d. */
const cutSource =
  (source: string): Gesture =>
  analysis => {
    const edge = analysis.graph.edges.find(each => each.destination === '/d')
    if (edge === undefined) throw new Error('There is no edge to /d.')
    return disconnectSource(analysis, edge.id, source)
  }

test('EDIT-27 one source of several goes, from words and from the JSON form', () => {
  const before = 'FROM golang AS build\nFROM alpine AS final\nCOPY --from=build '
  expectEdit(`${before}/a \\\n  /b /c /d\n`, cutSource('/a'), `${before}/b /c /d\n`, {
    edges: '- build -copy-> final /a /b /c /d\n+ build -copy-> final /b /c /d',
  })
  expectEdit(`${before}["/a b", "/c",\\\n "/d"]\n`, cutSource('/c'), `${before}["/a b", "/d"]\n`, {
    edges: '- build -copy-> final /a b /c /d\n+ build -copy-> final /a b /d',
  })
  expectEdit(`${before}/a \\\n  # why b\n  /b /d\n`, cutSource('/a'), `${before}\\\n  # why b\n  /b /d\n`, {
    edges: '- build -copy-> final /a /b /d\n+ build -copy-> final /b /d',
  })
})

test('the only source takes the line with it; a heredoc beside it does not go', () => {
  expectEdit('FROM alpine AS final\nCOPY a /d\n', cutSource('a'), 'FROM alpine AS final\n', {
    edges: '- context: -context-> final a /d',
  })
  expectEdit(
    'FROM alpine AS final\nCOPY <<EOF a /d\nx\nEOF\n',
    cutSource('a'),
    'FROM alpine AS final\nCOPY <<EOF /d\nx\nEOF\n',
    { edges: '- context: -context-> final a /d' },
  )
})

test('a source that is not there is refused', () =>
  expectRefusal('FROM alpine AS final\nCOPY a b /d\n', cutSource('c'), 'Line 2 takes no `c`.'))
