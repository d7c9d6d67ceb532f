import type { Analysis } from '../analysis.ts'
import { noMarks } from '../builds/build-marks.ts'
import type { Point } from '../graph/layout.ts'
import { formatCount } from '../quantities.ts'
import { nothingSelected } from '../selection.ts'
import { cardMeasures, footerWords, hasFooter, type Card, type SourceContent, type StageContent } from './card-model.ts'
import type { DrawnEdge } from './edge-model.ts'
import { routeEdges, type Route } from './edge-routing.ts'
import { fittingText, shorten } from './edge-words.ts'
import { graphModel, type GraphModel } from './graph-model.ts'
import { palette, type Theme } from './palette.ts'
import { createPlacer } from './placer.ts'

const margin = 32
/** Widths of an average character in pixels, on the safe side for whatever fonts the picture meets. */
const characterWidth = { name: 7.6, code: 6.7, words: 6.2 }
/** Labels narrower than this say nothing. */
const smallestLabel = 48

/** The graph of a file as it first opens in the window. */
export function fileSvg(analysis: Analysis, theme: Theme = 'light'): string {
  const view = { marks: noMarks, selection: nothingSelected, unfolded: new Map(), showContext: false }
  const model = graphModel(analysis, view)
  return graphSvg(model, createPlacer().place(model, new Map()), theme)
}

/** A picture of the graph with its cards at those places: SVG 1.1 without style sheets, scripts or fonts of its own. */
export function graphSvg(model: GraphModel, positions: ReadonlyMap<string, Point>, theme: Theme): string {
  const paint = painter(theme)
  const boxes = model.cards.map(({ key, width, height }) => ({
    ...(positions.get(key) ?? { x: 0, y: 0 }),
    key,
    width,
    height,
  }))
  const routes = routeEdges(model.edges, boxes)
  const reach = boxes.flatMap(box => [
    { x: box.x, y: box.y },
    { x: box.x + box.width, y: box.y + box.height },
  ])
  for (const { path } of routes.values())
    for (const [, x, y] of path.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)) reach.push({ x: Number(x), y: Number(y) })
  const left = Math.min(0, ...reach.map(point => point.x)) - margin
  const top = Math.min(0, ...reach.map(point => point.y)) - margin
  const width = Math.ceil(Math.max(0, ...reach.map(point => point.x)) + margin - left)
  const height = Math.ceil(Math.max(0, ...reach.map(point => point.y)) + margin - top)
  const drawn = model.edges.flatMap(edge => {
    const route = routes.get(edge.id)
    return route === undefined ? [] : [{ edge, route }]
  })
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${left} ${top} ${width} ${height}">`,
    `<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="${paint('canvas')}"/>`,
    ...drawn.map(({ edge, route }) => line(edge, route, paint)),
    ...model.cards.map(card => {
      const { x, y } = positions.get(card.key) ?? { x: 0, y: 0 }
      return `<g transform="translate(${x},${y})"><title>${escape(card.description)}</title>${body(card, paint)}</g>`
    }),
    ...drawn.map(({ edge, route }) => label(edge, route, paint)),
    '</svg>\n',
  ]
    .filter(part => part !== '')
    .join('\n')
}

/** The colour behind a name of the palette or behind `var(--name)`. */
type Paint = (colour: string) => string

function painter(theme: Theme): Paint {
  return colour => palette[theme][/^var\(--(.+)\)$/.exec(colour)?.[1] ?? colour] ?? '#808080'
}

function line({ kind, hue, edges, needed, description }: DrawnEdge, { path, end }: Route, paint: Paint): string {
  const colour = paint(kind === 'context' ? 'line-strong' : hue)
  const folded = edges.length > 1
  const style = {
    base: 'stroke-width="1.5"',
    copy: `stroke-width="${folded ? 2.5 : 1.5}" stroke-dasharray="6 4"`,
    mount: 'stroke-width="2" stroke-linecap="round" stroke-dasharray="0.1 4.5"',
    context: 'stroke-width="0.75"',
  }[kind]
  const faint = needed ? '' : ' opacity="0.45"'
  return [
    `<g data-edge="${kind}" fill="none" stroke="${colour}"${faint}><title>${escape(description)}</title>`,
    `<path d="${path}" stroke="${paint('canvas')}" stroke-width="4.5"/><path d="${path}" ${style}/>`,
    `<path d="M${end.x - 7},${end.y - 4} L${end.x - 1},${end.y} L${end.x - 7},${end.y + 4}" stroke-width="1.5"/></g>`,
  ].join('')
}

function label({ label: words, labelWidth: wanted, hue }: DrawnEdge, { end, labelRoom }: Route, paint: Paint): string {
  const width = Math.min(wanted, labelRoom)
  if (words === null || words.quiet || width < Math.min(smallestLabel, wanted)) return ''
  const left = end.x - 14 - width
  return [
    `<g><title>${escape(words.title)}</title><rect x="${left}" y="${end.y - 10}" width="${width}" height="20" rx="10"`,
    ` fill="${paint('surface')}" stroke="${paint(hue)}" stroke-opacity="0.5"/>`,
    text(left + 9, end.y + 4, fittingText(words, width), paint('ink-secondary'), code),
    '</g>',
  ].join('')
}

function body({ content, width, height }: Card, paint: Paint): string {
  return content.kind === 'stage' ? stage(content, width, height, paint) : source(content, width, height, paint)
}

function stage(content: StageContent, width: number, height: number, paint: Paint): string {
  const m = cardMeasures
  const hue = paint(content.hue)
  const border = content.isTarget ? `stroke="${hue}" stroke-width="2"` : `stroke="${paint('line')}"`
  const index = String(content.index)
  const nameAt = 20 + index.length * 8
  const parts = [
    `<rect width="${width}" height="${height}" rx="8" fill="${paint('surface')}" ${border}`,
    `${content.reachable ? '' : ' stroke-dasharray="4 3"'}/>`,
    `<rect x="1" y="8" width="4" height="${height - 16}" rx="2" fill="${hue}"/>`,
    text(14, 25, index, hue, `${code} font-weight="600"`),
    text(
      nameAt,
      25,
      cut(content.title, width - nameAt - (content.isTarget ? 60 : 12), characterWidth.name),
      paint(content.named ? 'ink' : 'ink-quiet'),
      `font-family="${fonts.words}" font-size="13" font-weight="600"`,
    ),
  ]
  if (content.isTarget) parts.push(text(width - 12, 25, 'target', hue, `${small} text-anchor="end"`))
  let y: number = m.header
  if (content.base !== null) {
    const platform = content.platform === null ? '' : ` · ${content.platform}`
    parts.push(
      text(
        14,
        y + 17,
        cut(content.base.text + platform, width - 28, characterWidth.code),
        paint('ink-secondary'),
        code,
      ),
    )
    y += m.base
  }
  for (const row of content.rows) {
    const keywordWidth = (row.keyword.length + 1) * characterWidth.code
    parts.push(text(14, y + 16, row.keyword, hue, code))
    parts.push(
      text(
        14 + keywordWidth,
        y + 16,
        cut(row.gist, width - 26 - keywordWidth, characterWidth.code),
        paint('ink'),
        code,
      ),
    )
    y += m.row
  }
  if (content.foldable) {
    const words = formatCount(content.hiddenSteps, content.rows.length > 0 ? 'more step' : 'step')
    if (content.hiddenSteps > 0) parts.push(text(14, y + 17, words, paint('ink-quiet'), small))
    y += m.more
  }
  if (hasFooter(content)) {
    parts.push(text(14, y + 18, cut(footerWords(content), width - 28, characterWidth.words), paint('ink-quiet'), small))
  }
  return parts.join('')
}

function source({ source: kind, title, detail }: SourceContent, width: number, height: number, paint: Paint): string {
  const broken = kind === 'unresolved'
  const border = `stroke="${paint(broken ? 'error' : 'line-strong')}"${broken ? ' stroke-dasharray="4 3"' : ''}`
  const room = width - 24
  return [
    `<rect width="${width}" height="${height}" rx="8" fill="${paint('surface-sunken')}" ${border}/>`,
    text(12, detail === '' ? height / 2 + 4 : 22, cut(title, room, characterWidth.code), paint('ink'), code),
    detail === '' ? '' : text(12, 40, cut(detail, room, characterWidth.code), paint('ink-secondary'), small),
  ].join('')
}

const fonts = { words: 'Inter, system-ui, sans-serif', code: 'JetBrains Mono, ui-monospace, monospace' }
const code = `font-family="${fonts.code}" font-size="11"`
const small = `font-family="${fonts.words}" font-size="11"`

function cut(words: string, room: number, each: number): string {
  return shorten(words, Math.max(4, Math.floor(room / each)))
}

function text(x: number, y: number, words: string, colour: string, font: string): string {
  return words === '' ? '' : `<text x="${x}" y="${y}" fill="${colour}" ${font}>${escape(words)}</text>`
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** For text and attributes; characters that XML does not know at all become the replacement character. */
function escape(words: string): string {
  // eslint-disable-next-line no-control-regex
  const legal = words.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\p{Cs}/gu, '\ufffd')
  return legal.replace(/[&<>"]/g, character => entities[character] ?? character)
}
