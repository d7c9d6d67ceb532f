import { Buffer } from 'node:buffer'
import { expect, test, vi } from 'vitest'
import {
  corpusText,
  decode,
  howToRun,
  readReference,
  readReferenceLines,
  referenceFolder,
  Tally,
} from '../parity/reference.ts'
import { referenceNodes, slipwayNodes, type ReferenceNode } from '../parity/nodes.ts'

interface ParseError {
  readonly message: string
}

interface EdgeCase {
  readonly id: string
  readonly b64: string
  readonly buildkit: {
    readonly parseError: ParseError | null
    readonly escape: string | null
    /** Absent where the case is about the error alone. */
    readonly nodes?: readonly ReferenceNode[] | null
  }
}

interface ParsedFile {
  readonly id: string
  readonly dockerfile?: string
  /** The message alone in the corpus. */
  readonly parseError: ParseError | string | null
  readonly nodes: readonly ReferenceNode[] | null
}

function messageOf(error: ParseError | string): string {
  return typeof error === 'string' ? error : error.message
}

/**
 * Where BuildKit is at fault: it reads flags byte by byte, so that `--chown=jürgen` becomes `--chown=jÃ¼rgen`. Slipway
 * keeps the characters.
 */
const garbledByBuildKit = new Set(['unicode/latin1-flag'])

/** Thousands of files, on a machine that may be busy. */
vi.setConfig({ testTimeout: 120_000 })

if (referenceFolder === null) test('parity with BuildKit’s parser needs its answers', () => console.log(howToRun))
else {
  test('SYN-25 syntax cases: instructions, flags, arguments, heredocs and comments as BuildKit reads them', () => {
    const { cases } = readReference('buildkit/edge-cases.json') as { cases: EdgeCase[] }
    const tally = new Tally('edge cases')
    for (const { id, b64, buildkit } of cases) {
      if (garbledByBuildKit.has(id)) continue
      const { file, nodes } = slipwayNodes(decode(Buffer.from(b64, 'base64')), true)
      if (buildkit.parseError === null) {
        if (buildkit.nodes !== undefined) tally.compare(id, nodes, referenceNodes(buildkit.nodes, true))
        tally.compare(`${id} escape`, file.escape, buildkit.escape)
        tally.compare(`${id} errors`, file.errors, [])
      } else tally.compare(id, file.errors[0]?.message, messageOf(buildkit.parseError))
    }
    expect(tally.report()).toBe(1)
  })

  test('SYN-25 Dockerfiles of BuildKit’s own tests', () => {
    const { cases } = readReference('buildkit/buildkit-test-dockerfiles.json') as { cases: ParsedFile[] }
    const tally = new Tally('BuildKit test Dockerfiles')
    for (const { id, dockerfile, parseError, nodes } of cases) {
      const slipway = slipwayNodes(dockerfile ?? '')
      if (parseError === null) tally.compare(id, slipway.nodes, referenceNodes(nodes))
      else tally.compare(id, slipway.file.errors[0]?.message, messageOf(parseError))
    }
    expect(tally.report()).toBe(1)
  })

  test('SYN-25 real Dockerfiles', () => {
    const tally = new Tally('corpus nodes')
    for (const { id, parseError, nodes } of readReferenceLines('corpus/buildkit.jsonl') as ParsedFile[]) {
      const slipway = slipwayNodes(corpusText(id))
      if (parseError === null) tally.compare(id, slipway.nodes, referenceNodes(nodes))
      else tally.compare(id, slipway.file.errors[0]?.message, messageOf(parseError))
    }
    expect(tally.report()).toBe(1)
  })
}
