import type { Engine } from '../../electron/host/engine/engine-interface.ts'
import { HostError } from '../../shared/bridge/host-error.ts'

/** An engine that does what one test says: for what lies between the engine and the user, never for the engine itself. */
export function scriptedEngine(parts: Partial<Engine> = {}): Engine {
  return {
    inspect: () => Promise.resolve({ kind: 'unavailable', message: 'This test has no engine.', tried: [] }),
    places: () => {
      throw new HostError('no-engine', 'This test has no engine.')
    },
    test: () => Promise.reject(new HostError('no-engine', 'This test has no engine.')),
    choose: () => Promise.resolve(),
    forget: () => Promise.resolve(),
    inspectImages: () => Promise.resolve({ platform: null, images: {} }),
    images: () => Promise.reject(new HostError('no-engine', 'This test has no engine.')),
    build: () => {
      throw new HostError('no-engine', 'This test has no engine.')
    },
    listFiles: () => {
      throw new HostError('gone', 'This test holds no build.')
    },
    readFile: () => Promise.reject(new HostError('gone', 'This test holds no build.')),
    fetchFiles: () => Promise.reject(new HostError('gone', 'This test holds no build.')),
    release: () => Promise.resolve(),
    close: () => Promise.resolve(),
    ...parts,
  }
}
