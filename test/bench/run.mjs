/**
 * Bundles and runs the benchmarks as they ship: through Vite, for plain Node. Absolute figures belong to the machine; each
 * table therefore holds its own yardstick, and the ratios are what to compare.
 *
 *   npm run bench [-- benchmarks layout canvas]
 */
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'
import { bundle } from '../../build/bundle.mjs'
import { runBundled } from '../runner/bundled.mjs'

const asked = process.argv.slice(2)
const wants = name => asked.length === 0 || asked.includes(name)
await runBundled(['benchmarks', 'layout'].filter(wants).map(name => `test/bench/${name}.ts`))
// What moves in a browser cannot be bundled with it.
if (wants('canvas')) {
  await bundle()
  await runnerImport(fileURLToPath(new URL('canvas.ts', import.meta.url)), { configFile: false })
}
