import { expect, test } from 'vitest'
import { analyze, defaultInputs } from '../../shared/analysis.ts'
import { contextUses, wantedEntries } from '../../shared/files/context-uses.ts'
import { FileTree } from '../../shared/files/file-tree.ts'
import { entry } from './naive-tree.ts'

const tree = new FileTree()
tree.add([
  entry('src', 'directory'),
  entry('src/main.go', 'file', 100),
  entry('src/main_test.go', 'file', 30),
  entry('docs', 'directory'),
  entry('docs/a.md', 'file', 7),
  entry('go.mod', 'file', 5),
])

const dockerfile = `FROM alpine AS base
ONBUILD COPY go.mod /
FROM base AS build
ARG dir=src
COPY --exclude=*_test.go $dir /src
RUN --mount=type=bind,source=docs,target=/docs true
COPY <<EOF /written
text
EOF
ADD https://example.com/a.tgz gone.txt /
FROM alpine AS unused
COPY . .
FROM build
COPY --from=build /src /
`
const uses = contextUses(analyze(dockerfile), tree)

test('COPY, ADD, bind mounts and triggers each tell what of the context they take', () => {
  const told = uses.map(({ line, keyword, sources, files, bytes }) => [
    ...[`${line} ${keyword}`, sources.map(({ path }) => path).join(' '), files, bytes],
  ])
  expect(told).toEqual([
    ['3 COPY', 'go.mod', 1, 5],
    ['5 COPY', 'src', 1, 100],
    ['6 RUN', 'docs', 1, 7],
    ['10 ADD', 'gone.txt', 0, 0],
    ['12 COPY', '.', 4, 142],
  ])
})

test('the target wants what its own stages take, folders on the way included', () => {
  const wanted = wantedEntries(tree, uses)
  const paths = Array.from({ length: tree.count }, (_, index) => index + 1).filter(id => wanted[id] === 1)
  expect(paths.map(id => tree.path(id))).toEqual(['src', 'src/main.go', 'docs', 'docs/a.md', 'go.mod'])
  expect(wantedEntries(tree, uses.slice(0, 1)).filter(mark => mark === 1)).toHaveLength(1)
})

test('a named context is taken by its own name, under that of a stage it takes the place of, and whole as a base', () => {
  const text = `FROM alpine AS tools
RUN make
FROM LIB:latest
COPY go.mod /
COPY --from=lib src /src
RUN --mount=from=tools,target=/t true
COPY --from=tools docs /docs
`
  const checked = analyze(text, { ...defaultInputs, namedContexts: ['lib', 'tools'] })
  const takenFrom = (name: string) => contextUses(checked, tree, name).map(({ line, files }) => [line, files])
  expect(takenFrom('')).toEqual([[4, 1]])
  expect(takenFrom('lib')).toEqual([
    [3, 4],
    [5, 2],
  ])
  expect(takenFrom('tools')).toEqual([
    [6, 4],
    [7, 1],
  ])
})
