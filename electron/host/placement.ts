import { join } from 'node:path'
import { type Placement, placementSchema } from '../../shared/bridge/contract.ts'
import { pathKey } from './documents/drafts.ts'
import { privateFile } from './private-file.ts'

/** Where the stages of each Dockerfile stand on the canvas. `path` null is the untitled document. */
export interface Placements {
  load(path: string | null): Promise<Placement>
  store(path: string | null, placement: Placement): Promise<void>
}

export function createPlacements(stateDirectory: string): Placements {
  const fileOf = (path: string | null) =>
    privateFile(join(stateDirectory, 'placements', `${pathKey(path)}.json`), placementSchema)
  return {
    load: async path => (await fileOf(path).read()) ?? { nodes: {} },
    store: (path, placement) => fileOf(path).write(placement),
  }
}
