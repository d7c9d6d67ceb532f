import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const id = /\b(?:SYN|VAR|REF|KEEP|EDIT|ERR|LINT)-\d\d\b/g
/** `test('SYN-01 title'`, also behind a table and on the next line. */
const title = /(?:\b(?:test|describe|byKeyboardAlone)(?:\.\w+\([^\n]*\))?|\]\))\(\s*(['"`])(.*?)\1/g

function idsInTitles(): readonly string[] {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' })
  return files
    .filter(file => file.endsWith('.test.ts') && file !== 'spec.test.ts')
    .flatMap(file => {
      const text = readFileSync(join(import.meta.dirname, file), 'utf8')
      return [...text.matchAll(title)].flatMap(match => match[2]?.match(id) ?? [])
    })
}

test('every rule of SPEC.md is borne by a test, and no test bears another', () => {
  const rules = [...readFileSync(join(import.meta.dirname, 'SPEC.md'), 'utf8').matchAll(/^- \*\*(.*?)\*\*/gm)].map(
    match => match[1] ?? '',
  )
  expect(rules.length).toBeGreaterThan(80)
  expect([...new Set(rules)]).toEqual(rules)
  expect([...new Set(idsInTitles())].sort()).toEqual([...rules].sort())
})

test('every test that SPEC.md names for a row of the canvas is there', () => {
  const spec = readFileSync(join(import.meta.dirname, 'SPEC.md'), 'utf8')
  const named = [...spec.slice(spec.indexOf('## Canvas')).matchAll(/`([a-z-]+): ([^`]+)`/g)]
  expect(named.length).toBeGreaterThan(60)
  const missing = named.filter(([, file = '', words = '']) => {
    const text = readFileSync(join(import.meta.dirname, 'e2e', `${file}.test.ts`), 'utf8')
    return ![...text.matchAll(title)].some(match => match[2]?.includes(words) === true)
  })
  expect(missing.map(([whole]) => whole)).toEqual([])
})
