import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'vite'

/** Bundles programs as the application ships, through Vite, for plain Node, and runs them one after the other. */
export async function runBundled(paths) {
  if (paths.length === 0) return
  const folder = mkdtempSync(join(tmpdir(), 'slipway-bundled-'))
  const inputs = Object.fromEntries(paths.map((path, at) => [`program-${at}`, path]))
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
        rolldownOptions: { input: inputs, output: { entryFileNames: '[name].mjs' } },
      },
    })
    for (const name of Object.keys(inputs)) await import(pathToFileURL(join(folder, `${name}.mjs`)).href)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
