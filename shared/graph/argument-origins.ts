import type { BuildInputs } from '../analysis.ts'
import type { Dockerfile } from '../dockerfile/syntax.ts'
import { readTemplate, templateNames, type TemplatePart } from '../dockerfile/word-template.ts'
import { globalArguments } from './global-arguments.ts'
import { architectures, readPlatform, systems } from './platforms.ts'

/** An argument that a FROM is written with. */
export interface ArgumentInEffect {
  readonly name: string
  /** Null where it has none. */
  readonly value: string | null
  /** Where the value comes from; `undeclared` arguments have none and can be given none. */
  readonly origin: 'default' | 'build-argument' | 'platform' | 'missing' | 'undeclared'
}

/** What may be written in a FROM, with the defaults in effect as they are written. */
export interface GlobalTemplates {
  /** The named arguments and those that their defaults are made of, each once. */
  readonly inEffect: (names: readonly string[]) => readonly ArgumentInEffect[]
  readonly value: (name: string) => string | null
  /** The default that gives the value, where there are variables in it; else null. */
  readonly variableDefault: (name: string) => readonly TemplatePart[] | null
  readonly isSettable: (name: string) => boolean
  /** Whether the argument could sensibly have the value: one that tells a processor is no `debug`. */
  readonly isFitting: (name: string, value: string) => boolean
}

export function argumentsOf(file: Dockerfile, inputs: BuildInputs): GlobalTemplates {
  const { values, declared } = globalArguments(file, inputs)
  const defaults = new Map<string, readonly TemplatePart[]>()
  for (const { keyword, pairs } of file.preamble)
    if (keyword === 'ARG')
      for (const { key, value } of pairs)
        if (value !== null) defaults.set(key.text, readTemplate(value.text, file.escape))
  const value = (name: string): string | null => values.get(name) ?? null
  const isSettable = (name: string): boolean => declared.has(name) || isPlatformArgument(name)
  const origin = (name: string): ArgumentInEffect['origin'] => {
    if (!isSettable(name)) return 'undeclared'
    if (Object.hasOwn(inputs.buildArgs, name)) return 'build-argument'
    if (defaults.has(name)) return 'default'
    return isPlatformArgument(name) ? 'platform' : 'missing'
  }
  const variableDefault = (name: string): readonly TemplatePart[] | null => {
    const parts = origin(name) === 'default' ? (defaults.get(name) ?? []) : []
    return parts.some(part => part.kind === 'variable' && part.name !== name) ? parts : null
  }
  return {
    inEffect: names => {
      const found = new Map<string, ArgumentInEffect>()
      const open = [...names]
      for (const name of open) {
        if (found.has(name)) continue
        found.set(name, { name, value: value(name), origin: origin(name) })
        open.push(...templateNames(variableDefault(name) ?? []))
      }
      return [...found.values()]
    },
    value,
    variableDefault,
    isSettable,
    isFitting: (name, text) => platformValues[name]?.(text) ?? true,
  }
}

const isSystem = (text: string): boolean => systems.has(text)
const isArchitecture = (text: string): boolean => architectures.has(text)
const isPlatform = (text: string): boolean => readPlatform(text).kind === 'platform'
const isVersion = (text: string): boolean => /^[\d.]*$/.test(text)
const isVariant = (text: string): boolean => /^(v\d+)?$/.test(text)
const anything = (): boolean => true

/** BuildKit's own arguments, and what they may be. */
const platformValues: Readonly<Record<string, (text: string) => boolean>> = {
  BUILDPLATFORM: isPlatform,
  BUILDOS: isSystem,
  BUILDOSVERSION: isVersion,
  BUILDARCH: isArchitecture,
  BUILDVARIANT: isVariant,
  TARGETPLATFORM: isPlatform,
  TARGETOS: isSystem,
  TARGETOSVERSION: isVersion,
  TARGETARCH: isArchitecture,
  TARGETVARIANT: isVariant,
  TARGETSTAGE: anything,
}

/** What BuildKit itself declares for FROM. */
export function isPlatformArgument(name: string): boolean {
  return Object.hasOwn(platformValues, name)
}
