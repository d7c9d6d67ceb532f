import type { TextRange } from '../text/text-edit.ts'

/** What a span of source is, in the field's words; the editor gives each a colour. */
export const highlightKinds = [
  'comment',
  'directive',
  'keyword',
  'unknown-keyword',
  'as-keyword',
  'flag',
  'flag-value',
  'image',
  'stage-name',
  'key',
  'string',
  'variable',
  'heredoc-delimiter',
  'heredoc-body',
  'continuation',
] as const
export type HighlightKind = (typeof highlightKinds)[number]

export interface HighlightSpan extends TextRange {
  readonly kind: HighlightKind
}

/** Paints over one stretch of text: what is painted later covers what was there. */
export class Painter {
  private readonly range: TextRange
  private readonly colors: Uint8Array

  constructor(range: TextRange) {
    this.range = range
    this.colors = new Uint8Array(Math.max(0, range.to - range.from))
  }

  paint(kind: HighlightKind, { from, to }: TextRange): void {
    this.colors.fill(
      highlightKinds.indexOf(kind) + 1,
      Math.max(0, from - this.range.from),
      Math.max(0, to - this.range.from),
    )
  }

  /** In order, without overlaps; what was not painted is left out. */
  spans(): HighlightSpan[] {
    const spans: HighlightSpan[] = []
    let start = 0
    for (let position = 1; position <= this.colors.length; position++) {
      const color = this.colors[start]
      if (this.colors[position] === color) continue
      const kind = highlightKinds[(color ?? 0) - 1]
      if (kind !== undefined) spans.push({ from: this.range.from + start, to: this.range.from + position, kind })
      start = position
    }
    return spans
  }
}
