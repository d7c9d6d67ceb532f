import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { z } from '../../../shared/schema.ts'
import { type PrivateFile, privateFile } from '../private-file.ts'

const draftSchema = z.strictObject({
  path: z.string().nullable(),
  text: z.string(),
  kept: z.number(),
  base: z.string().nullable().default(null),
})
type Draft = z.infer<typeof draftSchema>

export interface KeptDraft {
  readonly text: string
  /** Fingerprint of what stood on disk when the text was last in step with it; null where it was never on disk. */
  readonly base: string | null
}

/** Unsaved texts, kept against a crash. `path` null is the untitled document. */
export interface Drafts {
  keep(path: string | null, text: string, base: string | null): Promise<void>
  forget(path: string | null): Promise<void>
  /** After a save: what was kept before it began is part of it. Text typed since then stays. */
  forgetUpTo(path: string, instant: number): Promise<void>
  read(path: string | null): Promise<KeptDraft | null>
}

export function createDrafts(stateDirectory: string): Drafts {
  const fileOf = (path: string | null): PrivateFile<Draft> =>
    privateFile(join(stateDirectory, 'drafts', `${pathKey(path)}.json`), draftSchema)
  return {
    keep: (path, text, base) =>
      fileOf(path).write({ path, text, kept: performance.timeOrigin + performance.now(), base }),
    forget: path => fileOf(path).remove(),
    async forgetUpTo(path, instant) {
      const draft = await fileOf(path).read()
      if (draft !== null && draft.kept <= instant) await fileOf(path).remove()
    },
    async read(path) {
      const draft = await fileOf(path).read()
      return draft && { text: draft.text, base: draft.base }
    },
  }
}

/** A file name for any path: paths are longer than names may be, and hold separators. */
export function pathKey(path: string | null): string {
  return path === null ? 'untitled' : createHash('sha256').update(path).digest('hex')
}
