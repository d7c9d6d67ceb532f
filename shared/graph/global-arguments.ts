import type { BuildInputs } from '../analysis.ts'
import type { Dockerfile, Instruction } from '../dockerfile/syntax.ts'
import { expandWord } from '../dockerfile/variables.ts'
import { platformText, type Platform } from './platforms.ts'

/** What FROM may refer to: the platform's arguments and those declared before the first FROM. */
export interface GlobalArguments {
  readonly values: ReadonlyMap<string, string>
  /** Names of `ARG`s before the first FROM, with a value or not. */
  readonly declared: ReadonlySet<string>
  readonly problems: readonly { readonly instruction: Instruction; readonly message: string }[]
}

/** BuildKit's own arguments; build arguments of these names replace them. */
function platformArguments({ buildPlatform, targetPlatform, target }: BuildInputs): [string, string][] {
  return [
    ...describePlatform('BUILD', buildPlatform),
    ...describePlatform('TARGET', targetPlatform ?? buildPlatform),
    ['TARGETSTAGE', target ?? 'default'],
  ]
}

function describePlatform(prefix: 'BUILD' | 'TARGET', platform: Platform): [string, string][] {
  return [
    [`${prefix}PLATFORM`, platformText(platform)],
    [`${prefix}OS`, platform.system],
    [`${prefix}OSVERSION`, platform.version],
    [`${prefix}ARCH`, platform.architecture],
    [`${prefix}VARIANT`, platform.variant],
  ]
}

export type GlobalValues = Pick<GlobalArguments, 'values' | 'declared'>

export function globalArguments(file: Dockerfile, inputs: BuildInputs): GlobalArguments {
  const given = new Map(Object.entries(inputs.buildArgs))
  const values = new Map<string, string>()
  for (const [name, value] of platformArguments(inputs)) values.set(name, given.get(name) ?? value)
  const declared = new Set<string>()
  const problems: { instruction: Instruction; message: string }[] = []
  for (const instruction of file.preamble) {
    if (instruction.keyword !== 'ARG') continue
    for (const { key, value } of instruction.unplaced.pairs) {
      declared.add(key.text)
      const argument = given.get(key.text)
      if (argument !== undefined) values.set(key.text, argument)
      else if (value !== null) {
        const result = expandWord(value.text, values, file.escape)
        if (result.kind === 'lexed') values.set(key.text, result.lexed.text)
        else problems.push({ instruction, message: result.message })
      }
    }
  }
  return { values, declared, problems }
}

/** Whether both say the same of every name. */
export function sameValues(a: GlobalValues, b: GlobalValues): boolean {
  return (
    a.values.size === b.values.size &&
    a.declared.size === b.declared.size &&
    [...a.values].every(([name, value]) => b.values.get(name) === value) &&
    [...a.declared].every(name => b.declared.has(name))
  )
}
