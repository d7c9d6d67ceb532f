import type { GraphModel } from '../../shared/drawing/graph-model.ts'
import { graphSvg } from '../../shared/drawing/svg.ts'
import { toDot } from '../../shared/graph/dot.ts'
import type { Point } from '../../shared/graph/layout.ts'
import { toMermaid } from '../../shared/graph/mermaid.ts'
import type { StageGraph } from '../../shared/graph/stage-graph.ts'

export interface Exported {
  readonly graph: StageGraph
  readonly model: GraphModel
  readonly positions: ReadonlyMap<string, Point>
}

/** Pixels of the picture for each pixel of the canvas at 100 %. */
const pictureScale = 2
/** Chromium draws nothing on a canvas with a longer side. */
const longestSide = 16_384

export async function exportGraph(format: 'svg' | 'png' | 'mermaid' | 'dot', exported: Exported): Promise<void> {
  switch (format) {
    case 'svg': {
      download('stages.svg', new Blob([svgOf(exported)], { type: 'image/svg+xml' }))
      return
    }
    case 'png': {
      download('stages.png', await picture(svgOf(exported)))
      return
    }
    case 'mermaid': {
      download('stages.mmd', new Blob([toMermaid(exported.graph)], { type: 'text/plain' }))
      return
    }
    case 'dot': {
      download('stages.dot', new Blob([toDot(exported.graph)], { type: 'text/vnd.graphviz' }))
      return
    }
  }
}

function svgOf({ model, positions }: Exported): string {
  return graphSvg(model, positions, document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light')
}

/** The host's own download: a dialog for the place in the desktop window, the usual folder in a browser. */
function download(name: string, content: Blob): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/** Draws the SVG as PNG; a graph too large for one canvas is drawn smaller. */
async function picture(svg: string): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = address
    await image.decode()
    const scale = Math.min(pictureScale, longestSide / Math.max(image.naturalWidth, image.naturalHeight))
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(image.naturalWidth * scale)
    canvas.height = Math.round(image.naturalHeight * scale)
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    const blob = await new Promise<Blob | null>(resolve => canvas.toBlob(resolve, 'image/png'))
    if (blob === null) throw new Error('The browser could not draw a picture this large. Export an SVG instead.')
    return blob
  } finally {
    URL.revokeObjectURL(address)
  }
}
