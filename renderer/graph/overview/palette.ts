/** The window's colours and letters, as a bitmap needs them: resolved. */
export interface Palette {
  /** A colour written as `var(--name)`. */
  readonly colour: (token: string) => string
  readonly font: string
  /** Width of the words in letters of 1 px. */
  readonly widthOf: (words: string, weight: number) => number
}

/** Reads the tokens as they are now; a change of theme or contrast needs a new palette. */
export function readPalette(context: CanvasRenderingContext2D): Palette {
  const style = getComputedStyle(document.documentElement)
  const colours = new Map<string, string>()
  const widths = new Map<string, number>()
  const font = style.getPropertyValue('--font-ui')
  return {
    font,
    colour(token) {
      const known = colours.get(token)
      if (known !== undefined) return known
      const colour = style.getPropertyValue(token.replace(/^var\((.*)\)$/, '$1')).trim()
      colours.set(token, colour)
      return colour
    },
    widthOf(words, weight) {
      const key = `${weight} ${words}`
      const known = widths.get(key)
      if (known !== undefined) return known
      context.font = `${weight} 10px ${font}`
      const width = context.measureText(words).width / 10
      widths.set(key, width)
      return width
    },
  }
}

/** Tells when colours, contrast or the density of the screen's pixels change; returns how to stop. */
export function onLooksChange(changed: () => void): () => void {
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  const contrasts = ['(prefers-contrast: more)', '(forced-colors: active)'].map(query => window.matchMedia(query))
  for (const contrast of contrasts) contrast.addEventListener('change', changed)
  // Letters that arrive after the first painting have another width.
  void document.fonts.ready.then(changed)
  window.addEventListener('resize', changed)
  return () => {
    observer.disconnect()
    for (const contrast of contrasts) contrast.removeEventListener('change', changed)
    window.removeEventListener('resize', changed)
  }
}
