import { comesNear } from '../../../shared/drawing/edge-routing.ts'
import { overlaps, type Rectangle } from '../viewport.ts'
import type { Palette } from './palette.ts'
import type { Block, Line, Scene, Sign } from './scene.ts'

/** A drawing surface whose unit is a pixel of the graph, with `pixel` of them to one on the screen. */
export interface Brush {
  readonly context: CanvasRenderingContext2D
  readonly palette: Palette
  readonly zoom: number
  readonly pixel: number
}

const smallestName = 9
const largestName = 14
const smallestSign = 7
const largestSign = 16
/** Below this zoom lines are too near to each other for their patterns to be told apart. */
const patternsFrom = 0.15
/** Below this zoom a block is a few pixels: all colour, under lines that step back. */
const detailsFrom = 0.12

export function paintScene(brush: Brush, scene: Scene, area: Rectangle, without: string | null): void {
  for (const line of scene.lines)
    if (comesNear(line.route, area) && line.edge.from !== without && line.edge.to !== without)
      paintLine(brush, line, 1.25)
  for (const block of scene.blocks) if (overlaps(block, area) && block.key !== without) paintBlock(brush, block)
}

export function paintLine(brush: Brush, { edge, path }: Line, width: number, strength = 1): void {
  const { context, palette, pixel, zoom } = brush
  context.strokeStyle = palette.colour(edge.hue)
  const isTiny = zoom < detailsFrom
  context.globalAlpha = (edge.needed ? 0.8 : 0.35) * (isTiny ? 0.5 : 1) * strength
  context.lineWidth = (edge.kind === 'context' || isTiny ? width / 2 : width) * pixel
  const patterns = { base: [], copy: [5, 3], mount: [1, 3], context: [] }
  context.setLineDash(zoom < patternsFrom ? [] : patterns[edge.kind].map(length => length * pixel))
  context.stroke(path)
  context.globalAlpha = 1
}

/** Sets a line apart from those below it. */
export function paintHalo({ context, palette, pixel }: Brush, { path }: Line, width: number): void {
  context.strokeStyle = palette.colour('var(--canvas)')
  context.lineWidth = width * pixel
  context.setLineDash([])
  context.stroke(path)
}

export function paintBlock(brush: Brush, block: Block): void {
  const { context, palette, pixel, zoom } = brush
  const { x, y, width, height } = block
  const hue = palette.colour(block.hue)
  const isStage = block.stage !== null
  const isTiny = zoom < detailsFrom
  context.save()
  context.beginPath()
  if (isTiny) context.rect(x, y, width, height)
  else context.roundRect(x, y, width, height, 8)
  context.fillStyle = palette.colour('var(--surface)')
  context.fill()
  context.fillStyle = hue
  context.globalAlpha = !isStage ? 0.08 : (block.needed ? 0.3 : 0.1) * (isTiny ? 3.2 : 1)
  context.fill()
  context.globalAlpha = 1
  context.clip()
  if (isStage && !isTiny) {
    context.globalAlpha = block.needed ? 1 : 0.45
    context.fillRect(x, y, Math.max(10, 3 * pixel), height)
    context.globalAlpha = 1
  }
  const isBad = block.sign === 'error' || block.sign === 'failed'
  if (isBad || block.isTarget || !isStage) {
    // Half of the line falls outside the clip.
    context.lineWidth = (isBad || block.isTarget ? 4 : 2) * pixel
    context.strokeStyle = isBad ? palette.colour('var(--error)') : block.isTarget ? palette.colour('var(--ink)') : hue
    context.setLineDash(isStage ? [] : [4 * pixel, 3 * pixel])
    context.stroke()
    context.setLineDash([])
  }
  const signSize = paintSign(brush, block)
  paintName(brush, block, signSize)
  context.restore()
}

/** The name in one line or two, where it can be read; cut short where it cannot be whole. */
function paintName({ context, palette, pixel, zoom }: Brush, block: Block, signSize: number): void {
  const left = Math.max(10, 3 * pixel) + 4 * pixel
  const room = (block.width - left) * zoom - signSize - 3
  const height = block.height * zoom - 3
  if (height < smallestName || room < 3 * smallestName) return
  const weight = block.stage === null ? 450 : 600
  const widthOf = (words: string) => palette.widthOf(words, weight)
  const halves = height >= 2.3 * smallestName && widthOf(block.title) * smallestName > room ? halved(block.title) : null
  const lines = halves ?? [block.title]
  const longest = Math.max(...lines.map(widthOf))
  const largest = Math.min(largestName, height / lines.length / 1.15)
  const size = Math.max(Math.min(largest, room / longest), smallestName)
  context.font = `${weight} ${size * pixel}px ${palette.font}`
  context.fillStyle = palette.colour(block.needed ? 'var(--ink)' : 'var(--ink-quiet)')
  context.textBaseline = 'middle'
  const middle = block.y + block.height / 2
  lines.forEach((words, line) => {
    const shown = cut(words, Math.floor((room / size / widthOf(words)) * words.length))
    context.fillText(shown, block.x + left, middle + (line - (lines.length - 1) / 2) * size * 1.15 * pixel)
  })
}

function cut(words: string, letters: number): string {
  return words.length <= letters ? words : letters < 3 ? '' : `${words.slice(0, letters - 1)}…`
}

/** At the word's end nearest to its middle; null for one word. */
function halved(title: string): readonly string[] | null {
  const ends = [...title.matchAll(/[-_./:]/g)].map(({ index }) => index + 1).filter(end => end < title.length)
  const [first] = ends.sort((a, b) => Math.abs(a - title.length / 2) - Math.abs(b - title.length / 2))
  return first === undefined ? null : [title.slice(0, first), title.slice(first)]
}

const signs: Record<Sign, { readonly colour: string; readonly shape: (size: number) => string }> = {
  error: { colour: 'var(--error)', shape: s => `M0,${-s * 0.6} V${s * 0.1} M0,${s * 0.5} V${s * 0.55}` },
  failed: {
    colour: 'var(--error)',
    shape: s => `M${-s / 2},${-s / 2} L${s / 2},${s / 2} M${s / 2},${-s / 2} L${-s / 2},${s / 2}`,
  },
  warning: { colour: 'var(--warning)', shape: s => `M0,${-s * 0.6} V${s * 0.1} M0,${s * 0.5} V${s * 0.55}` },
  running: { colour: 'var(--running)', shape: s => `M${-s * 0.35},${-s / 2} L${s / 2},0 L${-s * 0.35},${s / 2} Z` },
  done: { colour: 'var(--success)', shape: s => `M${-s / 2},0 L${-s * 0.1},${s * 0.45} L${s / 2},${-s * 0.45}` },
  cached: {
    colour: 'var(--success)',
    shape: s => `M${s * 0.2},${-s * 0.6} L${-s * 0.4},${s * 0.1} H${s * 0.3} L${-s * 0.2},${s * 0.6}`,
  },
  cancelled: { colour: 'var(--warning)', shape: s => `M${-s / 2},0 H${s / 2}` },
}

/** A disc, or a triangle for warnings, with its sign at the right end; returns its width on the screen. */
function paintSign({ context, palette, pixel, zoom }: Brush, block: Block): number {
  if (block.sign === null) return 0
  const size = Math.max(smallestSign, Math.min(largestSign, block.height * zoom * 0.4))
  const radius = (size / 2) * pixel
  const { colour, shape } = signs[block.sign]
  context.save()
  context.translate(block.x + block.width - radius - 3 * pixel, block.y + block.height / 2)
  context.fillStyle = palette.colour(colour)
  context.beginPath()
  if (block.sign === 'warning') {
    context.moveTo(0, -radius)
    context.lineTo(radius, radius)
    context.lineTo(-radius, radius)
  } else context.arc(0, 0, radius, 0, 2 * Math.PI)
  context.fill()
  context.strokeStyle = palette.colour('var(--surface)')
  context.lineWidth = Math.max(1, size / 8) * pixel
  context.lineCap = 'round'
  if (block.sign === 'warning') context.translate(0, radius * 0.3)
  context.stroke(new Path2D(shape(radius)))
  context.restore()
  return size + 4
}

/** A ring round a block: what is selected, or under the pointer. */
export function paintRing({ context, palette, pixel }: Brush, block: Rectangle, colour: string, width: number): void {
  const gap = (width / 2) * pixel
  context.beginPath()
  context.roundRect(block.x - gap, block.y - gap, block.width + 2 * gap, block.height + 2 * gap, 8 + gap)
  context.strokeStyle = palette.colour(colour)
  context.lineWidth = width * pixel
  context.setLineDash([])
  context.stroke()
}
