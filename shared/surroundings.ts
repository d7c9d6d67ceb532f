import type { IgnorePatterns } from './files/ignore-pattern.ts'

/** What a build looks at beside the text and its inputs. Findings depend on it, the graph does not. */
export interface Surroundings {
  /** What the ignore file of the build context leaves out; null where there is none, or nobody has looked. */
  readonly ignored: IgnorePatterns | null
}

/** A text by itself. */
export const unknownSurroundings: Surroundings = { ignored: null }
