import { posix, win32 } from 'node:path'

/**
 * Where Slipway keeps what is not in any Dockerfile: drafts, positions, settings, the recent list. `SLIPWAY_STATE` wins;
 * else $XDG_STATE_HOME (or ~/.local/state), ~/Library/Application Support, or %LOCALAPPDATA%, each with `slipway`.
 */
export function stateDirectory(
  environment: Readonly<Record<string, string | undefined>>,
  platform: string,
  homeDirectory: string,
): string {
  const paths = platform === 'win32' ? win32 : posix
  // The XDG specification: a relative path in these variables is to be ignored.
  const given = (name: string): string | null => {
    const value = environment[name]
    return value !== undefined && paths.isAbsolute(value) ? value : null
  }
  const own = given('SLIPWAY_STATE')
  if (own !== null) return own
  switch (platform) {
    case 'win32':
      return paths.join(given('LOCALAPPDATA') ?? paths.join(homeDirectory, 'AppData', 'Local'), 'Slipway')
    case 'darwin':
      return paths.join(homeDirectory, 'Library', 'Application Support', 'Slipway')
    default:
      return paths.join(given('XDG_STATE_HOME') ?? paths.join(homeDirectory, '.local', 'state'), 'slipway')
  }
}
