/** Calls `draw` before anything is worked out that key or pointer do in what `region` matches; returns how to stop that. */
export function beforeActing(region: string, draw: () => void): () => void {
  const listening = new AbortController()
  const asked = ({ target }: Event) => {
    if (target instanceof Element && target.closest(region) !== null) draw()
  }
  // On the window and before anyone else, so that the handlers found are those of the new drawing.
  for (const event of ['keydown', 'pointerdown', 'click', 'drop'])
    window.addEventListener(event, asked, { capture: true, signal: listening.signal })
  return () => listening.abort()
}
