import { expect, test } from 'vitest'
import { analyze } from '../../shared/analysis.ts'
import {
  type Expectation,
  expectationKey,
  expectedStage,
  expectationsSchema,
  expectationWords,
  readBytes,
  verify,
} from '../../shared/files/expectations.ts'
import { FileTree } from '../../shared/files/file-tree.ts'
import { entry } from './naive-tree.ts'

const tree = new FileTree()
tree.add([
  { ...entry('app', 'directory'), mode: 0o755 },
  { ...entry('app/server', 'file', 2_000_000), mode: 0o4755, uid: 10, gid: 20 },
  { ...entry('app/alias', 'hardlink'), link: 'app/server' },
  { ...entry('current', 'symlink'), link: '/app' },
  { ...entry('dangling', 'symlink'), link: '/nowhere' },
])
const missOf = (expectation: Expectation) => verify(tree, [expectation])[0]?.[1]

test('a file is as expected where all that is said of it holds, links followed', () => {
  for (const expectation of [
    { path: '/app/server', mode: '4755', owner: '10:20', largest: 2_000_000 },
    { path: '/current/server', owner: '10' },
    { path: '/app', mode: '755', largest: 2_000_000 },
    { path: '/nothing/here', absent: true as const },
  ])
    expect(missOf(expectation), expectation.path).toBeNull()
})

test('what does not hold is said in a sentence', () => {
  expect(missOf({ path: '/app/sever' })).toBe('/app/sever is not there. Did you mean /app/server?')
  expect(missOf({ path: '/dangling' })).toBe('/dangling is a link that leads nowhere.')
  expect(missOf({ path: '/dangling', absent: true })).toBe('/dangling is there, and must not be.')
  expect(missOf({ path: '/current/server', absent: true })).toBe('/current/server is there, and must not be.')
  expect(missOf({ path: '/app/server', mode: '0755', owner: '0:0', largest: 1_000_000 })).toBe(
    '/app/server has mode 4755, not 0755, and belongs to 10:20, not 0:0, and has 2.00 MB, more than 1.00 MB.',
  )
  expect(missOf({ path: '/app/alias', largest: 10 })).toBe('/app/alias has 2.00 MB, more than 10 bytes.')
})

test('stages are expected of by name or number, as they can be found again', () => {
  const { graph } = analyze('FROM a AS one\nFROM b\nFROM c AS two\n')
  for (const stage of graph.stages) expect(expectedStage(graph, expectationKey(stage))).toBe(stage)
  expect(expectedStage(graph, '#0')?.name).toBe('one')
  expect(expectedStage(graph, 'three')).toBeUndefined()
})

test('a file of expectations says no more than is understood', () => {
  const reads = (expectation: object) => expectationsSchema.safeParse({ stages: { a: [expectation] } }).success
  expect(reads({ path: '/a', mode: '0644', owner: '0', largest: 5 })).toBe(true)
  for (const wrong of [
    { path: 'a' },
    { path: '/a', mode: '999' },
    { path: '/a', owner: 'root' },
    { path: '/a', size: 1 },
  ])
    expect(reads(wrong), JSON.stringify(wrong)).toBe(false)
})

test('sizes are read as they are written', () => {
  expect(['10 MB', '1.5kB', '4096', '7 bytes', '2 GB', 'much', ''].map(readBytes)).toEqual([
    10_000_000,
    1500,
    4096,
    7,
    2_000_000_000,
    null,
    null,
  ])
  expect(expectationWords({ path: '/a', mode: '0755', largest: 10_000_000 })).toBe('mode 0755, at most 10.0 MB')
})
