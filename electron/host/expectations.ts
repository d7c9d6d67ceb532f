import { join } from 'node:path'
import { type Expectations, expectationsSchema } from '../../shared/files/expectations.ts'
import { pathKey } from './documents/drafts.ts'
import { privateFile } from './private-file.ts'

/** What is expected of the files that each Dockerfile builds. `path` null is the untitled document. */
export interface ExpectationStore {
  load(path: string | null): Promise<Expectations>
  store(path: string | null, expectations: Expectations): Promise<void>
}

export function createExpectations(stateDirectory: string): ExpectationStore {
  const fileOf = (path: string | null) =>
    privateFile(join(stateDirectory, 'expectations', `${pathKey(path)}.json`), expectationsSchema)
  return {
    load: async path => (await fileOf(path).read()) ?? { stages: {} },
    store: (path, expectations) => fileOf(path).write(expectations),
  }
}
