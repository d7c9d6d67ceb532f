import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Argument, Result } from '../../../shared/bridge/contract.ts'
import { readings } from './watch.ts'

/**
 * The ignore file that a build goes by, as `docker build` finds it: the Dockerfile's own `<name>.dockerignore` beside it,
 * else `.dockerignore` in the build context. Null where there is none that can be read.
 */
export async function readIgnoreText(path: string, contextDirectory: string): Promise<string | null> {
  return (await readIgnore(path, contextDirectory))?.text ?? null
}

/** The same, with where it is. */
export async function readIgnore(
  path: string,
  contextDirectory: string,
): Promise<{ readonly place: string; readonly text: string } | null> {
  return readFirst(ignorePlaces(path, contextDirectory))
}

export async function readFirst(
  places: readonly string[],
): Promise<{ readonly place: string; readonly text: string } | null> {
  for (const place of places) {
    const text = await readFile(place, 'utf8').catch(() => null)
    if (text !== null) return { place, text }
  }
  return null
}

/** The same at once, then whenever it changes. */
export async function* watchIgnoreFile(
  { path, contextDirectory }: Argument<'documents.watchIgnoreFile'>,
  signal: AbortSignal,
): AsyncGenerator<Result<'documents.watchIgnoreFile'>, void> {
  let told: string | null | undefined
  const read = () => readIgnoreText(path, contextDirectory)
  for await (const text of readings(ignorePlaces(path, contextDirectory), read, signal)) {
    if (text === told) continue
    told = text
    yield { text }
  }
}

export function ignorePlaces(path: string, contextDirectory: string): readonly string[] {
  return [`${path}.dockerignore`, join(contextDirectory, '.dockerignore')]
}
