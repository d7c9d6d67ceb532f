import { expect, test } from 'vitest'
import { IgnorePatterns, readIgnoreFile } from '../../shared/files/ignore-pattern.ts'

function left(patterns: readonly string[], paths: readonly string[]): string[] {
  const ignore = new IgnorePatterns(patterns)
  return paths.filter(path => !ignore.matches(path))
}

test.each([
  ['**', 'file', true],
  ['**', 'a/b/c', true],
  ['**/', 'file', true],
  ['dir/**', 'dir/file', true],
  ['dir/**', 'dir', false],
  ['**/dir', 'a/b/dir', true],
  ['**/dir2/*', 'dir/dir2/file', true],
  ['**/dir2/**', 'dir/dir2/dir2/file', true],
  ['abc.def', 'abcdef', false],
  ['abc?def', 'abcZdef', true],
  ['abc?def', 'abc/def', false],
  ['a*c', 'a/c', false],
  ['a\\*b', 'a*b', true],
  ['a\\*b', 'aXb', false],
  ['a[b-d]e', 'ace', true],
  ['a[^b-d]e', 'ace', false],
  ['a[^b-d]e', 'axe', true],
  ['**/*.txt', 'a/b/x.txt', true],
  ['**/*.txt', 'x.txt', true],
  ['*.txt', 'a/x.txt', false],
  ['/leading/', 'leading/x', true],
  ['./a/../b', 'b', true],
  ['folder', 'folder/below/it', true],
  ['**/a, b.txt', 'x/a, b.txt', true],
  ['a.b', 'axb', false],
  ['ü?', 'ü🚢', true],
])('%s against %s is %s', (pattern, path, matches) => {
  expect(new IgnorePatterns([pattern]).matches(path)).toBe(matches)
})

test('later patterns win, and an exception takes back what is below an ignored folder', () => {
  const paths = ['README.md', 'docs/a.md', 'docs/keep/b.md', 'docs/keep/c.txt']
  expect(left(['**/*.md', '!README.md'], paths)).toEqual(['README.md', 'docs/keep/c.txt'])
  expect(left(['docs', '!docs/keep', 'docs/keep/*.txt'], paths)).toEqual(['README.md', 'docs/keep/b.md'])
})

test('a folder is entered only where something below it can count', () => {
  const ignore = new IgnorePatterns(['node_modules', '!node_modules/mine/index.js'])
  expect(ignore.mayExceptBelow('node_modules')).toBe(true)
  expect(ignore.mayExceptBelow('node_modules/mine')).toBe(true)
  expect(ignore.mayExceptBelow('node_modules/other')).toBe(false)
})

test('an ignore file is its lines without comments, byte order mark and line ends', () => {
  const ignore = readIgnoreFile('\uFEFF# notes\r\n/dist/\r\n\r\n  *.log\n #kept')
  expect(['dist/a', 'x.log', '#kept', 'notes', 'a'].map(path => ignore.matches(path))).toEqual([
    ...[true, true, true, false, false],
  ])
})
