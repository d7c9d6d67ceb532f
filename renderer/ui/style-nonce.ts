/** The nonce under which the page's content security policy lets a style sheet in; the host wrote it into the page. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''
}
