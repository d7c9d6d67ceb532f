import { expect, test, vi } from 'vitest'
import { analyze, type Analysis } from '../../shared/analysis.ts'
import { inputsOf, referenceGraph, slipwayGraph, type ReferenceGraph } from '../parity/graphs.ts'
import { withTriggers } from './expect-graph.ts'
import { corpusText, howToRun, readReference, readReferenceLines, referenceFolder, Tally } from '../parity/reference.ts'

interface Refusal {
  readonly message: string
  readonly ranges: readonly { readonly start: number; readonly end: number }[] | null
}

/** Errors in reading a line, which BuildKit reports one line early: it counts a line only after it has read it. */
const oneLineEarly = ['dockerfile line greater', 'invalid escape token', 'only one ']

/**
 * Refusals that hang on values no text tells (`${X:?}` where a base image may set X, a signal that is a variable), on
 * lint settings, on the address of a git repository (which a variable may hold), or on an experiment.
 */
const beyondTheText = [
  'is not allowed to be unset',
  'SOURCE_DATE_EPOCH',
  'lint violation',
  'has no value',
  'checksum requires',
]

interface GraphCase {
  readonly id: string
  readonly dockerfile: string
  readonly target?: string | null
  readonly buildArgs?: Readonly<Record<string, string>> | null
  readonly graph: ReferenceGraph | null
  readonly graphError: Refusal | null
  readonly checkError?: Refusal | null
}

/** What BuildKit found in the base image of one case, as an engine would tell it. */
const images = { withonbuild: withTriggers(['COPY --from=src /x /y']) }

/** What a text alone cannot tell. */
const named: Readonly<Record<string, string>> = {
  'copy-index-hits-image': 'an index just past the last stage happens to hit an image that BuildKit added itself',
}

/** BuildKit names the line in the message, too; Slipway has a field for it. */
function withoutPrefix(message: string): string {
  const prefix = 'dockerfile parse error on line '
  return message.startsWith(prefix) ? message.slice(message.indexOf(': ') + 2) : message
}

function lineOf({ message, ranges }: Refusal): number | null {
  const line = ranges?.[0]?.start ?? null
  return line !== null && oneLineEarly.some(start => message.startsWith(start)) ? line + 1 : line
}

/** Whether Slipway says what BuildKit refuses a text for, at its line; the finding, or everything that was found instead. */
function refusal({ diagnostics }: Analysis, { message, ranges }: Refusal): unknown {
  const expected = withoutPrefix(message)
  const line = lineOf({ message, ranges })
  const found = diagnostics.find(
    ({ message, line: at }) =>
      (message === expected || message.startsWith(`${expected}: `)) && (line === null || at === line),
  )
  return found === undefined
    ? diagnostics.map(({ message, line: at }) => `${at}: ${message}`)
    : { message: expected, line }
}

/** Thousands of files, on a machine that may be busy. */
vi.setConfig({ testTimeout: 120_000 })

if (referenceFolder === null) test('parity with BuildKit’s graphs needs its answers', () => console.log(howToRun))
else {
  test('REF-25 stage graph cases, with build arguments and targets', () => {
    const { cases } = readReference('buildkit/graph-cases.json') as { cases: GraphCase[] }
    const tally = new Tally('graph cases')
    for (const { id, dockerfile, target, buildArgs, graph } of cases)
      if (graph !== null && !(id in named))
        tally.compare(
          id,
          slipwayGraph(dockerfile, { ...inputsOf(target ?? null, buildArgs ?? null), images }).graph,
          referenceGraph(graph),
        )
    expect(tally.report()).toBe(1)
  })

  test('REF-25 Dockerfiles of BuildKit’s own tests', () => {
    const { cases } = readReference('buildkit/buildkit-test-dockerfiles.json') as { cases: GraphCase[] }
    const tally = new Tally('BuildKit test graphs')
    for (const { id, dockerfile, graph } of cases)
      if (graph !== null) tally.compare(id, slipwayGraph(dockerfile, inputsOf(null, null)).graph, referenceGraph(graph))
    expect(tally.report()).toBe(1)
  })

  test('platforms of the stages', () => {
    const tally = new Tally('stage platforms')
    for (const path of ['buildkit/graph-cases.json', 'buildkit/buildkit-test-dockerfiles.json'])
      for (const { id, dockerfile, target, buildArgs, graph } of (readReference(path) as { cases: GraphCase[] })
        .cases) {
        const { stages } = analyze(dockerfile, inputsOf(target ?? null, buildArgs ?? null)).graph
        for (const { index, platform = '' } of graph?.stages ?? [])
          if (platform !== '' && stages[index] !== undefined)
            tally.compare(`${id} stage ${index}`, stages[index].resolvedPlatform, platform)
      }
    expect(tally.report()).toBe(1)
  })

  test('REF-25 real Dockerfiles', () => {
    const files = readReferenceLines('corpus/buildkit.jsonl') as GraphCase[]
    const tally = new Tally('corpus graphs')
    for (const { id, graph } of files)
      if (graph !== null)
        tally.compare(id, slipwayGraph(corpusText(id), inputsOf(null, null)).graph, referenceGraph(graph))
    expect(tally.report()).toBe(1)
  })

  test('ERR-05 what BuildKit refuses, in its words and at its lines', () => {
    const tally = new Tally('refusals')
    const compare = ({ id, target, buildArgs, graphError }: GraphCase, text: string): void => {
      // Whether an image can be pulled is no matter of the text.
      if (graphError === null || graphError.message.includes('pull access denied')) return
      const analysis = analyze(text, inputsOf(target ?? null, buildArgs ?? null))
      tally.compare(id, refusal(analysis, graphError), {
        message: withoutPrefix(graphError.message),
        line: lineOf(graphError),
      })
    }
    for (const path of ['buildkit/graph-cases.json', 'buildkit/buildkit-test-dockerfiles.json'])
      for (const graphCase of (readReference(path) as { cases: GraphCase[] }).cases)
        compare(graphCase, graphCase.dockerfile)
    for (const file of readReferenceLines('corpus/buildkit.jsonl') as GraphCase[]) compare(file, corpusText(file.id))
    expect(tally.report()).toBe(1)
  })

  test('ERR-05 what BuildKit refuses only when it builds', () => {
    const tally = new Tally('refusals on building')
    const compare = ({ id, target, buildArgs, graph, checkError }: GraphCase, text: string): void => {
      if (
        graph === null ||
        (checkError ?? null) === null ||
        beyondTheText.some(part => checkError?.message.includes(part)) ||
        checkError?.message === 'invalid signal: '
      )
        return
      const analysis = analyze(text, inputsOf(target ?? null, buildArgs ?? null))
      if (checkError)
        tally.compare(id, refusal(analysis, checkError), {
          message: withoutPrefix(checkError.message),
          line: lineOf(checkError),
        })
    }
    for (const path of ['buildkit/graph-cases.json', 'buildkit/buildkit-test-dockerfiles.json'])
      for (const graphCase of (readReference(path) as { cases: GraphCase[] }).cases)
        compare(graphCase, graphCase.dockerfile)
    for (const file of readReferenceLines('corpus/buildkit.jsonl') as GraphCase[]) compare(file, corpusText(file.id))
    expect(tally.report()).toBe(1)
  })

  test('ERR-05 nothing is refused that BuildKit takes', () => {
    const tally = new Tally('accepted')
    const compare = ({ id, target, buildArgs, graph, checkError }: GraphCase, text: string): void => {
      if (graph === null || (checkError ?? null) !== null) return
      const { diagnostics } = analyze(text, inputsOf(target ?? null, buildArgs ?? null))
      tally.compare(
        id,
        diagnostics.filter(({ severity }) => severity === 'error').map(({ message, line }) => `${line}: ${message}`),
        [],
      )
    }
    for (const path of ['buildkit/graph-cases.json', 'buildkit/buildkit-test-dockerfiles.json'])
      for (const graphCase of (readReference(path) as { cases: GraphCase[] }).cases)
        compare(graphCase, graphCase.dockerfile)
    for (const file of readReferenceLines('corpus/buildkit.jsonl') as GraphCase[]) compare(file, corpusText(file.id))
    expect(tally.report()).toBe(1)
  })
}
