import { expect, test } from 'vitest'
import { analyze } from '../../shared/analysis.ts'
import { toDot } from '../../shared/graph/dot.ts'
import { graphJson } from '../../shared/graph/graph-json.ts'
import { toMermaid } from '../../shared/graph/mermaid.ts'
import { dockerfile } from './expect-graph.ts'

const { graph, diagnostics } = analyze(
  dockerfile(`
    FROM golang:1.22 AS Build
    COPY . /src
    FROM Build
    FROM scratch
    COPY --from=0 /out/"app" /app
    RUN --mount=from=golang:1.22,target=/src true
  `),
)

test('JSON names stages by index and leaves out what is not there', () =>
  expect(
    graphJson(
      graph,
      diagnostics.filter(({ rule }) => rule === 'base-image'),
    ),
  ).toEqual({
    target: 2,
    stages: [
      { index: 0, name: 'build', base: 'golang:1.22', baseStage: null, startLine: 1, endLine: 1, reachable: true },
      { index: 1, name: '', base: 'Build', baseStage: null, startLine: 3, endLine: 3, reachable: false },
      { index: 2, name: '', base: 'scratch', baseStage: null, startLine: 4, endLine: 4, reachable: true },
    ],
    edges: [
      { kind: 'base', to: 0, from: { image: 'golang:1.22' }, line: 1 },
      { kind: 'context', to: 0, from: { context: '' }, line: 2, sources: ['.'], dest: '/src' },
      { kind: 'base', to: 1, from: { unresolved: 'Build' }, line: 3 },
      { kind: 'base', to: 2, from: { image: 'scratch' }, line: 4 },
      { kind: 'copy', to: 2, from: { stage: 0 }, line: 5, sources: ['/out/"app"'], dest: '/app' },
      { kind: 'mount', to: 2, from: { image: 'golang:1.22' }, line: 6, dest: '/src' },
    ],
    diagnostics: [
      {
        severity: 'warning',
        rule: 'base-image',
        line: 3,
        endLine: 3,
        message:
          'failed to parse stage name "Build": invalid reference format: repository name (library/Build) must be lowercase',
      },
    ],
  }))

test('Mermaid has a node per stage, image and context, and labels that cannot break it', () =>
  expect(toMermaid(graph).split('\n')).toEqual([
    'flowchart LR',
    '  stage0["Build<br>golang:1.22"]',
    '  stage1["stage 1<br>Build"]',
    '  stage2["stage 2<br>scratch"]',
    '  outside0(["golang:1.22"])',
    '  outside1[("build context")]',
    '  outside2{{"Build"}}',
    '  outside0 ==> stage0',
    '  outside1 -->|"."| stage0',
    '  outside2 ==> stage1',
    '  stage0 -->|"/out/#34;app#34;"| stage2',
    '  outside0 -.-> stage2',
    '  style stage2 stroke-width:3px',
    '  style stage1 stroke-dasharray:4',
    '',
  ]))

test('DOT does the same for Graphviz', () =>
  expect(toDot(graph).split('\n')).toEqual([
    'digraph stages {',
    '  rankdir=LR',
    '  node [shape=box style=rounded]',
    '  stage0 [label="Build\\ngolang:1.22"]',
    '  stage1 [label="stage 1\\nBuild" style="rounded,dashed"]',
    '  stage2 [label="stage 2\\nscratch" penwidth=2]',
    '  outside0 [label="golang:1.22" shape=ellipse]',
    '  outside1 [label="build context" shape=folder]',
    '  outside2 [label="Build" shape=hexagon]',
    '  outside0 -> stage0 [style=bold]',
    '  outside1 -> stage0 [label="."]',
    '  outside2 -> stage1 [style=bold]',
    '  stage0 -> stage2 [label="/out/\\"app\\""]',
    '  outside0 -> stage2 [style=dotted]',
    '}',
    '',
  ]))
