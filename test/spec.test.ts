import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const id = /\b(?:SYN|VAR|REF|KEEP|EDIT|ERR|LINT)-\d\d\b/g
/** `test('SYN-01 title'`, also behind a table and on the next line. */
const title = /(?:\b(?:test|describe)(?:\.\w+\([^\n]*\))?|\]\))\(\s*(['"`])(.*?)\1/g

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
