import { type Session, type WebContents } from 'electron'
import { isBundleUrl } from './bundle-origin.ts'

/** What our page may ask of the system: the clipboard, and nothing else. Electron would otherwise grant everything. */
const grantedPermissions: readonly string[] = ['clipboard-sanitized-write', 'clipboard-read']

/** Answers every permission question of a session. */
export const lockSession = (session: Session): void => {
  session.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(grantedPermissions.includes(permission) && details.isMainFrame && isBundleUrl(details.requestingUrl)),
  )
  session.setPermissionCheckHandler(
    (_contents, permission, origin) => grantedPermissions.includes(permission) && isBundleUrl(origin),
  )
}

/** Keeps a window's contents on our own page. An https link opens in the user's browser through `openLink`. */
export const lockContents = (contents: WebContents, openLink: (url: string) => void): void => {
  const refuseElsewhere = (event: { readonly url: string; preventDefault(): void }): void => {
    if (!isBundleUrl(event.url)) event.preventDefault()
  }
  contents.on('will-navigate', refuseElsewhere)
  contents.on('will-frame-navigate', refuseElsewhere)
  contents.on('will-redirect', refuseElsewhere)
  contents.on('will-attach-webview', event => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    if (URL.canParse(url) && new URL(url).protocol === 'https:') openLink(url)
    return { action: 'deny' }
  })
}
