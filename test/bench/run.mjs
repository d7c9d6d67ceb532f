/**
 * Bundles and runs the benchmarks as they ship: through Vite, for plain Node. Absolute figures belong to the machine; each
 * table therefore holds its own yardstick, and the ratios are what to compare.
 *
 *   npm run bench [-- language benchmarks gestures layout sizes drawing canvas] [builds files, which need an engine]
 */
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'
import { bundle } from '../../build/bundle.mjs'
import { runBundled } from '../runner/bundled.mjs'

const asked = process.argv.slice(2)
const runInVite = name => runnerImport(fileURLToPath(new URL(`${name}.ts`, import.meta.url)), { configFile: false })
const wants = name => asked.length === 0 || asked.includes(name)
await runBundled(['language', 'benchmarks', 'gestures', 'layout'].filter(wants).map(name => `test/bench/${name}.ts`))
// These look at the bundles, and cannot be bundled with what drives a browser.
for (const name of ['sizes', 'drawing', 'canvas'].filter(wants)) {
  await bundle()
  await runInVite(name)
}
if (asked.includes('files')) {
  await bundle()
  await runInVite('files')
}
if (asked.includes('builds')) await runBundled(['test/bench/builds.ts'])
