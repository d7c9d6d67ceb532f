import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nothingSelected, type Selection } from '../../shared/selection.ts'
import { createModelBuilder, graphModel, type GraphModel } from '../../shared/drawing/graph-model.ts'
import { createPlacer } from '../../shared/drawing/placer.ts'
import { layOut, layoutTask } from '../../shared/drawing/whole-layout.ts'
import { createFlowBuilder } from '../../renderer/graph/to-flow.ts'
import { analyze, defaultInputs, type Analysis } from '../../shared/analysis.ts'
import { noMarks, type BuildMark } from '../../shared/builds/build-marks.ts'
import type { StageId } from '../../shared/graph/stage-graph.ts'
import type { Point } from '../../shared/graph/layout.ts'
import { applyEdits, mapThrough, type TextEdit } from '../../shared/text/text-edit.ts'

const file = `FROM golang:1.25 AS build
RUN go build -o /out/app .

FROM node:24 AS assets
RUN npm run build

FROM alpine:3.22
COPY --from=build /out/app /app
COPY --from=assets /web/dist /srv
`

function model(analysis: Analysis, selection: Selection = nothingSelected, showContext = false): GraphModel {
  return graphModel(analysis, { marks: noMarks, selection, unfolded: new Map(), showContext })
}

function edited(analysis: Analysis, edit: TextEdit): Analysis {
  const text = applyEdits(analysis.file.text, [edit])
  return analyze(text, defaultInputs, { analysis, mapOffset: mapThrough([edit]) })
}

const keys = (drawn: GraphModel) => drawn.cards.map(card => card.key)

describe('what is drawn of a file', () => {
  test('writes a base image on the card of the only stage that uses it', () => {
    const drawn = model(analyze(file))
    expect(drawn.cards).toHaveLength(3)
    const [build] = drawn.cards
    expect(build?.content).toMatchObject({ title: 'build', base: { text: 'golang:1.25' } })
  })

  test('draws lines without a halo where they end so close that it would wipe out the next', () => {
    const crowded = (count: number) => {
      const steps = Array.from({ length: count }, (_, at) => `FROM a${at} AS s${at}\n`)
      const copies = steps.map((_, at) => `COPY --from=s${at} /a /${at}\n`)
      const fillers = Array.from({ length: 13 }, () => 'RUN x\n')
      return model(analyze([...steps, 'FROM a\n', ...fillers, ...copies].join('')))
        .edges.filter(({ kind }) => kind === 'copy')
        .map(edge => edge.crowded)
    }
    expect(new Set(crowded(3))).toEqual(new Set([false]))
    expect(new Set(crowded(14))).toEqual(new Set([true]))
  })

  test('gives an image its own node where files are copied from it, or where more than two stages begin from it', () => {
    const copied = model(analyze('FROM alpine\nCOPY --from=busybox:1.37 /bin/sh /bin/sh\n'))
    expect(keys(copied)).toContain('image:busybox:1.37')
    const shared = model(analyze('FROM node:24 AS a\nFROM node:24 AS b\nFROM node:24 AS c\n'))
    expect(keys(shared)).toContain('image:node:24')
    expect(shared.edges.map(edge => edge.kind)).toEqual(['base', 'base', 'base'])
    const two = model(analyze('FROM node:24 AS a\nFROM node:24 AS b\n'))
    expect(two.cards.map(card => card.content)).toMatchObject([
      { title: 'a', base: { text: 'node:24' } },
      { title: 'b', base: { text: 'node:24' } },
    ])
  })

  test('tells a stage that another value needs from one that nothing does', () => {
    const text = 'ARG V=a\nFROM x AS base-a\nFROM x AS base-b\nFROM x AS dead\nFROM base-$V\n'
    const stages = model(analyze(text)).cards.filter(card => card.content.kind === 'stage')
    expect(stages.map(card => card.description.match(/(not )?needed.*/)?.[0] ?? 'built')).toEqual([
      'built',
      'needed when V=b',
      'not needed: no stage builds on it, copies from it or mounts it',
      'built',
    ])
  })

  test('says once that a build did not need a stage, and calls a stopped one so', () => {
    const analysis = analyze('FROM x AS unused\nFROM x AS final\n')
    const mark = { runningSince: null, milliseconds: null, error: null }
    const [unused, final] = analysis.graph.stages.map(({ id }) => id)
    if (unused === undefined || final === undefined) throw new Error('Two stages were written.')
    const states = new Map<StageId, BuildMark>([
      [unused, { ...mark, state: 'not-needed' }],
      [final, { ...mark, state: 'cancelled' }],
    ])
    const { cards } = graphModel(analysis, {
      marks: { ...noMarks, stages: states },
      selection: nothingSelected,
      unfolded: new Map(),
      showContext: false,
    })
    expect(cards.map(card => card.description)).toEqual([
      'Stage unused, from x, 0 steps, not needed: no stage builds on it, copies from it or mounts it, 1 problem',
      'Stage final, from x, 0 steps, target, stopped',
    ])
  })

  test('draws a misspelled stage as something that would be pulled, and a base without a value as unresolved', () => {
    const misspelled = model(analyze('FROM golang AS compile\nFROM alpine\nCOPY --from=compil /a /b\n'))
    const ghost = misspelled.cards.find(card => card.content.kind === 'source')?.content
    expect(ghost).toMatchObject({ source: 'unresolved', detail: 'Did you mean compile?' })
    const valueless = model(analyze('ARG TAG\nFROM alpine:${TAG}\n'))
    expect(valueless.cards[0]?.content).toMatchObject({ source: 'unresolved', detail: 'Needs a value' })
  })

  test('keeps the build context out until it is asked for, and counts it', () => {
    const analysis = analyze('FROM alpine\nCOPY a b\nADD c d\n')
    expect(keys(model(analysis))).not.toContain('context:')
    expect(model(analysis).contextCount).toBe(2)
    expect(keys(model(analysis, nothingSelected, true))).toContain('context:')
  })

  test('folds more than three copies of one pair into one line, until one of them is selected', () => {
    const copies = ['a', 'b', 'c', 'd'].map(name => `COPY --from=build /${name} /${name}\n`).join('')
    const analysis = analyze(`FROM golang AS build\nFROM alpine\n${copies}`)
    const [folded, ...others] = model(analysis).edges
    expect(others).toEqual([])
    expect(folded?.edges).toHaveLength(4)
    expect(folded?.label?.text).toBe('4 copies')
    const second = folded?.edges[1]
    if (second === undefined) throw new Error('nothing was folded')
    const unfolded = model(analysis, { kind: 'edge', edge: second }).edges
    expect(unfolded.map(edge => edge.selected)).toEqual([false, true, false, false])
  })

  test('ends each copy at the row of its instruction', () => {
    const [first, second] = model(analyze(file)).edges
    expect((second?.toOffset ?? 0) - (first?.toOffset ?? 0)).toBe(24)
  })

  test('folds a card with more than twelve steps, but keeps the rows at which arrows end', () => {
    const runs = Array.from({ length: 13 }, (_, index) => `RUN echo ${index}\n`).join('')
    const drawn = model(analyze(`FROM golang AS build\nFROM alpine\n${runs}COPY --from=build /a /b\n`))
    const content = drawn.cards[1]?.content
    expect(content).toMatchObject({ kind: 'stage', hiddenSteps: 13, rows: [{ keyword: 'COPY' }] })
  })
})

test('makes only what a selection concerns anew, and the same as from scratch', () => {
  const build = createModelBuilder()
  const view = { marks: noMarks, selection: nothingSelected, unfolded: new Map(), showContext: true }
  const analysis = analyze(file)
  const { stages, edges } = analysis.graph
  const [last] = stages.slice(-1)
  const [copy] = edges.filter(({ kind }) => kind === 'copy')
  if (last?.steps[0] === undefined || copy === undefined) throw new Error('The file has no copy.')
  const step = { kind: 'step', stage: last.id, instruction: last.steps[0].instruction } as const
  const edge = { kind: 'edge', edge: copy.id } as const
  const typed = edited(analysis, { from: file.indexOf('npm'), to: file.indexOf('npm'), insert: 'p' })
  let before = build(analysis, view)
  for (const [next, selection, newCards] of [
    [analysis, step, [last.id]],
    [analysis, edge, [last.id]],
    [analysis, nothingSelected, []],
    // What follows the key has moved in the file.
    [typed, nothingSelected, [stages[1]?.id, last.id]],
  ] as const) {
    const made = build(next, { ...view, selection })
    expect(made).toEqual(graphModel(next, { ...view, selection }))
    expect(made.cards.filter(card => !before.cards.includes(card)).map(({ key }) => key)).toEqual(newCards)
    const newEdges = made.edges.filter(drawn => !before.edges.includes(drawn))
    expect(newEdges.filter(({ to }) => to !== last.id && next === analysis)).toEqual([])
    before = made
  }
})

describe('places on the canvas', () => {
  test('leaves every card where it was when a stage is typed in', () => {
    const placer = createPlacer()
    const analysis = analyze(file)
    const before = placer.place(model(analysis), new Map())
    const at = file.indexOf('FROM alpine')
    const after = placer.place(
      model(edited(analysis, { from: at, to: at, insert: 'FROM build AS check\nRUN go vet\n\n' })),
      new Map(),
    )
    expect(after.size).toBe(before.size + 1)
    for (const [key, point] of before) expect(after.get(key)).toEqual(point)
  })

  test('pushes a card down that the one above has grown into, and lets it back', () => {
    const placer = createPlacer()
    const text =
      'FROM a AS one\nRUN x\n\nFROM b AS two\nRUN x\n\nFROM c\nCOPY --from=one /x /x\nCOPY --from=two /y /y\n'
    const analysis = analyze(text)
    const before = placer.place(model(analysis), new Map())
    const upper = [...before].filter(([key]) => key !== analysis.graph.target).sort((a, b) => a[1].y - b[1].y)
    const [[upperKey] = ['', null], [lowerKey, lowerAt] = ['', { x: 0, y: 0 }]] = upper
    const grown = edited(analysis, {
      from: analysis.graph.stages.find(stage => stage.id === upperKey)?.fromRange.to ?? 0,
      to: analysis.graph.stages.find(stage => stage.id === upperKey)?.fromRange.to ?? 0,
      insert: '\nRUN a\nRUN b\nRUN c\nRUN d\nRUN e',
    })
    expect(placer.place(model(grown), new Map()).get(lowerKey)?.y).toBeGreaterThan(lowerAt.y)
    expect(placer.place(model(analysis), new Map()).get(lowerKey)).toEqual(lowerAt)
  })

  test('moves hardly a card when a copy between two stages is added or changed', () => {
    const copies = fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 30 }), copies, fc.nat(), fc.nat(), (count, pairs, one, other) => {
        const linesOf = (more: readonly (readonly [number, number])[]) =>
          Array.from({ length: count }, (_, stage) => {
            const sources = more.filter(([to]) => to % count === stage && stage > 0).map(([, from]) => from % stage)
            return `FROM scratch AS s${stage}\n${sources.map(from => `COPY --from=s${from} /a /b\n`).join('')}`
          }).join('\n')
        const placer = createPlacer()
        const text = linesOf(pairs)
        const analysis = analyze(text)
        const before = placer.place(model(analysis), new Map())
        for (const changed of [
          [...pairs, [one, other] as const],
          [...pairs.slice(1), [one, other] as const],
        ]) {
          const longer = linesOf(changed)
          const mapOffset = (offset: number) => {
            const start = text.lastIndexOf('FROM', offset)
            const name = /AS \w+\n/.exec(text.slice(start))?.[0] ?? ''
            return longer.lastIndexOf('FROM', longer.indexOf(name)) + offset - start
          }
          const next = analyze(longer, defaultInputs, { analysis, mapOffset })
          const after = placer.place(model(next), new Map())
          expect([...after.keys()]).toEqual([...before.keys()])
          const moved = [...before].map(([key, { x, y }]) => {
            const now = after.get(key) ?? { x, y }
            return Math.hypot(now.x - x, now.y - y)
          })
          moved.sort((a, b) => a - b)
          expect(moved[moved.length >> 1]).toBe(0)
        }
      }),
    )
  })

  test('goes on from a layout made elsewhere as from its own', () => {
    const [own, taught] = [createPlacer(), createPlacer()]
    const [analysis, none] = [analyze(file), new Map<string, Point>()]
    const kept = new Map([[String(analysis.graph.target), { x: 1234, y: -56 }]])
    for (const placed of [none, kept]) {
      taught.learn(layOut(layoutTask(model(analysis), taught.known(placed))).positions)
      expect(taught.place(model(analysis), placed)).toEqual(own.place(model(analysis), placed))
    }
    const at = file.indexOf('FROM alpine')
    const next = model(edited(analysis, { from: at, to: at, insert: 'FROM build AS check\nRUN go vet\n\n' }))
    expect(taught.place(next, none)).toEqual(own.place(next, none))
  })

  test('takes positions kept elsewhere as they are', () => {
    const analysis = analyze(file)
    const kept = new Map([[String(analysis.graph.target), { x: 1234, y: -56 }]])
    expect(createPlacer().place(model(analysis), kept).get(String(analysis.graph.target))).toEqual({
      x: 1234,
      y: -56,
    })
  })
})

test('hands out the same node for every card that a change of the text does not concern', () => {
  const [placer, builder] = [createPlacer(), createFlowBuilder()]
  const analysis = analyze(file)
  const nodesOf = (drawn: GraphModel) =>
    builder.nodes(drawn, {
      positions: placer.place(drawn, new Map()),
      selected: new Set(),
      locked: new Set(),
    })
  const before = nodesOf(model(analysis))
  const at = file.indexOf('npm run build')
  const after = nodesOf(model(edited(analysis, { from: at, to: at + 3, insert: 'pnpm' })))
  expect(after.map((node, index) => node === before[index])).toEqual([true, false, true])
})
