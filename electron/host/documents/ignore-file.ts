import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Argument, Result } from '../../../shared/bridge/contract.ts'
import { readings } from './watch.ts'

/**
 * The ignore file that a build goes by, as `docker build` finds it: the Dockerfile's own `<name>.dockerignore` beside it,
 * else `.dockerignore` in the build context. Null where there is none that can be read.
 */
export async function readIgnoreText(path: string, contextDirectory: string): Promise<string | null> {
  for (const place of places(path, contextDirectory)) {
    const text = await readFile(place, 'utf8').catch(() => null)
    if (text !== null) return text
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
  for await (const text of readings(places(path, contextDirectory), read, signal)) {
    if (text === told) continue
    told = text
    yield { text }
  }
}

function places(path: string, contextDirectory: string): readonly string[] {
  return [`${path}.dockerignore`, join(contextDirectory, '.dockerignore')]
}
