/**
 * Bundles what runs: the renderer, Electron's main process and preload, and the command line. Four small builds with
 * Vite's JavaScript API, none of which needs Electron. What is up to date is left alone, so that starting is quick.
 *
 *   node build/bundle.mjs [--force] [renderer main preload cli]
 */
import react from '@vitejs/plugin-react'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, extname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

export const root = fileURLToPath(new URL('..', import.meta.url))
const stampsFile = join(root, 'dist/stamps.json')
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** @type {import('vite').InlineConfig} */
const common = {
  root,
  configFile: false,
  logLevel: 'warn',
  // ws asks for two optional native modules; said here that they are not wanted, no missing import is left behind.
  define: {
    __VERSION__: JSON.stringify(version),
    'process.env.WS_NO_BUFFER_UTIL': '"1"',
    'process.env.WS_NO_UTF_8_VALIDATE': '"1"',
  },
}

/**
 * A program for Node or Electron's main process: everything but Node itself and `electron` is inside. Chunks lie flat
 * beside the entry, so that `new URL('../renderer', import.meta.url)` means the same from each of them.
 */
const program = (entry, directory, file, format, banner) => ({
  ...common,
  publicDir: false,
  ssr: { noExternal: true, target: 'node' },
  build: {
    ssr: entry,
    outDir: directory,
    emptyOutDir: false,
    target: 'node20',
    minify: false,
    reportCompressedSize: false,
    rolldownOptions: {
      external: ['electron', 'bufferutil', 'utf-8-validate'],
      output: {
        format,
        entryFileNames: file,
        chunkFileNames: '[name]-[hash].js',
        ...(format === 'cjs' ? { codeSplitting: false } : {}),
        ...(banner === undefined ? {} : { banner }),
      },
    },
  },
})

/** @type {Record<string, {inputs: string[], entry: string, output: string, config: import('vite').InlineConfig}>} */
const bundles = {
  renderer: {
    inputs: ['renderer', 'shared'],
    entry: 'renderer/index.html',
    output: 'dist/renderer/index.html',
    config: {
      ...common,
      root: join(root, 'renderer'),
      base: './',
      plugins: [react()],
      build: {
        outDir: join(root, 'dist/renderer'),
        emptyOutDir: true,
        target: 'chrome130',
        // The content security policy knows no data: fonts and no inline scripts.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        reportCompressedSize: false,
        chunkSizeWarningLimit: 2000,
      },
    },
  },
  main: {
    inputs: ['electron', 'shared'],
    entry: 'electron/main.ts',
    output: 'dist/electron/main.js',
    config: program('electron/main.ts', 'dist/electron', 'main.js', 'es'),
  },
  preload: {
    inputs: ['electron/preload.ts'],
    entry: 'electron/preload.ts',
    output: 'dist/electron/preload.cjs',
    // A sandboxed preload must be CommonJS in one file.
    config: program('electron/preload.ts', 'dist/electron', 'preload.cjs', 'cjs'),
  },
  cli: {
    inputs: ['electron', 'shared'],
    entry: 'electron/cli.ts',
    output: 'dist/cli/slipway.js',
    config: program('electron/cli.ts', 'dist/cli', 'slipway.js', 'es', chunk =>
      chunk.isEntry ? '#!/usr/bin/env node' : '',
    ),
  },
}

const filesUnder = path => {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
    .sort()
}

/** The content of everything a bundle is made from; a changed dependency shows in the lock file. */
const fingerprint = inputs => {
  const hash = createHash('sha256')
  for (const input of [...inputs, 'package.json', 'package-lock.json', 'build/bundle.mjs'])
    for (const file of filesUnder(join(root, input))) hash.update(`${file}\0`).update(readFileSync(file)).update('\0')
  return hash.digest('hex')
}

/** Vite empties the renderer's folder; the others share one, so only chunks of the same kind go. */
const removeEarlier = output => {
  if (!existsSync(dirname(output))) return
  for (const name of readdirSync(dirname(output)))
    if (extname(name) === extname(output)) rmSync(join(dirname(output), name))
}

const readStamps = () => {
  try {
    return JSON.parse(readFileSync(stampsFile, 'utf8'))
  } catch {
    return {}
  }
}

/**
 * Builds what is out of date and returns the names of what it built.
 * @param {{only?: string[], force?: boolean}} [options]
 */
export const bundle = async ({ only = Object.keys(bundles), force = false } = {}) => {
  process.env.NODE_ENV = 'production'
  const built = []
  for (const name of only) {
    const { inputs, entry, output, config } = bundles[name]
    if (!existsSync(join(root, entry))) throw new Error(`Cannot bundle ${name}: ${entry} is missing.`)
    const stamp = fingerprint(inputs)
    if (!force && existsSync(join(root, output)) && readStamps()[name] === stamp) continue
    if (name !== 'renderer') removeEarlier(join(root, output))
    await build(config)
    if (name === 'cli') chmodSync(join(root, output), 0o755)
    mkdirSync(join(root, 'dist'), { recursive: true })
    writeFileSync(stampsFile, `${JSON.stringify({ ...readStamps(), [name]: stamp }, null, 2)}\n`)
    built.push(name)
  }
  return built
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const names = process.argv.slice(2).filter(argument => !argument.startsWith('--'))
  const unknown = names.filter(name => !(name in bundles))
  if (unknown.length > 0) {
    console.error(`There is no bundle named ${unknown.join(', ')}; there are ${Object.keys(bundles).join(', ')}.`)
    process.exit(2)
  }
  const started = performance.now()
  const built = await bundle({
    ...(names.length > 0 ? { only: names } : {}),
    force: process.argv.includes('--force'),
  })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(built.length === 0 ? 'Everything is up to date.' : `Bundled ${built.join(', ')} in ${seconds} s.`)
}
