/**
 * Bundles and runs the benchmarks as they ship: through Vite, for plain Node. Absolute figures belong to the machine; each
 * table therefore holds its own yardstick, and the ratios are what to compare.
 *
 *   npm run bench
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'vite'

const folder = mkdtempSync(join(tmpdir(), 'slipway-bench-'))
try {
  await build({
    root: fileURLToPath(new URL('../..', import.meta.url)),
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: 'test/bench/benchmarks.ts',
      outDir: folder,
      emptyOutDir: true,
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'benchmarks.mjs' } },
    },
  })
  await import(pathToFileURL(join(folder, 'benchmarks.mjs')).href)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
