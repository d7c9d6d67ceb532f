import type { EngineImage, EngineStatus } from '../../../shared/bridge/contract.ts'
import type { BuildEvent, BuildRequest } from '../../../shared/builds/build-events.ts'
import type { EngineChoice, EnginePlace, PlaceState } from '../../../shared/engine-places.ts'
import type { LocalImages } from '../../../shared/surroundings.ts'
import type { FileSink } from './services/file-send.ts'
import type { FileBatch, FileContent, FileSystemReference } from '../../../shared/files/file-listing.ts'

/**
 * What the rest of the host asks of a build engine. One engine may serve several windows or tabs at once; aborting a
 * signal stops the work on the engine too. Expected failures are HostErrors: no-engine, engine-failed, gone, not-found.
 */
export interface Engine {
  /** Finds and asks the engine; never rejects because there is none. */
  inspect(signal: AbortSignal): Promise<EngineStatus>
  /** Everywhere an engine may be: each at once, and again with what was met there. */
  places(signal: AbortSignal): AsyncIterable<EnginePlace>
  /** Whether a place has an engine, and what that can and cannot do. */
  test(choice: EngineChoice, signal: AbortSignal): Promise<PlaceState>
  /** From now on this one is used; kept for the next start. */
  choose(choice: EngineChoice): Promise<void>
  /** Takes away an address that the user added. */
  forget(choice: EngineChoice): Promise<void>
  /** What the engine holds of these images; never pulls, and never rejects because there is no engine. */
  inspectImages(references: readonly string[], signal: AbortSignal): Promise<LocalImages>
  /** Tagged images at hand, the newest image first. */
  images(signal: AbortSignal): Promise<readonly EngineImage[]>
  /** Runs one build; the last event is succeeded, failed or cancelled. Leaving the loop cancels the build. */
  build(request: BuildRequest, signal: AbortSignal): AsyncIterable<BuildEvent>
  /** Every entry of one stage's file system, parents before children. */
  listFiles(reference: FileSystemReference, signal: AbortSignal): AsyncIterable<FileBatch>
  /** At most `length` bytes from `offset` of a regular file. */
  readFile(
    reference: FileSystemReference,
    path: string,
    offset: number,
    length: number,
    signal: AbortSignal,
  ): Promise<FileContent>
  /** Contents of the files of one stage whose paths are wanted, handed to a sink. What the sink throws is thrown. */
  fetchFiles(
    reference: FileSystemReference,
    isWanted: (path: string) => boolean,
    sink: FileSink,
    signal: AbortSignal,
  ): Promise<void>
  /** Lets go of what is held for a build; an unknown build is no error. */
  release(build: string): Promise<void>
  /** Cancels what runs and lets go of everything. */
  close(): Promise<void>
}
