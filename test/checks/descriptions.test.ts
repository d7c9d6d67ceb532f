import { expect, test } from 'vitest'
import { describeRule } from '../../shared/checks/descriptions/describe-rule.ts'
import { advice, refusals } from '../../shared/checks/descriptions/slipway.ts'
import { checks } from '../../shared/checks/rules.ts'
import { readReference, referenceFolder } from '../parity/reference.ts'

const rules = new Set(checks.map(({ rule }) => rule))

test('every rule is described, and nothing else is', () => {
  expect([...rules].filter(rule => describeRule(rule) === null)).toEqual([])
  expect(Object.keys({ ...refusals, ...advice }).filter(rule => !rules.has(rule))).toEqual([])
})

test.runIf(referenceFolder !== null)('BuildKit’s rules have its own sentence and page', () => {
  const { rules: documented } = readReference('buildkit/lint-cases.json') as {
    rules: { name: string; description: string; url: string }[]
  }
  for (const { name, description, url } of documented) {
    const described = describeRule(name)
    expect(described).toMatchObject({ by: 'buildkit', page: url === '' ? null : url })
    expect(described?.sentence.startsWith(description)).toBe(true)
  }
})
