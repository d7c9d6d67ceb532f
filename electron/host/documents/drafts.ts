import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { z } from '../../../shared/schema.ts'
import { type PrivateFile, privateFile } from '../private-file.ts'

const draftSchema = z.strictObject({ path: z.string().nullable(), text: z.string(), kept: z.number() })
type Draft = z.infer<typeof draftSchema>

/** Unsaved texts, kept against a crash. `path` null is the untitled document. */
export interface Drafts {
  keep(path: string | null, text: string): Promise<void>
  forget(path: string | null): Promise<void>
  /** After a save: what was kept before it began is part of it. Text typed since then stays. */
  forgetUpTo(path: string, instant: number): Promise<void>
  read(path: string | null): Promise<string | null>
}

export function createDrafts(stateDirectory: string): Drafts {
  const fileOf = (path: string | null): PrivateFile<Draft> =>
    privateFile(join(stateDirectory, 'drafts', `${pathKey(path)}.json`), draftSchema)
  return {
    keep: (path, text) => fileOf(path).write({ path, text, kept: performance.timeOrigin + performance.now() }),
    forget: path => fileOf(path).remove(),
    async forgetUpTo(path, instant) {
      const draft = await fileOf(path).read()
      if (draft !== null && draft.kept <= instant) await fileOf(path).remove()
    },
    read: async path => (await fileOf(path).read())?.text ?? null,
  }
}

/** A file name for any path: paths are longer than names may be, and hold separators. */
export function pathKey(path: string | null): string {
  return path === null ? 'untitled' : createHash('sha256').update(path).digest('hex')
}
