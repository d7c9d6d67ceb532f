import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { analyze } from '../../shared/analysis.ts'
import { corpusText, referenceFolder } from '../parity/reference.ts'
import { performEveryGesture } from './every-gesture.ts'
import { GestureTally } from './gesture-tally.ts'

if (referenceFolder === null)
  test('gestures on real Dockerfiles need them', () =>
    console.log('Gestures were not tried on real files: set SLIPWAY_SHARED to the folder with corpus/.'))
else {
  const folder = join(referenceFolder, 'corpus/files')
  // All of them take minutes: SLIPWAY_EVERY_FILE=1 tries them.
  const everyNth = process.env['SLIPWAY_EVERY_FILE'] === undefined ? 12 : 1
  test('EDIT-39 every gesture changes exactly what it says, in real Dockerfiles', () => {
    const all = readdirSync(folder).filter(name => name.endsWith('.Dockerfile'))
    const files = all.filter((_, at) => at % everyNth === 0)
    const tally = new GestureTally()
    const failures: string[] = []
    let turn = 0
    for (const file of files) {
      const id = file.slice(0, -'.Dockerfile'.length)
      try {
        performEveryGesture(analyze(corpusText(id)), stages => stages[turn++ % stages.length], tally)
      } catch (error) {
        failures.push(`${id}: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
    console.log(`Gestures on ${files.length} of ${all.length} real files: ${tally.toString()}.`)
    expect(failures).toEqual([])
  }, 600_000)
}
