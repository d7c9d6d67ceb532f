import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { corpusText, referenceFolder } from '../parity/reference.ts'
import { fuzz } from './fuzz.ts'

const [edits = 100_000, seed = Date.now() % 1_000_000] = process.argv.slice(2).map(Number)
if (referenceFolder === null) {
  console.error('Set SLIPWAY_SHARED to the folder with corpus/: the files to edit.')
  process.exit(2)
}
const files = readdirSync(join(referenceFolder, 'corpus/files')).filter(name => name.endsWith('.Dockerfile'))
const texts = files.map(name => corpusText(name.slice(0, -'.Dockerfile'.length)))
const started = performance.now()
const report = fuzz(texts, edits, seed)
const seconds = ((performance.now() - started) / 1000).toFixed(0)
const total = report.typed + report.written + report.refused
console.log(
  `${total} edits from seed ${seed} in ${seconds} s, on ${report.files} openings of ${files.length} files: ` +
    `${report.written} gestures written, ${report.refused} refused, ${report.typed} typed; ${report.undone} undone.`,
)
console.log([...report.byGesture].map(([name, count]) => `${name} ${count}`).join(', '))
for (const failure of report.failures.slice(0, 20)) console.log(`FAILED ${failure}`)
console.log(`${report.failures.length} failures`)
process.exitCode = report.failures.length === 0 ? 0 : 1
