import { RangeSetBuilder } from '@codemirror/state'
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view'
import { highlightSpans } from '../../shared/dockerfile/highlight.ts'
import type { HighlightKind } from '../../shared/dockerfile/spans.ts'
import { analysisField } from './analysis-field.ts'

const marks = new Map<HighlightKind, Decoration>()

function mark(kind: HighlightKind): Decoration {
  const known = marks.get(kind)
  if (known) return known
  const created = Decoration.mark({ class: `cm-dockerfile-${kind}` })
  marks.set(kind, created)
  return created
}

/** Colours from Slipway's own parser, for the visible lines only. */
export const dockerfileHighlighting = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet
    constructor(view: EditorView) {
      this.decorations = visibleSpans(view)
    }
    update(update: ViewUpdate) {
      if (update.docChanged || update.viewportChanged) this.decorations = visibleSpans(update.view)
    }
  },
  { decorations: plugin => plugin.decorations },
)

function visibleSpans(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>()
  const { file } = view.state.field(analysisField)
  for (const { from, to } of view.visibleRanges)
    for (const span of highlightSpans(file, from, to))
      if (span.to > span.from) builder.add(span.from, span.to, mark(span.kind))
  return builder.finish()
}
