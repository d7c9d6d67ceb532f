import { expect, test } from 'vitest'
import { pathInContext } from '../../shared/files/context-path.ts'

test.each([
  ['/app', '/app/src/a.txt', 'src/a.txt'],
  ['/app', '/app/a\\b', 'a\\b'],
  ['/', '/etc/os', 'etc/os'],
  ['/app/', '/app', '.'],
  ['/app', '/apple/a', null],
  ['/app', '/b', null],
  ['C:\\app', 'c:\\App\\src\\a.txt', 'src/a.txt'],
  ['C:\\app', 'D:\\app\\a', null],
])('in the context %s, %s is %s', (context, path, written) => expect(pathInContext(context, path)).toBe(written))
