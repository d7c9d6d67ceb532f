import { describe, expect, test } from 'vitest'
import { analyze } from '../../shared/analysis.ts'
import { stageText } from '../../shared/edits/copy-stages.ts'
import { pasteStages } from '../../shared/edits/paste-stages.ts'
import { dedented, expectEdit, expectRefusal, type Gesture } from './expect-edit.ts'

const paste =
  (text: string, after: string | null = null): Gesture =>
  (analysis, stage) =>
    pasteStages(analysis, text, after === null ? null : stage(after))

const copied = (text: string, ...indexes: readonly number[]) => {
  const analysis = analyze(dedented(text))
  const ids = analysis.graph.stages.filter(stage => indexes.includes(stage.index)).map(stage => stage.id)
  return stageText(analysis, ids)
}

const file = `
  # syntax=docker/dockerfile:1
  ARG V=1

  # compiles
  FROM golang:$V AS build
  RUN make

  # apart

  FROM alpine
  COPY --from=0 /a /a

  FROM scratch AS final
  COPY --from=build /a /a
  COPY --from=1 /b /b
`

describe('EDIT-16 copy', () => {
  test('is the stages’ own text, in file order', () => {
    expect(copied(file, 2, 0)).toBe(
      '# compiles\nFROM golang:$V AS build\nRUN make\n\nFROM scratch AS final\nCOPY --from=build /a /a\nCOPY --from=1 /b /b\n',
    )
    expect(copied(file)).toBe('')
    expect(copied('FROM a\n# end\n\nFROM b\nFROM c\n', 0, 1)).toBe('FROM a\n# end\n\nFROM b\n')
  })
  test('numbers become names, or count among what is copied', () => {
    expect(copied(file, 1)).toBe('FROM alpine\nCOPY --from=build /a /a\n')
    expect(copied(file, 1, 2)).toContain('COPY --from=0 /b /b')
  })
  test('a number that would mean what is copied is told apart', () =>
    expect(copied('FROM a\nFROM b AS x\nFROM c\nCOPY --from=0 /a /b\n', 1, 2)).toBe(
      'FROM b AS x\nFROM c\nCOPY --from=+0 /a /b\n',
    ))
})

describe('paste', () => {
  test('stands above the final stage, in the file’s line ends', () =>
    expectEdit(
      'FROM a AS one\r\n\r\nFROM b AS final\r\n',
      paste('\n# tools\nFROM c AS tools\nRUN x \\\n  y\n'),
      'FROM a AS one\r\n\r\n# tools\r\nFROM c AS tools\r\nRUN x \\\r\n  y\r\n\r\nFROM b AS final\r\n',
      { edges: '+ image:c -base-> tools', warnings: [] },
    ))
  test.each(['\\', '`'])('brings the heading of its first stage, which was copied with it (escape %s)', escape => {
    const text = [
      `# escape=${escape}`,
      'FROM a AS one',
      '',
      '# ---- tools ----',
      '',
      '# gets them',
      'FROM b AS tools',
      'RUN x',
      '',
      '# ---- final ----',
      '',
      'FROM c AS final',
      '',
    ].join('\n')
    const section = '# ---- tools ----\n\n# gets them\nFROM b AS tools\nRUN x\n'
    expect(copied(text, 1)).toBe(section)
    expectEdit(
      text,
      paste(section),
      text.replace('# ---- final', `${section.replace('AS tools', 'AS tools-2')}\n# ---- final`),
      { edges: '+ image:b -base-> tools-2' },
    )
  })
  test('EDIT-17 into the same file renames what is taken, and what came along follows', () =>
    expectEdit(
      `
      FROM a AS build
      FROM build AS tests
      COPY --from=build /a /a
      RUN --mount=from=build,target=/b x
      FROM c AS final
      COPY --from=BUILD /a /a
      `,
      analysis => {
        const ids = analysis.graph.stages.map(stage => stage.id)
        return pasteStages(analysis, stageText(analysis, ids), ids[1] ?? null)
      },
      `
      FROM a AS build
      FROM build AS tests
      COPY --from=build /a /a
      RUN --mount=from=build,target=/b x
      FROM a AS build-2
      FROM build-2 AS tests-2
      COPY --from=build-2 /a /a
      RUN --mount=from=build-2,target=/b x
      FROM c AS final-2
      COPY --from=build-2 /a /a
      FROM c AS final
      COPY --from=BUILD /a /a
      `,
      {
        edges: `
          + image:a -base-> build-2
          + build-2 -base-> tests-2
          + build-2 -copy-> tests-2 /a /a
          + build-2 -mount-> tests-2 /b
          + image:c -base-> final-2
          + build-2 -copy-> final-2 /a /a
        `,
      },
    ))
  test('EDIT-18 numbers go on meaning the same stage', () => {
    const text = 'FROM a\nFROM b\nCOPY --from=0 /a /b\nFROM c AS final\nCOPY --from=1 /x /y\n'
    expectEdit(
      text,
      paste(copied(text, 1)),
      'FROM a\nFROM b\nCOPY --from=0 /a /b\nFROM b\nCOPY --from=0 /a /b\nFROM c AS final\nCOPY --from=1 /x /y\n',
      { edges: '+ image:b -base-> stage 2\n+ stage 0 -copy-> stage 2 /a /b' },
    )
    expectEdit(
      text,
      paste(copied(text, 0, 1)),
      'FROM a\nFROM b\nCOPY --from=0 /a /b\nFROM a\nFROM b\nCOPY --from=2 /a /b\nFROM c AS final\nCOPY --from=1 /x /y\n',
      { edges: '+ image:a -base-> stage 2\n+ image:b -base-> stage 3\n+ stage 2 -copy-> stage 3 /a /b' },
    )
    expectEdit(
      'FROM a\nFROM b AS x\nFROM c\nCOPY --from=0 /a /b\n',
      paste('FROM b AS x\nFROM c\nCOPY --from=+0 /a /b\n'),
      'FROM a\nFROM b AS x\nFROM b AS x-2\nFROM c\nCOPY --from=0 /a /b\nFROM c\nCOPY --from=0 /a /b\n',
      { edges: '+ image:b -base-> x-2\n+ image:c -base-> stage 3\n+ stage 0 -copy-> stage 3 /a /b' },
    )
  })
  test('stands below what it needs', () =>
    expectEdit(
      'FROM a AS one\nFROM b AS two\n',
      paste('FROM c AS three\nCOPY --from=two /a /b\n', 'one'),
      'FROM a AS one\nFROM b AS two\nFROM c AS three\nCOPY --from=two /a /b\n',
      {
        edges: '+ image:c -base-> three\n+ two -copy-> three /a /b',
        warnings: ['`three` is now the last stage: it is what a build without a target makes.'],
      },
    ))
  test('a whole file brings its arguments, once, and no directives', () =>
    expectEdit(
      'ARG A=1\nFROM a:$A AS one\n',
      paste('# syntax=x\nARG A=2\nARG B=3\nFROM b:$A-$B AS two\n'),
      'ARG A=1\nARG B=3\nFROM b:$A-$B AS two\n\nFROM a:$A AS one\n',
      { edges: '+ image:b:1-3 -base-> two' },
    ))
  test('into an empty file', () =>
    expectEdit('', paste('ARG A=1\nFROM a:$A AS one\n'), 'ARG A=1\n\nFROM a:$A AS one\n', {
      edges: '+ image:a:1 -base-> one',
      broken: true,
    }))
  test('a name that would take over an image is another one', () =>
    expectEdit('FROM alpine AS one\n', paste('FROM b AS alpine\n'), 'FROM b AS alpine-2\n\nFROM alpine AS one\n', {
      edges: '+ image:b -base-> alpine-2',
    }))
  test('escape tokens must agree', () => {
    expectEdit(
      '# escape=`\nFROM a AS one\n',
      paste('FROM b\nRUN x `\n  y\n'),
      '# escape=`\nFROM b\nRUN x `\n  y\n\nFROM a AS one\n',
      {
        edges: '+ image:b -base-> stage 0',
      },
    )
    expectRefusal(
      'FROM a\n',
      paste('# escape=`\nFROM b\n'),
      'The stages on the clipboard are written with the escape token ```, this file with `\\`.',
    )
  })
  test('EDIT-19 what is no stages is refused', () => {
    const none = 'The clipboard holds no stages of a Dockerfile: copy a text that begins with FROM.'
    expectRefusal('FROM a\n', paste('hello'), none)
    expectRefusal('FROM a\n', paste(''), none)
    expectRefusal('FROM a\n', paste('FROM b\nhello\n'), `${none} Its line 2 is none of a stage.`)
    expectRefusal('FROM a\n', paste('RUN x\nFROM b\n'), `${none} Its line 1 is none of a stage.`)
    expectRefusal(
      'FROM a\n',
      paste('FROM b\nRUN <<E\n'),
      'The clipboard holds no whole stages: unterminated heredoc on its line 2.',
    )
  })
})
