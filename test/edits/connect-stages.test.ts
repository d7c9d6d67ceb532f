import { describe, expect, test } from 'vitest'
import { analyze } from '../../shared/analysis.ts'
import { connectImage } from '../../shared/edits/connect-image.ts'
import { connectionNotice, connectionRefusal, connectStages } from '../../shared/edits/connect-stages.ts'
import { dedented, expectEdit, expectRefusal, type Gesture } from './expect-edit.ts'

const connect =
  (from: string, to: string, source = '/out/app', destination = '/app'): Gesture =>
  (analysis, stage) =>
    connectStages(analysis, { from: stage(from), to: stage(to), source, destination })

describe('EDIT-20 where the COPY goes', () => {
  test('after the last COPY --from of the stage', () =>
    expectEdit(
      `
      FROM golang AS build
      FROM alpine AS final
      COPY --from=build /etc/passwd /etc/passwd
      COPY . /src
      RUN chmod +x /app
      CMD ["/app"]
      `,
      connect('build', 'final'),
      `
      FROM golang AS build
      FROM alpine AS final
      COPY --from=build /etc/passwd /etc/passwd
      COPY --from=build /out/app /app
      COPY . /src
      RUN chmod +x /app
      CMD ["/app"]
      `,
      { edges: '+ build -copy-> final /out/app /app' },
    ))

  test('before the first RUN that names the destination, above its comments', () =>
    expectEdit(
      `
      FROM golang AS build
      FROM alpine
      RUN apk add /apple /srv/app
      # make it run
      RUN chmod +x /app/tool
      RUN ls /app
      `,
      connect('build', 'stage 1'),
      `
      FROM golang AS build
      FROM alpine
      RUN apk add /apple /srv/app
      COPY --from=build /out/app /app
      # make it run
      RUN chmod +x /app/tool
      RUN ls /app
      `,
      { edges: '+ build -copy-> stage 1 /out/app /app' },
    ))

  test('before the tail that says how to run the image', () =>
    expectEdit(
      `
      FROM golang AS build

      FROM alpine AS final
      WORKDIR /srv
      # the port
      EXPOSE 80
      USER nobody
      CMD ["/app"]
      `,
      connect('build', 'final'),
      `
      FROM golang AS build

      FROM alpine AS final
      WORKDIR /srv
      COPY --from=build /out/app /app
      # the port
      EXPOSE 80
      USER nobody
      CMD ["/app"]
      `,
      { edges: '+ build -copy-> final /out/app /app' },
    ))

  test('at the end of a stage that is not the last one', () =>
    expectEdit(
      `
      FROM golang AS build

      FROM alpine AS packages
      RUN apk add curl

      # what is shipped
      FROM alpine AS final
      `,
      connect('build', 'packages'),
      `
      FROM golang AS build

      FROM alpine AS packages
      RUN apk add curl
      COPY --from=build /out/app /app

      # what is shipped
      FROM alpine AS final
      `,
      { edges: '+ build -copy-> packages /out/app /app' },
    ))

  test('after the body of a heredoc', () =>
    expectEdit(
      `
      FROM golang AS build
      FROM alpine AS final
      RUN <<EOF
      FROM nothing
      EOF
      CMD x
      `,
      connect('build', 'final'),
      `
      FROM golang AS build
      FROM alpine AS final
      RUN <<EOF
      FROM nothing
      EOF
      COPY --from=build /out/app /app
      CMD x
      `,
      { edges: '+ build -copy-> final /out/app /app' },
    ))

  test('after a COPY --from that is spread over lines', () =>
    expectEdit(
      `
      FROM golang AS build
      FROM alpine AS final
      COPY \\
        # the first
        --from=build \\

        /a /b
      RUN x
      `,
      connect('build', 'final'),
      `
      FROM golang AS build
      FROM alpine AS final
      COPY \\
        # the first
        --from=build \\

        /a /b
      COPY --from=build /out/app /app
      RUN x
      `,
      { edges: '+ build -copy-> final /out/app /app' },
    ))

  test('apart from its neighbours where every instruction stands apart', () =>
    expectEdit(
      `
      FROM golang AS build

      FROM alpine AS final

      WORKDIR /srv

      CMD x
      `,
      connect('build', 'final'),
      `
      FROM golang AS build

      FROM alpine AS final

      WORKDIR /srv

      COPY --from=build /out/app /app

      CMD x
      `,
      { edges: '+ build -copy-> final /out/app /app' },
    ))
})

describe("EDIT-03 the document's habits", () => {
  test('lower-case keywords and indentation of the stage', () =>
    expectEdit(
      'from golang as build\nfrom alpine as final\n\trun x\n',
      connect('build', 'final'),
      'from golang as build\nfrom alpine as final\n\trun x\n\tcopy --from=build /out/app /app\n',
      { edges: '+ build -copy-> final /out/app /app' },
    ))

  test('indentation of steps in a stage that has none yet', () =>
    expectEdit(
      'FROM golang AS build\n  RUN x\n  RUN y\nFROM alpine AS final\n',
      connect('build', 'final'),
      'FROM golang AS build\n  RUN x\n  RUN y\nFROM alpine AS final\n  COPY --from=build /out/app /app\n',
      { edges: '+ build -copy-> final /out/app /app' },
    ))

  test('carriage returns', () =>
    expectEdit(
      'FROM golang AS build\r\nFROM alpine AS final\r\nCMD x\r\n',
      connect('build', 'final'),
      'FROM golang AS build\r\nFROM alpine AS final\r\nCOPY --from=build /out/app /app\r\nCMD x\r\n',
      { edges: '+ build -copy-> final /out/app /app' },
    ))

  test('a file without a final line end still has none', () =>
    expectEdit(
      'FROM golang AS build\r\nFROM alpine AS final',
      connect('build', 'final'),
      'FROM golang AS build\r\nFROM alpine AS final\r\nCOPY --from=build /out/app /app',
      { edges: '+ build -copy-> final /out/app /app' },
    ))
})

describe('EDIT-21 how the source is named', () => {
  test('an unnamed stage by its index', () =>
    expectEdit(
      `
      FROM golang
      FROM alpine AS final
      `,
      connect('stage 0', 'final'),
      `
      FROM golang
      FROM alpine AS final
      COPY --from=0 /out/app /app
      `,
      { edges: '+ stage 0 -copy-> final /out/app /app' },
    ))

  test('a name as written', () =>
    expectEdit(
      `
      FROM golang AS Build
      FROM alpine AS final
      `,
      connect('Build', 'final'),
      `
      FROM golang AS Build
      FROM alpine AS final
      COPY --from=Build /out/app /app
      `,
      { edges: '+ Build -copy-> final /out/app /app' },
    ))

  test('by its index where the name means a later stage', () =>
    expectEdit(
      `
      FROM golang AS build
      FROM rust AS build
      FROM alpine AS final
      `,
      analysis => {
        const [from, , to] = analysis.graph.stages
        if (from === undefined || to === undefined) throw new Error('Three stages are written above.')
        return connectStages(analysis, { from: from.id, to: to.id, source: '/a', destination: '/b' })
      },
      `
      FROM golang AS build
      FROM rust AS build
      FROM alpine AS final
      COPY --from=0 /a /b
      `,
      { edges: '+ build (build) -copy-> final /a /b' },
    ))
})

describe('paths', () => {
  const withPaths = (line: string) => `
      FROM golang AS build
      FROM alpine AS final
      ${line}
      `
  test('EDIT-22 with blanks take the JSON form', () =>
    expectEdit(
      withPaths('RUN x'),
      connect('build', 'final', '/my files', '/app'),
      withPaths('RUN x\n      COPY --from=build ["/my files", "/app"]'),
      {
        edges: '+ build -copy-> final /my files /app',
      },
    ))
  test('that would continue the line take the JSON form', () =>
    expectEdit(
      withPaths('RUN x'),
      connect('build', 'final', 'out', 'C:\\'),
      withPaths('RUN x\n      COPY --from=build ["out", "C:\\\\"]'),
      {
        edges: '+ build -copy-> final out C:\\',
      },
    ))
  test('that would start a heredoc take the JSON form', () =>
    expectEdit(
      withPaths('RUN x'),
      connect('build', 'final', '<<EOF', '/app'),
      withPaths('RUN x\n      COPY --from=build ["<<EOF", "/app"]'),
      {
        edges: '+ build -copy-> final <<EOF /app',
      },
    ))
  test('must say something', () => {
    expectRefusal(
      withPaths('RUN x'),
      connect('build', 'final', ' ', '/app'),
      'Say what to copy: the source path is empty.',
    )
    expectRefusal(
      withPaths('RUN x'),
      connect('build', 'final', '/app', ''),
      'Say where to copy to: the destination path is empty.',
    )
  })
  test('hold no line breaks', () =>
    expectRefusal(
      withPaths('RUN x'),
      connect('build', 'final', '/a\nRUN rm -rf /', '/app'),
      'A path in a Dockerfile cannot hold line breaks or other control characters.',
    ))
})

describe('refusals', () => {
  test('a copy from itself', () =>
    expectRefusal('FROM alpine AS build\n', connect('build', 'build'), '`build` cannot copy from itself.'))

  test('EDIT-23 a cycle through a base', () =>
    expectRefusal(
      `
      FROM golang AS a
      FROM a AS b
      FROM b AS c
      `,
      connect('c', 'a'),
      'That would make a cycle: `c` → `a` → `b` → `c`.',
    ))

  test('a stage below that cannot move up', () =>
    expectRefusal(
      `
      FROM alpine AS final
      FROM golang AS deps
      FROM deps AS build
      `,
      connect('build', 'final'),
      '`build` cannot move above `final`: it needs `deps` on line 3.',
    ))

  test.each([
    ['a last line that is left open', 'RUN x \\\n', 'RUN'],
    ['a heredoc that never ends', 'RUN y\nCOPY <<EOF /a\nwords\n', 'COPY'],
  ])('%s', (_, steps, keyword) =>
    expectRefusal(
      `FROM golang AS build\nFROM alpine AS final\n${steps}`,
      connect('build', 'final'),
      `Nothing can be written into \`final\`: its ${keyword} on line ${keyword === 'RUN' ? 3 : 4} never ends. Write its end first.`,
    ),
  )

  test('what never ends below the place of the COPY stands in the way of nothing', () =>
    expectEdit(
      'FROM golang AS build\nFROM alpine AS final\nCOPY --from=build /a /a\nRUN <<EOF\nx\nFROM alpine AS last\n',
      connect('build', 'final'),
      'FROM golang AS build\nFROM alpine AS final\nCOPY --from=build /a /a\nCOPY --from=build /out/app /app\nRUN <<EOF\nx\nFROM alpine AS last\n',
      { edges: '+ build -copy-> final /out/app /app', broken: true },
    ))

  test('the dry run says the same', () => {
    const { graph, ...rest } = analyze(
      dedented(`
      FROM golang AS a
      FROM a AS b
      `),
    )
    const [a, b] = graph.stages
    if (a === undefined || b === undefined) throw new Error('Two stages are written above.')
    const analysis = { graph, ...rest }
    expect(connectionRefusal(analysis, a.id, b.id)).toBeNull()
    expect(connectionRefusal(analysis, b.id, a.id)).toBe('That would make a cycle: `b` → `a` → `b`.')
  })
})

describe('EDIT-23 a source that stands below', () => {
  test('moves above the stage in the same step', () =>
    expectEdit(
      `
      # what is shipped
      FROM alpine AS final
      RUN x

      # compiles
      FROM golang AS build
      RUN go build
      `,
      connect('build', 'final'),
      `
      # compiles
      FROM golang AS build
      RUN go build

      # what is shipped
      FROM alpine AS final
      RUN x
      COPY --from=build /out/app /app
      `,
      {
        edges: '+ build -copy-> final /out/app /app',
        warnings: ['`final` is now the last stage: it is what a build without a target makes.'],
      },
    ))

  test('an unnamed one is named by its new index', () =>
    expectEdit(
      `
      FROM alpine AS first
      FROM alpine AS final
      FROM golang
      FROM busybox AS other
      COPY --from=2 /x /y
      COPY --from=1 /x /z
      `,
      connect('stage 2', 'final'),
      `
      FROM alpine AS first
      FROM golang
      FROM alpine AS final
      COPY --from=1 /out/app /app
      FROM busybox AS other
      COPY --from=1 /x /y
      COPY --from=2 /x /z
      `,
      {
        newIds: 1,
        edges: `
          + stage 1 -copy-> final /out/app /app
          + image:golang -base-> stage 1
          - image:golang -base-> stage 2
          + stage 1 -copy-> other /x /y
          - stage 2 -copy-> other /x /y
        `,
      },
    ))

  test('is announced while dragging', () => {
    const analysis = analyze('FROM alpine AS final\nFROM golang AS build\n')
    const [final, build] = analysis.graph.stages
    if (final === undefined || build === undefined) throw new Error('Two stages are written above.')
    expect(connectionRefusal(analysis, build.id, final.id)).toBeNull()
    expect(connectionNotice(analysis, build.id, final.id)).toBe('`final` is above `build`: drop to move `build` up.')
    expect(connectionNotice(analysis, final.id, build.id)).toBeNull()
  })
})

describe('an external image', () => {
  const from =
    (reference: string): Gesture =>
    (analysis, stage) =>
      connectImage(analysis, { reference, to: stage('final'), source: '/etc/nginx', destination: '/etc/nginx' })

  test('is copied from by its reference', () =>
    expectEdit(
      `
      FROM alpine AS final
      CMD x
      `,
      from('nginx:1.27'),
      `
      FROM alpine AS final
      COPY --from=nginx:1.27 /etc/nginx /etc/nginx
      CMD x
      `,
      { edges: '+ image:nginx:1.27 -copy-> final /etc/nginx /etc/nginx' },
    ))

  test('is refused where the reference would mean something else', () => {
    const text = 'FROM golang AS build\nFROM alpine AS final\n'
    expectRefusal(text, from('Build'), '`Build` is the stage on line 1, not an image: connect that stage instead.')
    expectRefusal(text, from('0'), '`--from=0` means the stage of that index, not an image.')
    expectRefusal(
      text,
      from('nginx:$TAG'),
      'BuildKit does not expand variables in --from: make a stage of `nginx:$TAG` and copy from that.',
    )
    expectRefusal(text, from(''), 'Name an image, such as `alpine:3.20`.')
    expectRefusal(text, from('a b'), 'An image reference has no blanks in it: `a b`.')
  })
})
