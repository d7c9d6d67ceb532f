import { expect, test } from 'vitest'
import { analyze, defaultInputs } from '../../shared/analysis.ts'

/** What people are told of a text, and every finding behind it, as `line severity rule`. */
function told(text: string, buildArgs = {}): { readonly told: string[]; readonly found: string[] } {
  const { diagnostics, findings } = analyze(text, { ...defaultInputs, buildArgs })
  const written = (list: typeof findings) => list.map(({ line, severity, rule }) => `${line} ${severity} ${rule}`)
  return { told: written(diagnostics), found: written(findings) }
}

const lint = 'InvalidDefaultArgInFrom'

test('ERR-06 a value that is missing is asked for once', () =>
  expect(told('ARG A\nARG B\nFROM $A$B\n')).toEqual({
    told: ['3 warning needs-value'],
    found: ['3 warning needs-value', `3 warning ${lint}`],
  }))

test('ERR-06 a base that is broken is told of once', () =>
  expect(told('FROM x:\n').told).toEqual(['1 error base-image']))

test('where the linter’s findings are errors, its word counts', () =>
  expect(told('# check=error=true\nARG A\nFROM a:$A\n').told).toEqual([`3 error ${lint}`]))

test('BuildKit’s rule speaks where nothing else does, and can be skipped', () => {
  expect(told('ARG A\nFROM a:$A\n', { A: '1' }).told).toEqual([`2 warning ${lint}`])
  expect(told(`# check=skip=${lint}\nARG A\nFROM a:$A\n`)).toEqual({
    told: ['3 warning needs-value'],
    found: ['3 warning needs-value'],
  })
})
