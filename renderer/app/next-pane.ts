/** The panes as they follow each other, each with where the focus goes, by preference. */
const panes: readonly (readonly [pane: string, entries: readonly string[]])[] = [
  ['.top-bar', ['button:not(:disabled)']],
  ['.outline', ['[tabindex="0"]', 'button']],
  ['.graph-pane', ['.react-flow__node.selected', '.react-flow__node', '.graph-overview', 'button']],
  ['.side-pane', ['.cm-content', '[role="tab"][aria-selected="true"]']],
  ['.drawer', ['[role="tab"][aria-selected="true"]', '[role="tab"]']],
]

/** Moves the focus to the pane after or before the one that has it: Tab alone does not leave a text that it indents. */
export function focusNextPane(step: 1 | -1): void {
  const shown = panes.flatMap(([selector, entries]) => {
    const pane = document.querySelector(selector)
    const entry = pane && entries.map(each => visibleIn(pane, each)).find(found => found !== undefined)
    return entry ? [{ pane, entry }] : []
  })
  const now = shown.findIndex(({ pane }) => pane.contains(document.activeElement))
  const next = now < 0 && step < 0 ? -1 : (now + step) % shown.length
  shown.at(next)?.entry.focus()
}

function visibleIn(pane: Element, selector: string): HTMLElement | undefined {
  return [...pane.querySelectorAll<HTMLElement>(selector)].find(element => element.checkVisibility())
}
