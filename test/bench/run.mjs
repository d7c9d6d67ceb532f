/**
 * Bundles and runs the benchmarks as they ship: through Vite, for plain Node. Absolute figures belong to the machine; each
 * table therefore holds its own yardstick, and the ratios are what to compare.
 *
 *   npm run bench [-- benchmarks layout]
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'vite'

const every = ['benchmarks', 'layout']
const names = process.argv.length > 2 ? process.argv.slice(2) : every
const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-'))
try {
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
