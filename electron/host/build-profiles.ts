import { join } from 'node:path'
import { type BuildProfiles, buildProfilesSchema, noProfiles } from '../../shared/builds/build-profiles.ts'
import { pathKey } from './documents/drafts.ts'
import { privateFile } from './private-file.ts'

/** How each Dockerfile is built. `path` null is the untitled document. */
export interface BuildProfileStore {
  load(path: string | null): Promise<BuildProfiles>
  store(path: string | null, profiles: BuildProfiles): Promise<void>
}

export function createBuildProfiles(stateDirectory: string): BuildProfileStore {
  const fileOf = (path: string | null) =>
    privateFile(join(stateDirectory, 'builds', `${pathKey(path)}.json`), buildProfilesSchema)
  return {
    load: async path => (await fileOf(path).read()) ?? noProfiles,
    store: (path, profiles) => fileOf(path).write(profiles),
  }
}
