import { RangeSet } from '@codemirror/state'
import { gutter, GutterMarker } from '@codemirror/view'
import { stageHue } from '../../shared/drawing/stage-hue.ts'
import { stageAt } from '../../shared/graph/stage-at.ts'
import { analysisField } from './analysis-field.ts'

class StageStripe extends GutterMarker {
  readonly hue: string
  constructor(hue: string) {
    super()
    this.hue = hue
  }
  override eq(other: GutterMarker): boolean {
    return other instanceof StageStripe && other.hue === this.hue
  }
  override toDOM(): HTMLElement {
    const stripe = document.createElement('div')
    stripe.className = 'cm-stage-stripe'
    stripe.style.backgroundColor = this.hue
    return stripe
  }
}

/** A stripe in the stage's colour beside every line of it: the same colour as its card. */
export const stageStripes = gutter({
  class: 'cm-stage-stripes',
  lineMarker(view, line) {
    const { stages } = view.state.field(analysisField).graph
    const stage = stageAt(stages, line.to)
    return stage && line.from <= stage.range.to ? new StageStripe(stageHue(stage)) : null
  },
  lineMarkerChange: update => update.docChanged,
  markers: () => RangeSet.empty,
})
