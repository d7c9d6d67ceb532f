import { EditorView, ViewPlugin } from '@codemirror/view'

/** Keeps the cursor's line in view where the pane becomes lower, if it was in view before. */
export const caretInView = ViewPlugin.define(view => {
  let height = view.scrollDOM.clientHeight
  const observer = new ResizeObserver(() => {
    const before = height
    const { clientHeight, scrollTop } = view.scrollDOM
    // A hidden pane has no height, and comes back as it was.
    if (clientHeight === 0) return
    height = clientHeight
    const { head } = view.state.selection.main
    const line = view.lineBlockAt(head)
    const bottom = view.documentPadding.top + line.bottom - scrollTop
    if (bottom > clientHeight && bottom <= before)
      view.dispatch({ effects: EditorView.scrollIntoView(head, { y: 'nearest' }) })
  })
  observer.observe(view.scrollDOM)
  return { destroy: () => observer.disconnect() }
})
