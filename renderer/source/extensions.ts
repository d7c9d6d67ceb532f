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
import type { Analysis } from '../../shared/analysis.ts'
import { stageAt } from '../../shared/graph/stage-at.ts'
import { analysisField } from './analysis-field.ts'
import { caretInView } from './caret-in-view.ts'
import { diagnostics } from './diagnostics.ts'
import { dockerfileHighlighting } from './dockerfile-highlighting.ts'
import { editorTheme } from './editor-theme.ts'
import { entryNames } from './entry-names.ts'
import { flashedRanges, highlightedRange } from './highlighted-range.ts'
import { lineEndings } from './line-endings.ts'
import { placementField } from './placement-field.ts'
import { problemsField } from './problems-field.ts'
import { stageStripes } from './stage-stripes.ts'

/** A stage folds below its FROM; a long instruction below its first line. */
const folding = foldService.of((state, lineStart, lineEnd) => {
  const { graph } = state.field(analysisField)
  const stage = stageAt(graph.stages, lineEnd)
  const begun = stage && [stage, ...stage.steps].find(({ range }) => range.from >= lineStart && range.from <= lineEnd)
  return begun && lineEnd < begun.range.to ? { from: lineEnd, to: begun.range.to } : null
})

/** Everything a document's state carries: language, history, keys and looks. The nonce lets its style sheet in. */
export function sourceExtensions(analysis: Analysis, nonce: string): Extension {
  return [
    EditorView.cspNonce.of(nonce),
    lineEndings(analysis.file.lineEnding),
    analysisField.init(() => analysis),
    problemsField,
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
    caretInView,
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
