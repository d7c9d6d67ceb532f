import { expect, test } from 'vitest'
import { analyze } from '../../shared/analysis.ts'
import { destinationPaths, exactSource, matchSource } from '../../shared/files/copy-match.ts'
import type { FileEntry } from '../../shared/files/file-listing.ts'
import { FileTree } from '../../shared/files/file-tree.ts'
import { completions, nearPaths } from '../../shared/files/near-paths.ts'
import { entry } from './naive-tree.ts'

/** `path size`, `path/` for a folder, `path -> target` for a link; parents first. */
function treeOf(...lines: readonly string[]): FileTree {
  const tree = new FileTree()
  tree.add(
    lines.map((line): FileEntry => {
      const [path = '', target] = line.split(' -> ')
      if (target !== undefined) return { ...entry(path, 'symlink'), link: target }
      if (path.endsWith('/')) return entry(path.slice(0, -1), 'directory')
      const [name = '', size = '1'] = path.split(' ')
      return entry(name, 'file', Number(size))
    }),
  )
  return tree
}

const built = treeOf(
  'out/',
  'out/app 700',
  'out/app.map 30',
  'out/lib/',
  'out/lib/a.so 5',
  'out/lib/a.so.map 2',
  'out/[v1] 9',
  'latest -> out/lib',
  'up -> ../out/./app',
  'loop -> loop',
)
const source = (path: string, exclude: readonly string[] = [], parents = false) => ({ path, exclude, parents })
const carried = (path: string, exclude?: readonly string[], parents?: boolean) => {
  const match = matchSource(built, source(path, exclude, parents))
  return [...destinationPaths(built, match, '/to/', treeOf()).keys()].sort()
}

test('--exclude leaves out of a folder what its patterns match, as an ignore file would', () => {
  expect(carried('/out', ['**/*.map'])).toEqual(['to/[v1]', 'to/app', 'to/lib/a.so'])
  expect(carried('/out', ['lib', '!lib/a.so'])).toEqual(['to/[v1]', 'to/app', 'to/app.map', 'to/lib/a.so'])
  expect(matchSource(built, source('/out', ['**/*.map']))).toMatchObject({ files: 3, bytes: 714 })
})

test('--parents keeps the path, or what of it stands behind the pivot', () => {
  expect(carried('/out/lib/a.so', [], true)).toEqual(['to/out/lib/a.so'])
  expect(carried('/out/./lib', [], true)).toEqual(['to/lib/a.so', 'to/lib/a.so.map'])
  expect(carried('/**/*.map', [], true)).toEqual(['to/out/app.map', 'to/out/lib/a.so.map'])
  expect(carried('/nowhere', [], true)).toEqual([])
})

test('links are followed where they are named, and a circle of them is nothing', () => {
  expect(carried('/latest')).toEqual(['to/a.so', 'to/a.so.map'])
  expect(carried('/up')).toEqual(['to/up'])
  expect(matchSource(built, source('/loop')).roots).toEqual([])
})

test('a dragged path is written so that it names itself alone', () => {
  expect(exactSource('/out/[v1]', '\\')).toBe('/out/[[]v1]')
  expect(carried(exactSource('/out/[v1]', '\\'))).toEqual(['to/[v1]'])
  expect(exactSource('/a$b', '`')).toBe('/a`$b')
})

test('a path that is not there is near to what is', () => {
  expect(nearPaths(built, '/out/ap')).toEqual(['/out/app'])
  expect(nearPaths(built, '/out/LIB/a.so')).toEqual(['/out/lib/a.so'])
  expect(nearPaths(built, '/app.map')).toEqual(['/out/app.map'])
  expect(nearPaths(built, '/somewhere/else')).toEqual([])
})

test('a path typed so far goes on with what its folder holds', () => {
  expect(completions(built, '/out/l')).toEqual(['/out/lib/'])
  expect(completions(built, '/latest/')).toEqual(['/latest/a.so', '/latest/a.so.map'])
  expect(completions(built, '/nowhere/')).toEqual([])
})

const text = `FROM alpine AS build
RUN make
FROM scratch
ARG what=lib
COPY --from=build /out/$what /out/ap /
COPY --from=build /out/*.none /
COPY --from=build /out/app /bin/
`

function listed(now: string) {
  const pinned = analyze(text)
  const [build] = pinned.graph.stages
  const analysis =
    now === text ? pinned : analyze(now, pinned.inputs, { analysis: pinned, mapOffset: offset => offset })
  const trees = new Map(build === undefined ? [] : [[build.id, built]])
  return analysis.within({ ...analysis.surroundings, listed: { pinned, trees } })
}
const notFound = (now: string) =>
  listed(now).diagnostics.flatMap(({ rule, severity, line, message }) =>
    rule === 'source-not-found' ? [`${line} ${severity}: ${message}`] : [],
  )

test('a source that its stage did not hold is warned of with what is near', () => {
  expect(notFound(text)).toEqual([
    '5 warning: build held no /out/ap when it was last built. Did you mean /out/app?',
    '6 warning: Nothing in build matched /out/*.none when it was last built.',
  ])
})

test('an older listing gives a hint, and weighs nothing', () => {
  const edited = text.replace('RUN make', 'RUN mak2')
  expect(notFound(edited)).toEqual([
    '5 hint: build held no /out/ap when it was built, before it was changed. Did you mean /out/app?',
    '6 hint: Nothing in build matched /out/*.none when it was built, before it was changed.',
  ])
  expect(listed(edited).artifacts.weights.size).toBe(0)
})

test('a stage weighs what it holds and what of it is copied on, each file once', () => {
  const [weight] = listed(`${text}COPY --from=build /out/lib/a.so /again\n`).artifacts.weights.values()
  expect(weight).toEqual({ files: 8, bytes: 746, shippedBytes: 707 })
})
