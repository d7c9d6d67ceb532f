import fc from 'fast-check'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { dockerfileText } from '../dockerfile-arbitrary.ts'
import { corpusText, referenceFolder } from '../parity/reference.ts'
import { fuzz } from './fuzz.ts'

/** Real files where they are given, every 40th of them. */
const texts =
  referenceFolder === null
    ? fc.sample(dockerfileText(), { numRuns: 60, seed: 1 })
    : readdirSync(join(referenceFolder, 'corpus/files'))
        .filter((name, at) => name.endsWith('.Dockerfile') && at % 40 === 0)
        .map(name => corpusText(name.slice(0, -'.Dockerfile'.length)))

test('EDIT-40 random edits, by gesture and by hand, lose nothing and are undone exactly', () => {
  const report = fuzz(texts, 3_000, 20_260)
  expect(report.failures).toEqual([])
  // Refusing everything would prove nothing.
  expect(report.written).toBeGreaterThan(500)
  expect(report.byGesture.size).toBeGreaterThan(20)
}, 120_000)
