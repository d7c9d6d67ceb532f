import type { Checked } from './checks/check.ts'
import { runChecks, type CheckRun } from './checks/run-checks.ts'
import { toldOnce } from './checks/told-once.ts'
import { parseDockerfile } from './dockerfile/parse.ts'
import type { Dockerfile } from './dockerfile/syntax.ts'
import { artifactsOf, noArtifacts, type Artifacts, type Loads } from './files/artifacts.ts'
import { expectedOf, type ExpectedByStage } from './files/expectations.ts'
import { deriveGraph, type Derivation } from './graph/derive.ts'
import { linuxAmd64, type Platform } from './graph/platforms.ts'
import type { Diagnostic, StageGraph } from './graph/stage-graph.ts'
import { type LocalImages, type Surroundings, unknownSurroundings } from './surroundings.ts'
import type { MapOffset } from './text/text-edit.ts'

/** What the graph depends on beside the text. */
export interface BuildInputs {
  /** Stage name, as `docker build --target` takes it; null for the last stage. */
  readonly target: string | null
  readonly buildArgs: Readonly<Record<string, string>>
  /** Names given by `--build-context`. */
  readonly namedContexts: readonly string[]
  /** What the engine runs on. */
  readonly buildPlatform: Platform
  /** What is built for, one at a time: BuildKit, too, reads the file anew for each. Null for the build platform. */
  readonly targetPlatform: Platform | null
  /** What the engine holds: triggers of base images make edges of the stages that stand on them. */
  readonly images: LocalImages['images']
}

export const defaultInputs: BuildInputs = {
  target: null,
  buildArgs: {},
  namedContexts: [],
  buildPlatform: linuxAmd64,
  targetPlatform: null,
  images: {},
}

/** Everything derived from one text. */
export interface Analysis {
  readonly file: Dockerfile
  readonly inputs: BuildInputs
  readonly surroundings: Surroundings
  readonly graph: StageGraph
  /** What the graph was made of. */
  readonly derivation: Derivation
  /** What every rule found. Looked for when first asked for and kept: a key typed is on the screen before. */
  readonly findings: readonly Diagnostic[]
  /** The findings as people are told them: what two rules say alike is said once. */
  readonly diagnostics: readonly Diagnostic[]
  /** What each COPY --from carries, by the listings at hand. Looked up when first asked for and kept. */
  readonly artifacts: Artifacts
  /** The same as far as the canvas shows it, also of a build of the past. */
  readonly loads: Loads
  /** How stages as they were last built keep to what is expected of their files. */
  readonly expected: ExpectedByStage
  /** What the findings were made of; where nobody has asked for them yet, those of a text before. */
  readonly checkRun: CheckRun | null
  /** The same text, inputs and graph, with other things around. */
  readonly within: (surroundings: Surroundings) => Analysis
}

/** The analysis that the new one follows, and how offsets moved between the two: this is what carries stage ids over. */
export interface Previous {
  readonly analysis: Analysis
  readonly mapOffset: MapOffset
}

/**
 * Never throws; a text that BuildKit refuses is drawn all the same, with the reason among the diagnostics. Stages that
 * are the same as in the previous analysis are the same objects.
 */
export function analyze(text: string, inputs: BuildInputs = defaultInputs, previous?: Previous): Analysis {
  const before = previous?.analysis
  if (before?.file.text === text && sameInputs(before.inputs, inputs)) return before
  const file = parseDockerfile(text, before?.file)
  const derivation = deriveGraph(
    file,
    inputs,
    previous === undefined || before === undefined
      ? null
      : { file: before.file, inputs: before.inputs, derivation: before.derivation, mapOffset: previous.mapOffset },
  )
  const surroundings = before?.surroundings ?? unknownSurroundings
  return new CheckedAnalysis({ file, inputs, derivation, surroundings }, before?.checkRun ?? null)
}

/** A class, as a getter written into an object would have V8 keep what it sees until all memory is cleared. */
class CheckedAnalysis implements Analysis {
  readonly file: Dockerfile
  readonly inputs: BuildInputs
  readonly surroundings: Surroundings
  readonly derivation: Derivation
  private readonly checkedBefore: CheckRun | null
  private ownRun: CheckRun | null = null
  private told: readonly Diagnostic[] | null = null

  constructor({ file, inputs, surroundings, derivation }: Checked, checkedBefore: CheckRun | null) {
    this.file = file
    this.inputs = inputs
    this.surroundings = surroundings
    this.derivation = derivation
    this.checkedBefore = checkedBefore
  }

  get graph(): StageGraph {
    return this.derivation.graph
  }

  get findings(): readonly Diagnostic[] {
    return (this.ownRun ??= runChecks(this, this.checkedBefore)).findings
  }

  get diagnostics(): readonly Diagnostic[] {
    return (this.told ??= toldOnce(this.findings))
  }

  get artifacts(): Artifacts {
    return this.surroundings.listed === null ? noArtifacts : artifactsOf(this)
  }

  get loads(): Loads {
    return this.surroundings.weighed ?? this.artifacts
  }

  get expected(): ExpectedByStage {
    return expectedOf(this, this.artifacts.weights)
  }

  get checkRun(): CheckRun | null {
    return this.ownRun ?? this.checkedBefore
  }

  within(surroundings: Surroundings): Analysis {
    const { file, inputs, derivation } = this
    return new CheckedAnalysis({ file, inputs, surroundings, derivation }, this.checkRun)
  }
}

function sameInputs(a: BuildInputs, b: BuildInputs): boolean {
  return (
    a === b ||
    (a.target === b.target &&
      JSON.stringify(a.buildArgs) === JSON.stringify(b.buildArgs) &&
      JSON.stringify(a.namedContexts) === JSON.stringify(b.namedContexts) &&
      (a.images === b.images || JSON.stringify(a.images) === JSON.stringify(b.images)) &&
      JSON.stringify([a.buildPlatform, a.targetPlatform]) === JSON.stringify([b.buildPlatform, b.targetPlatform]))
  )
}
