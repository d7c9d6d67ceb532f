import type { Derivation } from '../graph/derive.ts'

/** What BuildKit calls a stage in its messages: `stage-2` for an unnamed one, nothing where it is the only one. */
export function builtStageName({ drafts }: Derivation, index: number): string {
  const name = drafts[index]?.name ?? ''
  if (name !== '' || drafts.length === 1) return name
  return `stage-${index}`
}
