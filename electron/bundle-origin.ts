/** The scheme and host the window's own page is served under; nothing else may be shown or may speak to the host. */
export const bundleScheme = 'app'
export const bundleHost = 'bundle'
export const bundlePage = `${bundleScheme}://${bundleHost}/index.html`

/** By parsed scheme and host: `URL.origin` is "null" for schemes of our own. */
export const isBundleUrl = (text: string): boolean => {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  return url.protocol === `${bundleScheme}:` && url.host === bundleHost
}
