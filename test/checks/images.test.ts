import { expect, test, vi } from 'vitest'
import { analyze } from '../../shared/analysis.ts'
import { corpusText, howToRun, readReferenceLines, referenceFolder } from '../parity/reference.ts'

vi.setConfig({ testTimeout: 120_000 })

const aboutImages = ['base-image', 'forward-reference', 'invalid-reference', 'moving-tag', 'unknown-stage']

if (referenceFolder === null) test('findings about images of real files', () => console.log(howToRun))
else
  test('an image of a file that BuildKit takes is never warned of by Slipway', () => {
    const files = readReferenceLines('corpus/buildkit.jsonl') as Record<'id', string>[]
    const taken = (file: object) => !['parseError', 'graphError', 'checkError'].some(key => Reflect.get(file, key))
    const warned = files.filter(taken).flatMap(({ id }) =>
      analyze(corpusText(id))
        .diagnostics.filter(({ rule, severity }) => severity !== 'hint' && aboutImages.includes(rule))
        .map(({ rule, line }) => `${id}:${line} ${rule}`),
    )
    console.log(
      `files that BuildKit takes: ${files.filter(taken).length}, warnings about their images: ${warned.length}`,
    )
    expect(warned).toEqual([])
  })
