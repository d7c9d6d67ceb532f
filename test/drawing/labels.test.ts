import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { analyze } from '../../shared/analysis.ts'
import { noMarks } from '../../shared/builds/build-marks.ts'
import { routeEdges, type Box } from '../../shared/drawing/edge-routing.ts'
import { fittingText, labelWidth } from '../../shared/drawing/edge-words.ts'
import { graphModel } from '../../shared/drawing/graph-model.ts'
import { createPlacer } from '../../shared/drawing/placer.ts'
import { nothingSelected } from '../../shared/selection.ts'

const corpus = process.env['SLIPWAY_SHARED']

/** Twelve stages, of which the last three copy from all before them. */
const twelve = Array.from({ length: 12 }, (_, index) => {
  const copies = Array.from(
    { length: index < 9 ? 0 : 9 },
    (_, from) => `COPY --from=part-${from} /out/part /opt/part-${from}\n`,
  )
  return `FROM alpine AS part-${index}\nRUN make part\n${index < 9 ? '' : copies.slice((index - 9) * 3, (index - 9) * 3 + 3).join('')}`
}).join('')

/** The cards, and the pills that are seen while nothing is selected. */
function drawn(text: string): { readonly cards: readonly Box[]; readonly pills: readonly Box[] } {
  const view = { marks: noMarks, selection: nothingSelected, unfolded: new Map(), showContext: false }
  const model = graphModel(analyze(text), view)
  const positions = createPlacer().place(model, new Map())
  const cards = model.cards.map(({ key, width, height }) => ({
    key,
    width,
    height,
    ...(positions.get(key) ?? { x: 0, y: 0 }),
  }))
  const routes = routeEdges(model.edges, cards)
  const pills = model.edges.flatMap(({ id, label, labelWidth: wanted }) => {
    const route = routes.get(id)
    const width = Math.min(wanted, route?.labelRoom ?? 0)
    if (route === undefined || label === null || label.quiet || width < Math.min(48, wanted)) return []
    return [{ key: `label of ${id}`, x: route.end.x - 14 - width, y: route.end.y - 10, width, height: 20 }]
  })
  return { cards, pills }
}

function covered(pills: readonly Box[], others: readonly Box[]): readonly string[] {
  return pills.flatMap(a =>
    others
      .filter(
        b => a !== b && a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height,
      )
      .map(b => `${a.key} and ${b.key}`),
  )
}

test('no label of twelve stages covers another or a card', () => {
  const { cards, pills } = drawn(twelve)
  expect(pills.length).toBeGreaterThan(8)
  expect(covered(pills, [...pills, ...cards])).toEqual([])
})

test.skipIf(corpus === undefined).each(['0e3cc4bf4cd5fcb6', '6b442500e4a63bf5', '88a60ab46263a2d5'])(
  'nor in the real file %s of twelve stages',
  id => {
    const { cards, pills } = drawn(readFileSync(join(corpus ?? '', 'corpus/files', `${id}.Dockerfile`), 'utf8'))
    expect(pills).not.toEqual([])
    expect(covered(pills, [...pills, ...cards])).toEqual([])
  },
)

test('a pill that is too narrow keeps the size, and shortens the path in the middle', () => {
  const label = { text: '/usr/local/greeting · 23 B', title: '', quiet: false }
  expect(fittingText(label, labelWidth(label.text))).toBe(label.text)
  expect(fittingText(label, labelWidth(label.text) - 30)).toMatch(/^\/us.*….*greeting · 23 B$/)
  expect(fittingText(label, labelWidth('/… · 23 B'))).toBe('23 B')
})
