import { join } from 'node:path'
import { type RecentDocument, recentDocumentSchema } from '../../../shared/bridge/contract.ts'
import { z } from '../../../shared/schema.ts'
import { privateFile } from '../private-file.ts'

const limit = 20

/** The Dockerfiles opened or saved last, latest first. */
export interface Recent {
  list(): Promise<readonly RecentDocument[]>
  add(path: string): Promise<void>
  forget(path: string): Promise<void>
}

export function createRecent(stateDirectory: string): Recent {
  const schema = z.strictObject({ documents: z.array(recentDocumentSchema) })
  const file = privateFile(join(stateDirectory, 'recent.json'), schema)
  const others = (documents: readonly RecentDocument[] | undefined, path: string) =>
    (documents ?? []).filter(document => document.path !== path)
  return {
    list: async () => (await file.read())?.documents ?? [],
    add: path =>
      file.update(stored => ({
        documents: [{ path, opened: Date.now() }, ...others(stored?.documents, path)].slice(0, limit),
      })),
    forget: path => file.update(stored => stored && { documents: others(stored.documents, path) }),
  }
}
