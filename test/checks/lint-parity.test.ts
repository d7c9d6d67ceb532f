import { expect, test, vi } from 'vitest'
import { analyze, type BuildInputs } from '../../shared/analysis.ts'
import { lintRules } from '../../shared/checks/lint/rules.ts'
import { foundByBuild } from '../../shared/checks/rules.ts'
import type { Diagnostic, StageGraph } from '../../shared/graph/stage-graph.ts'
import { readIgnoreFile } from '../../shared/files/ignore-pattern.ts'
import { unknownSurroundings } from '../../shared/surroundings.ts'
import { inputsOf } from '../parity/graphs.ts'
import { corpusText, howToRun, readReference, readReferenceLines, referenceFolder, Tally } from '../parity/reference.ts'

interface Warning {
  readonly rule: string
  readonly line: number
  readonly message: string
}

interface LintCase {
  readonly id: string
  readonly dockerfile: string
  readonly dockerignore?: string | null
  readonly target?: string | null
  readonly buildArgs?: Readonly<Record<string, string>> | null
  readonly checkBuildArg?: string | null
  readonly imageOnbuild?: unknown
  readonly expected: readonly Warning[] | null
  readonly expectedReachableOnly: readonly Warning[] | null
  readonly error: { readonly message: string } | null
  readonly checkWarnings?: readonly Warning[] | null
  readonly checks?: readonly Warning[] | null
  readonly parseError?: unknown
  readonly graphError?: unknown
  readonly checkError?: { readonly message: string } | null
}

/** Of the images that BuildKit was given with the cases, this one was for another platform. */
const images = {
  arm64only: { platform: 'linux/arm64', environment: [], triggers: [], workingDirectory: '', user: '' },
}

const buildKitRules = new Set(lintRules.map(({ rule }) => rule))

function comparable(warnings: readonly Warning[] | readonly Diagnostic[]): string[] {
  return warnings
    .filter(({ rule }) => buildKitRules.has(rule) && rule !== 'check-options')
    .map(({ rule, line, message }) => `${line} ${rule}: ${message}`)
    .sort()
}

function found(text: string, inputs: BuildInputs, dockerignore: string | null): [readonly Diagnostic[], StageGraph] {
  const ignored = dockerignore === null ? null : readIgnoreFile(dockerignore)
  const { findings, graph } = analyze(text, { ...inputs, images }).within({ ...unknownSurroundings, ignored })
  return [findings, graph]
}

/** A base that is no image is a matter of the graph, and compared there. */
function isOfTheGraph({ message }: { readonly message: string }): boolean {
  return message.startsWith('failed to parse stage name')
}

vi.setConfig({ testTimeout: 120_000 })

if (referenceFolder === null) test('parity with BuildKit’s linter needs its answers', () => console.log(howToRun))
else {
  const { cases } = readReference('buildkit/lint-cases.json') as { cases: LintCase[] }

  test('LINT-07 lint cases, all stages and those a build reaches', () => {
    const all = new Tally('lint cases, all stages')
    const reachable = new Tally('lint cases, reachable stages')
    for (const { id, dockerfile, dockerignore, buildArgs, expected, expectedReachableOnly } of cases) {
      const [diagnostics, graph] = found(dockerfile, inputsOf(null, buildArgs ?? null), dockerignore ?? null)
      if (expected !== null) all.compare(id, comparable(diagnostics), comparable(expected))
      if (expectedReachableOnly !== null)
        reachable.compare(id, comparable(foundByBuild(diagnostics, graph)), comparable(expectedReachableOnly))
    }
    expect([all.report(), reachable.report()]).toEqual([1, 1])
  })

  test('LINT-07 what BuildKit refuses a file for by its linter', () => {
    const tally = new Tally('lint refusals')
    for (const { id, dockerfile, buildArgs, error } of cases) {
      if (error === null || isOfTheGraph(error)) continue
      const [diagnostics] = found(dockerfile, inputsOf(null, buildArgs ?? null), null)
      const violated = new Set(
        diagnostics
          .filter(({ rule, severity }) => buildKitRules.has(rule) && severity === 'error')
          .map(({ rule }) => rule),
      )
      const messages = [
        ...diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message),
        `lint violation found for rules: ${[...violated].join(', ')}`,
      ]
      tally.compare(id, messages.includes(error.message) ? error.message : messages, error.message)
    }
    expect(tally.report()).toBe(1)
  })

  test('LINT-07 BuildKit’s test Dockerfiles, graph cases and real Dockerfiles', () => {
    const whole = new Tally('lint of files BuildKit takes')
    const partly = new Tally('lint of files BuildKit refuses: all it told before it gave up')
    const warnings = new Tally('single warnings')
    const compare = (lintCase: LintCase, text: string): void => {
      const { id, buildArgs, graphError, parseError, checkError, target } = lintCase
      const given = lintCase.checkWarnings ?? lintCase.checks
      if ((lintCase.imageOnbuild ?? null) !== null) return
      const [diagnostics] = found(text, inputsOf(target ?? null, buildArgs ?? null), null)
      const actual = comparable(diagnostics)
      const expected = comparable(given ?? [])
      if ((graphError ?? parseError ?? checkError ?? null) === null) {
        whole.compare(id, actual, expected)
        for (const warning of expected) warnings.compare(id, actual.includes(warning), true)
      } else
        partly.compare(
          id,
          expected.filter(warning => !actual.includes(warning)),
          [],
        )
    }
    for (const path of ['buildkit/graph-cases.json', 'buildkit/buildkit-test-dockerfiles.json'])
      for (const lintCase of (readReference(path) as { cases: LintCase[] }).cases)
        compare(lintCase, lintCase.dockerfile)
    const hints = new Map<string, number>()
    for (const file of readReferenceLines('corpus/buildkit.jsonl') as LintCase[]) {
      const text = corpusText(file.id)
      compare(file, text)
      for (const { rule, severity } of analyze(text).diagnostics)
        hints.set(`${severity} ${rule}`, (hints.get(`${severity} ${rule}`) ?? 0) + 1)
    }
    console.log(`findings in the corpus: ${JSON.stringify(Object.fromEntries([...hints].sort()), null, 1)}`)
    expect([whole.report(), partly.report(), warnings.report()]).toEqual([1, 1, 1])
  })
}
