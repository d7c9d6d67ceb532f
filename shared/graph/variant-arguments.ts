import type { Analysis } from '../analysis.ts'
import { argumentsOf, isPlatformArgument } from './argument-origins.ts'
import { platformText } from './platforms.ts'
import { stageVariants } from './variants.ts'

/** An ARG that a FROM or a platform is written with, as it is offered to be changed. */
export interface VariantArgument {
  readonly name: string
  /** What it is given; null where its default holds. */
  readonly given: string | null
  /** What it comes to when nothing is given; '' for nothing. */
  readonly fallback: string
  /** Values that select one stage or another, in alphabetical order. */
  readonly values: readonly string[]
}

export interface Variants {
  readonly arguments: readonly VariantArgument[]
  /** Null where nothing written depends on the platform that is built for. */
  readonly platform: {
    readonly given: string | null
    readonly fallback: string
    readonly values: readonly string[]
  } | null
}

/** What of the build's inputs chooses among the stages of the file. */
export function variantsOf(analysis: Analysis): Variants {
  const { file, inputs, graph } = analysis
  const found = stageVariants(analysis)
  const known = found.flatMap(variants => variants.arguments)
  const names = new Set(known.filter(({ origin }) => origin !== 'undeclared').map(({ name }) => name))
  const values = new Map<string, Set<string>>()
  for (const { source, choices } of found.flatMap(({ alternatives }) => alternatives))
    for (const choice of source.kind === 'stage' ? choices : [])
      for (const [name, value] of Object.entries(choice)) values.set(name, (values.get(name) ?? new Set()).add(value))
  const others = (name: string, ...more: readonly (string | null)[]) => {
    const selecting = values.get(name)
    if (selecting === undefined) return []
    return [...new Set([...selecting, ...more])].filter(value => value !== null && value !== '').sort() as string[]
  }
  const isForPlatform = graph.stages.some(stage => stage.platform !== null) || [...names].some(isPlatformArgument)
  const host = platformText(inputs.buildPlatform)
  const written = others('TARGETARCH').map(architecture => `linux/${architecture}`)
  return {
    arguments: [...names]
      .filter(name => !isPlatformArgument(name))
      .map(name => {
        const { [name]: given = null, ...rest } = inputs.buildArgs
        const fallback = argumentsOf(file, { ...inputs, buildArgs: rest }).value(name) ?? ''
        return { name, given, fallback, values: others(name, fallback, given) }
      }),
    platform: isForPlatform
      ? {
          given: inputs.targetPlatform === null ? null : platformText(inputs.targetPlatform),
          fallback: host,
          values: [...new Set([host, ...usualPlatforms, ...written])],
        }
      : null,
  }
}

const usualPlatforms = ['linux/amd64', 'linux/arm64', 'linux/arm/v7']
