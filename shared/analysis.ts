import type { Dockerfile } from './dockerfile/syntax.ts'
import type { Diagnostic, StageGraph } from './graph/stage-graph.ts'
import type { MapOffset } from './text/text-edit.ts'

/** What the graph depends on beside the text. */
export interface BuildInputs {
  /** Stage name, as `docker build --target` takes it; null for the last stage. */
  readonly target: string | null
  readonly buildArgs: Readonly<Record<string, string>>
  /** Names given by `--build-context`. */
  readonly namedContexts: readonly string[]
}

export const defaultInputs: BuildInputs = { target: null, buildArgs: {}, namedContexts: [] }

/** Everything derived from one text. */
export interface Analysis {
  readonly file: Dockerfile
  readonly inputs: BuildInputs
  readonly graph: StageGraph
  readonly diagnostics: readonly Diagnostic[]
}

/** The analysis that the new one follows, and how offsets moved between the two: this is what carries stage ids over. */
export interface Previous {
  readonly analysis: Analysis
  readonly mapOffset: MapOffset
}

/** Never throws; a text that BuildKit refuses is drawn all the same, with the reason among the diagnostics. */
export declare function analyze(text: string, inputs?: BuildInputs, previous?: Previous): Analysis
