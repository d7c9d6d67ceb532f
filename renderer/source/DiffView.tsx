import { unifiedMergeView } from '@codemirror/merge'
import { EditorState } from '@codemirror/state'
import { EditorView, lineNumbers } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import { styleNonce } from '../ui/style-nonce.ts'
import { editorTheme } from './editor-theme.ts'

/** Read-only: what would change if `after` took the place of `before`. */
export function DiffView({ before, after }: { before: string; after: string }) {
  const parent = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!parent.current) return
    const view = new EditorView({
      parent: parent.current,
      doc: after,
      extensions: [
        EditorView.cspNonce.of(styleNonce()),
        EditorState.readOnly.of(true),
        EditorView.contentAttributes.of({ 'aria-label': 'Difference', tabindex: '0' }),
        lineNumbers(),
        unifiedMergeView({ original: before, mergeControls: false, collapseUnchanged: { margin: 2 } }),
        editorTheme,
      ],
    })
    return () => view.destroy()
  }, [before, after])
  return <div ref={parent} className="diff-view" />
}
