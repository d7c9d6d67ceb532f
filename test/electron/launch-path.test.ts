import { describe, expect, test } from 'vitest'
import { launchPath } from '../../electron/launch-path.ts'

describe('the Dockerfile named when Slipway is started', () => {
  test.each([
    ['nothing', [], null],
    ['a relative path', ['sub/Dockerfile'], '/work/sub/Dockerfile'],
    ['an absolute path', ['/srv/Dockerfile'], '/srv/Dockerfile'],
    ['an address from the desktop', ['file:///srv/my%20app/Dockerfile'], '/srv/my app/Dockerfile'],
    ["a path after Chromium's switches", ['--enable-logging', '-v', 'Dockerfile'], '/work/Dockerfile'],
    ['an address on another machine', ['file://elsewhere/Dockerfile'], null],
  ])('%s', (_what, words, path) => {
    expect(launchPath(words, '/work')).toBe(path)
  })
})
