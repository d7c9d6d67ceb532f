const nothing: readonly never[] = []

/** The same list for keeping: one that grew holds room for more, often several times what is in it. */
export function packed<T>(list: readonly T[]): readonly T[] {
  return list.length === 0 ? nothing : list.slice()
}
