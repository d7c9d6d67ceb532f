const lastOf = new Map<string, Promise<unknown>>()

/** Runs work on one file after the earlier work on it: two writes at once would leave either one behind. */
export function inTurn<T>(path: string, work: () => Promise<T>): Promise<T> {
  const earlier = lastOf.get(path) ?? Promise.resolve()
  const result = earlier.then(work, work)
  lastOf.set(path, result)
  const forget = () => {
    if (lastOf.get(path) === result) lastOf.delete(path)
  }
  result.then(forget, forget)
  return result
}

/** Settles when no work is left; failures are their callers' affair. */
export async function allTurnsTaken(): Promise<void> {
  while (lastOf.size > 0) await Promise.allSettled(lastOf.values())
}
