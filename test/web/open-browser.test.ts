import { expect, test } from 'vitest'
import { browserCommand } from '../../electron/open-browser.ts'

const url = 'http://127.0.0.1:1/?token=a&b'

test('a browser is opened where there is a display, by the program of the system and through no shell', () => {
  expect(browserCommand(url, {}, 'linux')).toEqual([])
  expect(browserCommand(url, { DISPLAY: '' }, 'linux')).toEqual([])
  expect(browserCommand(url, { DISPLAY: ':0' }, 'linux')).toEqual(['xdg-open', url])
  expect(browserCommand(url, { WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toEqual(['xdg-open', url])
  expect(browserCommand(url, {}, 'darwin')).toEqual(['open', url])
  expect(browserCommand(url, {}, 'win32').at(-1)).toBe(url)
  expect(browserCommand(url, {}, 'win32')[0]).not.toBe('cmd')
})
