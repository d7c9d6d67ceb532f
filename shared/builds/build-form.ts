import type { Analysis } from '../analysis.ts'
import { readMount } from '../dockerfile/mounts.ts'
import type { Instruction } from '../dockerfile/syntax.ts'
import { isPlatformArgument } from '../graph/argument-origins.ts'

export interface FormArgument {
  readonly name: string
  /** As written; null where the file gives none. */
  readonly fallback: string | null
  /** What the comment above it says; '' for nothing. */
  readonly description: string
}

/** What a file lets a build be given. */
export interface BuildForm {
  readonly arguments: readonly FormArgument[]
  /** By the ids that mounts ask for, in the order of the file. */
  readonly secrets: readonly { readonly id: string; readonly required: boolean }[]
  readonly agents: readonly string[]
  /** Plain names that are copied from or built on and are no stage: images, unless a context of that name is given. */
  readonly contexts: readonly string[]
  /** Names of stages, as they are written. */
  readonly stages: readonly string[]
}

export function buildForm({ file, graph }: Analysis): BuildForm {
  const found = new Map<string, FormArgument>()
  const secrets = new Map<string, boolean>()
  const agents = new Set<string>()
  for (const instruction of file.instructions) {
    for (const { name, fallback } of declared(instruction)) {
      const before = found.get(name)
      const said = before?.description ?? ''
      const description = said === '' ? describedIn(instruction, name) : said
      found.set(name, { name, fallback: before?.fallback ?? fallback, description })
    }
    for (const flag of instruction.flags) {
      if (flag.name !== 'mount' || flag.value === null) continue
      const { type, target, fields } = readMount(flag.value)
      const id = fields.findLast(({ key }) => key === 'id')?.value ?? ''
      if (type === 'ssh') agents.add(id || 'default')
      if (type !== 'secret') continue
      const name = id || (target.split('/').at(-1) ?? '')
      if (name === '') continue
      const required = fields.findLast(({ key }) => key === 'required')
      const isRequired = required !== undefined && (required.value ?? 'true') !== 'false'
      secrets.set(name, (secrets.get(name) ?? false) || isRequired)
    }
  }
  return {
    arguments: [...found.values()],
    secrets: [...secrets].map(([id, required]) => ({ id, required })),
    agents: [...agents],
    contexts: [...new Set(graph.edges.flatMap(({ from }) => contextName(from)))],
    stages: graph.stages.flatMap(({ writtenName }) => writtenName ?? []),
  }
}

function declared({ keyword, pairs }: Instruction): readonly Pick<FormArgument, 'name' | 'fallback'>[] {
  if (keyword !== 'ARG') return []
  return pairs
    .map(({ key, value }) => ({ name: key.text, fallback: value?.text ?? null }))
    .filter(({ name }) => !isPlatformArgument(name))
}

/** BuildKit takes the line that begins with the name; a comment of another kind is better than nothing. */
function describedIn({ comment }: Instruction, name: string): string {
  const lines = comment?.lines ?? []
  const own = lines.find(line => line.startsWith(`${name} `))
  return own === undefined ? lines.join(' ').trim() : own.slice(name.length).trim()
}

function contextName(from: Analysis['graph']['edges'][number]['from']): readonly string[] {
  if (from.kind === 'context') return from.name === '' ? [] : [from.name]
  return from.kind === 'image' && /^[a-z0-9][a-z0-9._-]*$/i.test(from.reference) ? [from.reference] : []
}
