import { expect, test } from 'vitest'
import { analyze } from '../../shared/analysis.ts'
import { noMarks } from '../../shared/builds/build-marks.ts'
import { graphModel } from '../../shared/drawing/graph-model.ts'
import { createPlacer } from '../../shared/drawing/placer.ts'
import { createRouter } from '../../shared/drawing/router.ts'
import { layOut, layoutTask } from '../../shared/drawing/whole-layout.ts'
import { nothingSelected } from '../../shared/selection.ts'
import { cardsCrossed } from './paths.ts'

const text = Array.from({ length: 150 }, (_, index) => {
  const copy = index % 3 === 2 ? `COPY --from=stage-${index - 2} /out /in\n` : ''
  return `FROM ${index === 0 ? 'scratch' : `stage-${(index - 1) >> 2}`} AS stage-${index}\nRUN make\n${copy}`
}).join('')

test('a card that is moved finds new ways for the lines it touches or meets, and leaves all others as they were', () => {
  const view = { marks: noMarks, selection: nothingSelected, unfolded: new Map(), showContext: false }
  const { cards, edges } = graphModel(analyze(text), view)
  const positions = createPlacer().place({ cards, edges }, new Map())
  const boxes = cards.map(card => ({ ...card, ...(positions.get(card.key) ?? { x: 0, y: 0 }) }))
  const { route } = createRouter()
  const before = route(edges, boxes)
  expect(route(edges, boxes)).toBe(before)

  const [first] = boxes.slice(100)
  const moved = boxes.map(box => (box === first ? { ...box, y: box.y - 70, x: box.x - 180 } : box))
  const after = route(edges, moved)
  const changed = edges.filter(({ id }) => after.get(id) !== before.get(id))
  const touched = edges.filter(({ from, to }) => from === first?.key || to === first?.key)
  expect(changed).toEqual(expect.arrayContaining(touched))
  expect(changed.length).toBeLessThan(edges.length / 4)
  const kept = edges.filter(edge => !changed.includes(edge))
  expect(cardsCrossed(kept, after, moved)).toEqual([])
})

test('ways found elsewhere are its own for as long as nothing moves', () => {
  const view = { marks: noMarks, selection: nothingSelected, unfolded: new Map(), showContext: false }
  const { cards, edges } = graphModel(analyze(text), view)
  const task = layoutTask({ cards, edges }, new Map())
  const { boxes, routes } = layOut(structuredClone(task))
  const { route, learn } = createRouter()
  learn(task.edges, boxes, routes)
  expect(route(edges, boxes)).toBe(routes)
  expect(createRouter().route(edges, boxes)).toEqual(routes)
})
