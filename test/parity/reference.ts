import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** BuildKit's own answers. They are no part of this repository: the environment variable names the folder. */
export const referenceFolder = process.env['SLIPWAY_SHARED'] ?? null

export const howToRun =
  'Parity tests did not run: set SLIPWAY_SHARED to the folder with BuildKit’s answers (buildkit/, corpus/).'

export function readReference(path: string): unknown {
  return JSON.parse(readFileSync(join(referenceFolder ?? '', path), 'utf8'))
}

export function readReferenceLines(path: string): unknown[] {
  const lines = readFileSync(join(referenceFolder ?? '', path), 'utf8').split('\n')
  return lines.filter(line => line !== '').map(line => JSON.parse(line) as unknown)
}

/** Bytes as text with the byte order mark kept, as a document is opened. */
export function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}

export function corpusText(id: string): string {
  return decode(readFileSync(join(referenceFolder ?? '', 'corpus/files', `${id}.Dockerfile`)))
}

/** Counts comparisons and keeps what differed, to be printed and to fail with. */
export class Tally {
  compared = 0
  readonly differences: string[] = []
  readonly title: string

  constructor(title: string) {
    this.title = title
  }

  compare(id: string, actual: unknown, expected: unknown): void {
    this.compared++
    const [left, right] = [JSON.stringify(actual ?? null), JSON.stringify(expected ?? null)]
    if (left === right) return
    // From shortly before the first difference on: whole files are long.
    let at = 0
    while (left.charAt(at) === right.charAt(at)) at++
    const from = Math.max(0, at - 80)
    this.differences.push(`${id}\n  slipway  ${left.slice(from, at + 200)}\n  buildkit ${right.slice(from, at + 200)}`)
  }

  /** Prints the count and returns the share that is equal. */
  report(): number {
    const equal = this.compared - this.differences.length
    console.log(`${this.title}: compared ${this.compared}, equal ${equal}`)
    for (const difference of this.differences.slice(0, 40)) console.log(`- ${difference}`)
    return this.compared === 0 ? 0 : equal / this.compared
  }
}
