import type { Expectation } from './files/expectations.ts'
import type { IgnorePatterns } from './files/ignore-pattern.ts'
import type { Dockerfile } from './dockerfile/syntax.ts'
import type { Loads } from './files/artifacts.ts'
import type { FileTree } from './files/file-tree.ts'
import type { StageGraph, StageId } from './graph/stage-graph.ts'
import { z } from './schema.ts'

/** What an image on the engine says of itself. */
export const imageConfigSchema = z.strictObject({
  /** `linux/arm64/v8`, as the engine writes it. */
  platform: z.string(),
  /** `NAME=value` each. */
  environment: z.array(z.string()),
  /** ONBUILD instructions: they run first in every stage that stands on the image. */
  triggers: z.array(z.string()),
  workingDirectory: z.string(),
  /** '' for root. */
  user: z.string(),
})
export type ImageConfig = z.infer<typeof imageConfigSchema>

/** What the engine holds without asking a registry. */
export const localImagesSchema = z.strictObject({
  /** What the engine runs on, `linux/amd64`; null where none answers. */
  platform: z.string().nullable(),
  /** By the reference asked for; those that the engine does not hold are left out. */
  images: z.record(z.string(), imageConfigSchema),
})
export type LocalImages = z.infer<typeof localImagesSchema>

/** The files of stages that the host still holds, with the text that they were built from. */
export interface ListedStages {
  readonly pinned: { readonly file: Dockerfile; readonly graph: StageGraph }
  /** Complete listings alone. */
  readonly trees: ReadonlyMap<StageId, FileTree>
  /** What these files are for, where several platforms were built. */
  readonly platform?: string | undefined
}

/** What a build looks at beside the text and its inputs. Findings depend on it, the graph does not. */
export interface Surroundings {
  /** What the ignore file of the build context leaves out; null where there is none, or nobody has looked. */
  readonly ignored: IgnorePatterns | null
  /** What the last build left to look at; null where there was none. */
  readonly listed: ListedStages | null
  /** What a build of the past weighed, of which no listing is left; left out for the text as it stands. */
  readonly weighed?: Loads
  /** What is expected of the files of stages. */
  readonly expected: ReadonlyMap<StageId, readonly Expectation[]>
}

/** A text by itself. */
export const unknownSurroundings: Surroundings = { ignored: null, listed: null, expected: new Map() }

/** Whether they are the same values; nothing expected is the same however it is said. */
export function sameSurroundings(a: Surroundings, b: Surroundings): boolean {
  const isSameExpected = a.expected === b.expected || (a.expected.size === 0 && b.expected.size === 0)
  return a.ignored === b.ignored && a.listed === b.listed && a.weighed === b.weighed && isSameExpected
}
