import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { codeFolding, foldGutter, foldKeymap, foldService } from '@codemirror/language'
import { lintGutter, lintKeymap } from '@codemirror/lint'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { EditorState, type Extension } from '@codemirror/state'
import {
  drawSelection,
  dropCursor,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  rectangularSelection,
} from '@codemirror/view'
import { analysisField } from './analysis-field.ts'
import { diagnostics } from './diagnostics.ts'
import { dockerfileHighlighting } from './dockerfile-highlighting.ts'
import { editorTheme } from './editor-theme.ts'
import { entryNames } from './entry-names.ts'
import { flashedRanges, highlightedRange } from './highlighted-range.ts'
import { lineEndings, type LineEnding } from './line-endings.ts'
import { placementField } from './placement-field.ts'
import { stageStripes } from './stage-stripes.ts'

/** A stage folds below its FROM; a long instruction below its first line. */
const folding = foldService.of((state, lineStart, lineEnd) => {
  const { graph } = state.field(analysisField)
  const stage = graph.stages.find(
    candidate => candidate.fromRange.from >= lineStart && candidate.fromRange.from <= lineEnd,
  )
  if (stage) return lineEnd < stage.range.to ? { from: lineEnd, to: stage.range.to } : null
  for (const owner of graph.stages) {
    if (owner.range.to < lineStart || owner.range.from > lineEnd) continue
    const step = owner.steps.find(candidate => candidate.range.from >= lineStart && candidate.range.from <= lineEnd)
    if (step && lineEnd < step.range.to) return { from: lineEnd, to: step.range.to }
  }
  return null
})

/** Everything the document's state carries: language, history, keys and looks. The nonce lets its style sheet in. */
export function sourceExtensions(lineEnding: LineEnding, nonce: string): Extension {
  return [
    EditorView.cspNonce.of(nonce),
    lineEndings(lineEnding),
    analysisField,
    history(),
    entryNames,
    placementField,
    highlightedRange,
    flashedRanges,
    stageStripes,
    lineNumbers(),
    foldGutter(),
    codeFolding(),
    folding,
    dockerfileHighlighting,
    diagnostics,
    lintGutter(),
    drawSelection(),
    dropCursor(),
    rectangularSelection(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSelectionMatches(),
    search({ top: true }),
    EditorState.allowMultipleSelections.of(true),
    EditorView.contentAttributes.of({ 'aria-label': 'Dockerfile text', tabindex: '0' }),
    keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap, ...foldKeymap, ...lintKeymap, indentWithTab]),
    editorTheme,
  ]
}
