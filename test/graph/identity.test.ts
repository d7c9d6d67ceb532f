import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { analyze, defaultInputs, type Analysis } from '../../shared/analysis.ts'
import { applyEdits, mapThrough, type TextEdit } from '../../shared/text/text-edit.ts'
import { withoutIds } from './without-ids.ts'
import { dockerfileText } from '../dockerfile-arbitrary.ts'
import { dockerfile } from './expect-graph.ts'

function ids({ graph }: Analysis): string[] {
  return graph.stages.map(stage => stage.id)
}

/** Analyses a text, edits it and analyses it again, as the editor does. */
function edited(before: Analysis, ...edits: TextEdit[]): Analysis {
  return analyze(applyEdits(before.file.text, edits), defaultInputs, { analysis: before, mapOffset: mapThrough(edits) })
}

/** The edit that replaces `part` of a text. */
function replacing({ file }: Analysis, part: string, insert: string): TextEdit {
  const from = file.text.indexOf(part)
  expect(from).toBeGreaterThanOrEqual(0)
  return { from, to: from + part.length, insert }
}

const before = analyze(
  dockerfile(`
    FROM alpine AS deps
    RUN make deps
    FROM alpine
    RUN make
    FROM scratch AS out
    COPY --from=1 /app /app
  `),
)

describe('stages keep their ids', () => {
  test('a file opened again has the ids it had', () => {
    expect(ids(before)).toEqual(['deps', '#1', 'out'])
    expect(ids(analyze(before.file.text))).toEqual(ids(before))
  })

  test('KEEP-01 through typing in and around them', () => {
    expect(ids(edited(before, replacing(before, 'make deps', 'make all')))).toEqual(ids(before))
    expect(ids(edited(before, { from: 0, to: 0, insert: '# A comment\n\n' }))).toEqual(ids(before))
  })

  test('KEEP-02 through a rename', () => {
    const after = edited(before, replacing(before, 'AS deps', 'AS modules'))
    expect(ids(after)).toEqual(['deps', '#1', 'out'])
    expect(after.graph.stages[0]?.name).toBe('modules')
  })

  test('through a rename letter by letter', () => {
    let after = before
    for (const letter of 'ility') after = edited(after, { from: 19, to: 19, insert: letter })
    expect(ids(after)).toEqual(ids(before))
  })

  test('KEEP-03 when a stage is put in before them', () => {
    const at = before.file.text.indexOf('FROM scratch')
    expect(ids(edited(before, { from: at, to: at, insert: 'FROM busybox AS test\nRUN true\n\n' }))).toEqual([
      'deps',
      '#1',
      'test',
      'out',
    ])
    expect(ids(edited(before, { from: 0, to: 0, insert: 'FROM busybox\n' }))).toEqual(['#0', 'deps', '#1', 'out'])
  })

  test('KEEP-03 when one of them is deleted', () => {
    const from = before.file.text.indexOf('FROM alpine\n')
    const to = before.file.text.indexOf('FROM scratch')
    expect(ids(edited(before, { from, to, insert: '' }))).toEqual(['deps', 'out'])
  })

  test('KEEP-03 when a stage is cut here and pasted there', () => {
    const text = before.file.text
    const end = text.indexOf('FROM alpine\n')
    const moved = edited(
      before,
      { from: 0, to: end, insert: '' },
      { from: text.length, to: text.length, insert: text.slice(0, end) },
    )
    expect(ids(moved)).toEqual(['#1', 'out', 'deps'])
    expect(moved.graph.stages.map(({ hue }) => hue)).toEqual([1, 2, 0])
  })

  test('when the whole text is replaced, by name', () => {
    const text = 'FROM debian AS out\nFROM debian AS deps\n'
    expect(ids(edited(before, { from: 0, to: before.file.text.length, insert: text }))).toEqual(['out', 'deps'])
  })

  test('when FROM is broken and mended', () => {
    const broken = edited(before, replacing(before, 'AS deps', 'A'))
    expect(ids(broken)).toEqual(ids(before))
    expect(ids(edited(broken, replacing(broken, 'alpine A\n', 'alpine AS deps\n')))).toEqual(ids(before))
  })
})

describe('new ids', () => {
  test('are told apart where names are the same', () =>
    expect(ids(analyze('FROM a AS x\nFROM b AS x\nFROM c AS X\n'))).toEqual(['x', 'x~2', 'x~3']))

  test('do not take the id of a renamed stage', () => {
    const renamed = edited(before, replacing(before, 'AS deps', 'AS modules'))
    const at = renamed.file.text.length
    expect(ids(edited(renamed, { from: at, to: at, insert: 'FROM alpine AS deps\n' }))).toEqual([
      'deps',
      '#1',
      'out',
      'deps~2',
    ])
  })

  test('KEEP-04 are unique after any edits', () => {
    const piece = fc.constantFrom(
      'FROM a AS x\n',
      'FROM b\n',
      'FROM x AS y\n',
      'RUN true\n',
      'FROM',
      ' AS ',
      'x',
      '\n',
      '\\',
    )
    const edit = fc.record({ from: fc.nat(200), length: fc.nat(40), insert: piece })
    fc.assert(
      fc.property(fc.array(piece), fc.array(edit), (start, edits) => {
        let analysis = analyze(start.join(''))
        for (const { from, length, insert } of edits) {
          const size = analysis.file.text.length
          analysis = edited(analysis, { from: Math.min(from, size), to: Math.min(from + length, size), insert })
          expect(new Set(ids(analysis)).size).toBe(analysis.graph.stages.length)
          const edges = analysis.graph.edges.map(edge => edge.id)
          expect(new Set(edges).size).toBe(edges.length)
        }
      }),
    )
  })
})

describe('KEEP-05 what did not change is the same object', () => {
  test('the whole analysis where nothing was done', () =>
    expect(analyze(before.file.text, defaultInputs, { analysis: before, mapOffset: offset => offset })).toBe(before))

  test('stages above an edit, and edges with them', () => {
    const after = edited(before, replacing(before, 'COPY --from=1 /app /app', 'COPY --from=1 /app /bin'))
    expect(after.graph.stages[0]).toBe(before.graph.stages[0])
    expect(after.graph.stages[1]).toBe(before.graph.stages[1])
    expect(after.graph.stages[2]).not.toBe(before.graph.stages[2])
    expect(after.graph.edges[0]).toBe(before.graph.edges[0])
  })

  test('the whole graph where only a comment at the end was written', () => {
    const at = before.file.text.length
    expect(edited(before, { from: at, to: at, insert: '# done\n' }).graph).toBe(before.graph)
  })
})

describe('an edited file', () => {
  test('KEEP-06 has the graph and the findings, but for the ids, that it has when it is opened afresh', () => {
    const anywhere = fc.record({
      at: fc.nat(),
      cut: fc.integer({ min: 0, max: 12 }),
      insert: fc.constantFrom('', 'x', '\n', 'FROM b\n', '# escape=`\n', '\\\n', '<<EOF', '`', 'RUN x\n', '\r\n'),
    })
    fc.assert(
      fc.property(dockerfileText(), fc.array(anywhere, { maxLength: 4 }), (text, places) => {
        let analysis = analyze(text)
        for (const { at, cut, insert } of places) {
          const { length } = analysis.file.text
          const from = at % (length + 1)
          analysis = edited(analysis, { from, to: Math.min(length, from + cut), insert })
          expect(withoutIds(analysis)).toEqual(withoutIds(analyze(analysis.file.text)))
        }
      }),
      { numRuns: 200 },
    )
  })

  test('KEEP-06 and so has one that is looked at with other build arguments and another target', () => {
    const text =
      'ARG V=1\nARG P\nFROM alpine:$V AS a1\nFROM --platform=$P alpine AS a2\nFROM a$V AS b\n' +
      'COPY --from=a2 /x /x\nFROM b\nFROM ${TARGETSTAGE:-a1} AS c\nFROM c'
    const value = fc.constantFrom('1', '2', 'linux/arm64', '', 'A')
    const buildArgs = fc.record({ V: value, P: value }, { requiredKeys: [] })
    const inputs = fc.record({ buildArgs, target: fc.constantFrom(null, 'a1', 'b', 'c', 'none') })
    fc.assert(
      fc.property(fc.array(inputs, { minLength: 1, maxLength: 4 }), all => {
        let analysis = analyze(text)
        for (const each of all) {
          const other = { ...defaultInputs, ...each }
          analysis = analyze(text, other, { analysis, mapOffset: offset => offset })
          expect(withoutIds(analysis)).toEqual(withoutIds(analyze(text, other)))
        }
      }),
    )
  })
})
