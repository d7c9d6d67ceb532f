/**
 * Runs the command line from a checkout, bundled first where that is needed: `npm run --silent slipway -- graph FILE`.
 * Bundling says nothing on standard output: that is the command's alone.
 */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { bundle, root } from './bundle.mjs'

await bundle({ only: process.argv[2] === 'serve' ? ['renderer', 'cli'] : ['cli'] })
// Paths are relative to where npm was called, which need not be the repository.
process.chdir(process.env.INIT_CWD ?? process.cwd())
await import(pathToFileURL(join(root, 'dist/cli/slipway.js')).href)
