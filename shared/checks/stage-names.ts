/** What BuildKit calls a stage in its messages: `stage-2` for an unnamed one, nothing where it is the only one. */
export function builtStageName(names: readonly string[], index: number): string {
  const name = names[index] ?? ''
  if (name !== '' || names.length === 1) return name
  return `stage-${index}`
}
