import { expect, test } from 'vitest'
import { inputsOf, referenceGraph, slipwayGraph, type ReferenceGraph } from '../parity/graphs.ts'
import { corpusText, howToRun, readReference, readReferenceLines, referenceFolder, Tally } from '../parity/reference.ts'

interface Refusal {
  readonly message: string
  readonly ranges: readonly { readonly start: number; readonly end: number }[] | null
}

interface GraphCase {
  readonly id: string
  readonly dockerfile: string
  readonly target?: string | null
  readonly buildArgs?: Readonly<Record<string, string>> | null
  readonly graph: ReferenceGraph | null
  readonly graphError: Refusal | null
  readonly checkError?: Refusal | null
}

/** What a text alone cannot tell. */
const named: Readonly<Record<string, string>> = {
  'onbuild-image': 'the trigger stands in the base image’s configuration, which no text shows',
  'copy-index-hits-image': 'an index just past the last stage happens to hit an image that BuildKit added itself',
}

if (referenceFolder === null) test('parity with BuildKit’s graphs needs its answers', () => console.log(howToRun))
else {
  test('stage graph cases, with build arguments and targets', () => {
    const { cases } = readReference('buildkit/graph-cases.json') as { cases: GraphCase[] }
    const tally = new Tally('graph cases')
    for (const { id, dockerfile, target, buildArgs, graph } of cases)
      if (graph !== null && !(id in named))
        tally.compare(
          id,
          slipwayGraph(dockerfile, inputsOf(target ?? null, buildArgs ?? null)).graph,
          referenceGraph(graph),
        )
    expect(tally.report()).toBeGreaterThanOrEqual(0.99)
  })

  test('Dockerfiles of BuildKit’s own tests', () => {
    const { cases } = readReference('buildkit/buildkit-test-dockerfiles.json') as { cases: GraphCase[] }
    const tally = new Tally('BuildKit test graphs')
    for (const { id, dockerfile, graph } of cases)
      if (graph !== null) tally.compare(id, slipwayGraph(dockerfile, inputsOf(null, null)).graph, referenceGraph(graph))
    expect(tally.report()).toBeGreaterThanOrEqual(0.99)
  })

  test('real Dockerfiles', () => {
    const files = readReferenceLines('corpus/buildkit.jsonl') as GraphCase[]
    const tally = new Tally('corpus graphs')
    for (const { id, graph } of files)
      if (graph !== null)
        tally.compare(id, slipwayGraph(corpusText(id), inputsOf(null, null)).graph, referenceGraph(graph))
    expect(tally.report()).toBeGreaterThanOrEqual(0.99)
  })
}
