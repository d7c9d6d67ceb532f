import { spawn } from 'node:child_process'

/** Shows `url` in the user's browser where there is a screen to show it on. False: there is none, print it. */
export function openBrowser(
  url: string,
  environment: Readonly<Record<string, string | undefined>>,
  platform: string,
): boolean {
  const [program, ...words] = browserCommand(url, environment, platform)
  if (program === undefined) return false
  const child = spawn(program, words, { stdio: 'ignore', detached: true })
  child.on('error', () => undefined) // no such program: the address is printed all the same
  child.unref()
  return true
}

/** What opens a URL on `platform`; empty where there is no display. Never through a shell, for which & is a separator. */
export function browserCommand(
  url: string,
  environment: Readonly<Record<string, string | undefined>>,
  platform: string,
): readonly string[] {
  switch (platform) {
    case 'darwin':
      return ['open', url]
    case 'win32':
      return ['rundll32', 'url.dll,FileProtocolHandler', url]
    default: {
      const display = [environment['DISPLAY'], environment['WAYLAND_DISPLAY']]
      return display.some(name => name !== undefined && name !== '') ? ['xdg-open', url] : []
    }
  }
}
