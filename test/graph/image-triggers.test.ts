import { describe, expect, test } from 'vitest'
import { analyze, defaultInputs } from '../../shared/analysis.ts'
import { expectGraph, findings, withTriggers } from './expect-graph.ts'

describe('REF-26 triggers of images that the engine holds', () => {
  test('make edges of the stages that stand on the image, and of none above those', () => {
    const { graph } = expectGraph(
      `
      FROM alpine AS src
      FROM node:onbuild AS child
      COPY own /own
      FROM child AS grandchild
      `,
      `
      () -context-> child
      src -copy-> child
      src -copy-> child
      <nginx> -mount-> child
      () -context-> child
      child -base-> grandchild
      `,
      {
        images: {
          'node:onbuild': withTriggers([
            'COPY . /app',
            'COPY --from=SRC /x /y',
            'copy --from=0 /a /b',
            'RUN --mount=from=nginx,target=/n x',
          ]),
        },
      },
    )
    const triggered = graph.edges.filter(edge => edge.onbuild)
    expect(triggered.map(({ line, sourceRange, keyword }) => [line, sourceRange, keyword])).toEqual([
      [2, null, 'COPY'],
      [2, null, 'COPY'],
      [2, null, 'COPY'],
      [2, null, 'RUN'],
    ])
    expect(graph.stages.map(stage => stage.reachable)).toEqual([true, true, true])
  })

  test('make none where the image is for another platform, or a context takes its place', () => {
    const text = 'FROM alpine AS src\nFROM base\n'
    const images = { base: withTriggers(['COPY --from=src /x /y']) }
    const own = 'src -copy-> stage 1'
    expectGraph(text, own, { images })
    expectGraph(text.replace('FROM base', 'FROM --platform=linux/arm64 base'), '', { images })
    expectGraph(text, '(base) -base-> stage 1', { images, namedContexts: ['base'] })
  })

  test('what BuildKit refuses of them is said at the FROM that sets them off', () => {
    const images = { base: withTriggers(['COPY --from=7 /x /y', 'COPY --from=late /x /y']) }
    const analysis = expectGraph(
      'FROM base AS a\nFROM scratch AS late\nCOPY --from=a /q /q\n',
      '?7? -copy-> a\nlate -copy-> a\na -copy-> late',
      { images },
    )
    expect(findings(analysis).filter(each => each.startsWith('1 error'))).toEqual([
      '1 error invalid-index',
      '1 error cycle',
      '1 error forward-reference',
    ])
  })

  test('come and go with what the engine holds; typing elsewhere keeps them', () => {
    const text = 'FROM alpine AS src\nFROM base AS a\nRUN x\n'
    const without = analyze(text)
    const images = { base: withTriggers(['COPY --from=src /x /y']) }
    const held = analyze(text, { ...defaultInputs, images }, { analysis: without, mapOffset: offset => offset })
    const typed = analyze(`#\n${text}`, held.inputs, { analysis: held, mapOffset: offset => offset + 2 })
    const counts = [without, held, typed].map(({ graph }) =>
      graph.edges.filter(edge => edge.onbuild).map(edge => edge.line),
    )
    expect(counts).toEqual([[], [2], [3]])
    expect(typed.graph.stages.map(({ id }) => id)).toEqual(without.graph.stages.map(({ id }) => id))
    expect(typed.derivation.reads[1]?.references[0]).toMatchObject({
      instruction: { keyword: 'COPY' },
      origin: { line: 3 },
    })
  })
})
