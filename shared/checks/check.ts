import type { BuildInputs } from '../analysis.ts'
import type { Dockerfile } from '../dockerfile/syntax.ts'
import type { Derivation } from '../graph/derive.ts'
import type { Diagnostic } from '../graph/stage-graph.ts'

/** Everything a rule may look at. */
export interface CheckSubject extends Derivation {
  readonly file: Dockerfile
  readonly inputs: BuildInputs
}

/** One rule: looks at the whole file and says what it found. Rules do not know of each other. */
export interface Check {
  readonly rule: string
  readonly run: (subject: CheckSubject) => readonly Diagnostic[]
}
