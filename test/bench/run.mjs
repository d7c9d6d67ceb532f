/**
 * Bundles and runs the benchmarks as they ship: through Vite, for plain Node. Absolute figures belong to the machine; each
 * table therefore holds its own yardstick, and the ratios are what to compare.
 *
 *   npm run bench [-- benchmarks layout canvas]
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, runnerImport } from 'vite'
import { bundle } from '../../build/bundle.mjs'

const asked = process.argv.slice(2)
const wants = name => asked.length === 0 || asked.includes(name)
const names = ['benchmarks', 'layout'].filter(wants)
const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-'))
try {
  if (names.length > 0)
    await build({
      root: fileURLToPath(new URL('../..', import.meta.url)),
      configFile: false,
      logLevel: 'warn',
      publicDir: false,
      ssr: { noExternal: true },
      build: {
        ssr: true,
        outDir: folder,
        emptyOutDir: true,
        minify: false,
        rolldownOptions: {
          input: Object.fromEntries(names.map(name => [name, `test/bench/${name}.ts`])),
          output: { entryFileNames: '[name].mjs' },
        },
      },
    })
  for (const name of names) await import(pathToFileURL(join(folder, `${name}.mjs`)).href)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
// What moves in a browser cannot be bundled with it.
if (wants('canvas')) {
  await bundle()
  await runnerImport(fileURLToPath(new URL('canvas.ts', import.meta.url)), { configFile: false })
}
