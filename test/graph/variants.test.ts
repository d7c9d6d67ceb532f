import { describe, expect, test } from 'vitest'
import { analyze, defaultInputs, type BuildInputs } from '../../shared/analysis.ts'
import { choiceText, neededWhen } from '../../shared/graph/needed-when.ts'
import { stageTitle } from '../../shared/graph/stage-graph.ts'
import { inputsWith, stageVariants, type StageVariants } from '../../shared/graph/variants.ts'
import { corpusText, howToRun, readReferenceLines, referenceFolder } from '../parity/reference.ts'
import { dockerfile } from './expect-graph.ts'

function variants(text: string, inputs: Partial<BuildInputs> = {}): readonly StageVariants[] {
  return stageVariants(analyze(dockerfile(text), { ...defaultInputs, ...inputs }))
}

/** Alternatives of the last FROM with variables, as `base (kind): choice, or choice`. */
function alternatives(text: string, inputs: Partial<BuildInputs> = {}): string[] {
  const found = variants(text, inputs).at(-1)?.alternatives ?? []
  return found.map(({ base, source, choices }) => `${base} (${source.kind}): ${choices.map(choiceText).join(', or ')}`)
}

/** What the target does not need, as `stage: when`. */
function unneeded(text: string, inputs: Partial<BuildInputs> = {}): string[] {
  const analysis = analyze(dockerfile(text), { ...defaultInputs, ...inputs })
  const needed = neededWhen(analysis)
  return analysis.graph.stages
    .filter(({ reachable }) => !reachable)
    .map(stage => `${stageTitle(stage)}: ${choiceText(needed.get(stage.id) ?? {}) || 'never'}`)
}

const flavours = `
  ARG VARIANT=prod
  FROM alpine AS build-dev
  FROM alpine AS build-prod
  FROM alpine AS tools
  FROM build-\${VARIANT} AS app
`

describe('what other values choose', () => {
  test('stages whose names fit around the variable', () => {
    expect(alternatives(flavours)).toEqual(['build-dev (stage): VARIANT=dev'])
    expect(alternatives(flavours, { buildArgs: { VARIANT: 'dev' } })).toEqual(['build-prod (stage): VARIANT=prod'])
    expect(variants(flavours)[0]).toMatchObject({ imagePattern: 'build-*', isOpen: false })
  })

  test('defaults of defaults', () =>
    expect(
      alternatives(`
        ARG VARIANT=prod
        ARG BASE=build-$VARIANT
        FROM alpine AS build-dev
        FROM alpine AS build-prod
        FROM $BASE
      `),
    ).toEqual(['build-dev (stage): VARIANT=dev, or BASE=build-dev']))

  test.each([
    ['${X:-base}', ['dev (stage): X=dev', 'alt (stage): X=alt']],
    ['${X-base}', ['dev (stage): X=dev', 'alt (stage): X=alt']],
    ['${X:+al}t', ['alt (stage): X=true']],
    ['${X:+alt}', ['alt (stage): X=true']],
    ['${X:-${Y:-alt}}', ['dev (stage): Y=dev, or X=dev', 'base (stage): Y=base, or X=base']],
    ['${X:?missing}', ['dev (stage): X=dev', 'alt (stage): X=alt', 'base (stage): X=base']],
    ['${X:-scratch}', ['dev (stage): X=dev', 'alt (stage): X=alt', 'base (stage): X=base']],
    ['"${X:-base}"', ['dev (stage): X=dev', 'alt (stage): X=alt']],
    ['d${X#*-}', ['dev (stage): X=ev']],
    ['al${X}${X}t', []],
  ])('modifiers: %s', (written, expected) =>
    expect(
      alternatives(`
        ARG X
        ARG Y
        FROM alpine AS dev
        FROM alpine AS alt
        FROM alpine AS base
        FROM ${written} AS last
      `),
    ).toEqual(expected),
  )

  test('an image that a modifier names, and the empty base', () => {
    const text = 'ARG X=dev\nFROM alpine AS dev\nFROM ${X:-'
    expect(alternatives(`${text}golang}`)).toEqual(['golang (image): X='])
    expect(alternatives(`${text}scratch}`)).toEqual(['scratch (scratch): X='])
    expect(alternatives(`${text}golang}`, { namedContexts: ['golang'] })).toEqual(['golang (context): X='])
  })

  test('two variables: as few change as can', () =>
    expect(
      alternatives(`
        ARG KIND=app
        FROM alpine AS app-amd64
        FROM alpine AS app-arm64
        FROM alpine AS app-common
        FROM alpine AS dev-amd64
        FROM alpine AS dev-arm64
        FROM $KIND-$TARGETARCH
      `),
    ).toEqual([
      'app-arm64 (stage): TARGETARCH=arm64',
      'dev-amd64 (stage): KIND=dev',
      'dev-arm64 (stage): KIND=dev and TARGETARCH=arm64',
    ]))

  test('later stages, a stage’s own name and names in other cases are no bases', () =>
    expect(
      alternatives(`
        ARG X=a
        FROM alpine AS s-a
        FROM s-$X AS s-b
        FROM alpine AS s-c
      `),
    ).toEqual([]))

  test('a lone variable that holds an image says nothing of stages', () => {
    const text = 'ARG BASE=alpine:3\nFROM golang AS build\nFROM $BASE\n'
    expect(variants(text)[0]).toMatchObject({ alternatives: [], isOpen: true, imagePattern: '*' })
    expect(alternatives('ARG BASE\nFROM golang AS build\nFROM $BASE\n')).toEqual(['build (stage): BASE=build'])
  })
})

test('which arguments count, with their values and where those come from', () =>
  expect(
    variants(
      `
      ARG A=1
      ARG B=$A-$TARGETOS
      ARG C
      ARG D=2
      FROM --platform=$BUILDPLATFORM x:$B\${C:-$D}$E
      FROM --platform=linux/$TARGETARCH alpine
      `,
      { buildArgs: { D: '3' } },
    ).map(each => each.arguments.map(({ name, value, origin }) => `${name}=${value ?? ''} ${origin}`)),
  ).toEqual([
    [
      'B=1-linux default',
      'C= missing',
      'D=3 build-argument',
      'E= undeclared',
      'BUILDPLATFORM=linux/amd64 platform',
      'A=1 default',
      'TARGETOS=linux platform',
    ],
    ['TARGETARCH=amd64 platform'],
  ]))

describe('stages that the target does not need', () => {
  test('are needed with other values, or dead', () =>
    expect(unneeded(flavours)).toEqual(['build-dev: VARIANT=dev', 'tools: never']))

  test('what an alternative is built on and copies from goes with it, through further alternatives', () =>
    expect(
      unneeded(`
        ARG VARIANT=prod
        ARG TOOLS=small
        FROM alpine AS tools-small
        FROM alpine AS tools-large
        FROM alpine AS seed
        FROM tools-$TOOLS AS build-dev
        COPY --from=seed /x /x
        FROM alpine AS build-prod
        FROM build-$VARIANT
      `),
    ).toEqual([
      'tools-small: VARIANT=dev',
      'tools-large: VARIANT=dev and TOOLS=large',
      'seed: VARIANT=dev',
      'build-dev: VARIANT=dev',
    ]))

  test('one value moves every FROM that it is written in', () =>
    expect(
      unneeded(`
        ARG V=1
        FROM alpine AS a-1
        FROM alpine AS a-2
        FROM alpine AS b-1
        FROM alpine AS b-2
        FROM a-$V AS left
        FROM b-$V
        COPY --from=left /x /x
      `),
    ).toEqual(['a-2: V=2', 'b-2: V=2']))
})

test('every choice told of does what is told, in real files', { timeout: 120_000 }, () => {
  if (referenceFolder === null) {
    console.log(howToRun)
    return
  }
  const wrong: string[] = []
  const counts = { files: 0, bases: 0, alternatives: 0, choices: 0, unneeded: 0, conditional: 0 }
  for (const { id } of readReferenceLines('corpus/buildkit.jsonl') as { id: string }[]) {
    const analysis = analyze(corpusText(id))
    counts.files++
    const indexOf = new Map(analysis.graph.stages.map(stage => [stage.id, stage.index]))
    for (const { stage, alternatives } of stageVariants(analysis)) {
      counts.bases++
      for (const { base, choices } of alternatives) {
        counts.alternatives++
        for (const choice of choices) {
          counts.choices++
          const { stages } = analyze(analysis.file.text, inputsWith(choice, analysis.inputs)).graph
          if (stages[indexOf.get(stage) ?? -1]?.base !== base) wrong.push(`${id}: ${base} by ${choiceText(choice)}`)
        }
      }
    }
    counts.unneeded += analysis.graph.stages.filter(({ reachable }) => !reachable).length
    for (const [stage, choice] of neededWhen(analysis)) {
      counts.conditional++
      const { stages } = analyze(analysis.file.text, inputsWith(choice, analysis.inputs)).graph
      if (stages[indexOf.get(stage) ?? -1]?.reachable !== true) wrong.push(`${id}: ${stage} when ${choiceText(choice)}`)
    }
  }
  console.log(`Choices tried in the corpus: ${JSON.stringify(counts)}`)
  expect(wrong).toEqual([])
  expect(counts.choices).toBeGreaterThan(100)
})
