import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const assets = join(import.meta.dirname, '../../dist/renderer/assets')
const read = (name: string) => readFileSync(join(assets, name), 'utf8')

/** A script and all that it needs before it can run. */
function needed(name: string, found = new Set<string>()): Set<string> {
  if (found.has(name)) return found
  found.add(name)
  for (const [, , imported = ''] of read(name).matchAll(/(^|[;}])import(?:[^"'();]*?from)?["']\.\/([^"']+\.js)["']/g))
    needed(imported, found)
  return found
}

const kilobytes = (names: Iterable<string>) =>
  [...names].reduce((sum, name) => sum + gzipSync(read(name), { level: 9 }).length, 0) / 1000

const page = readFileSync(join(assets, '../index.html'), 'utf8')
const entry = /assets\/([^"]+\.js)/.exec(page)?.[1] ?? ''
const first = needed(entry)
const isEditor = (name: string) => read(name).includes('cm-announced')
const rest = readdirSync(assets).filter(name => name.endsWith('.js') && !first.has(name))

console.log('\nrenderer: kB of script, gzipped')
for (const [title, names] of [
  ['before the first frame', [...first]],
  ['… of which the editor', [...first].filter(isEditor)],
  ['loaded after it', rest],
  ['… of which the canvas', rest.filter(name => name.startsWith('GraphArea'))],
] as const)
  console.log(title.padEnd(24), kilobytes(names).toFixed(0).padStart(6))
