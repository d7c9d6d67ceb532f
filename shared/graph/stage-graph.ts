import type { TextRange } from '../text/text-edit.ts'

/** Carried from one analysis to the next, so that placement, selection and build results hang on to the same stage. */
export type StageId = string & { readonly brand: 'StageId' }
/** Stable as long as the edge's ends, kind, sources and destination are; unique within one graph. */
export type EdgeId = string & { readonly brand: 'EdgeId' }

/** Where a base, a copied file or a mount comes from. */
export type EdgeSource =
  | { readonly kind: 'stage'; readonly stage: StageId }
  /** An image reference after ARG expansion, as BuildKit would pull it. */
  | { readonly kind: 'image'; readonly reference: string }
  /** `FROM scratch`: the empty base. Never drawn as an image to pull. */
  | { readonly kind: 'scratch' }
  /** A build context: '' is the main one, anything else a named context. */
  | { readonly kind: 'context'; readonly name: string }
  /** What BuildKit refuses or what needs a value: `FROM ${X}` without one, `--from=9`, `--from=$stage`. */
  | { readonly kind: 'unresolved'; readonly text: string }

export type EdgeKind = 'base' | 'copy' | 'mount' | 'context'

/** `context` edges are COPY or ADD without --from (URLs and git references as sources are listed as written). */
export interface GraphEdge {
  readonly id: EdgeId
  readonly kind: EdgeKind
  readonly from: EdgeSource
  readonly to: StageId
  /** 1-based first line of the instruction that makes the edge. */
  readonly line: number
  /** The whole instruction. */
  readonly range: TextRange
  /** The flag, value or word that names the source: what "reconnect" replaces. Null where nothing is written. */
  readonly sourceRange: TextRange | null
  /** Paths as written, for copy and context edges; the mount's `source` for mounts; empty for base edges. */
  readonly sources: readonly string[]
  /** As written; the mount's target for mounts; '' for base edges. */
  readonly destination: string
  /** The instruction keyword in upper case: FROM, COPY, ADD, RUN. */
  readonly keyword: string
  /** True where the instruction comes from an ONBUILD trigger of the stage's base. */
  readonly onbuild: boolean
}

/** One instruction of a stage after its FROM, as drawn on the card. */
export interface Step {
  /** Position among the file's instructions, 0-based. */
  readonly instruction: number
  /** Upper case, also for unknown keywords. */
  readonly keyword: string
  /** What follows the keyword on one line: flags left out, white space and continuations folded. Never clipped here. */
  readonly gist: string
  readonly line: number
  readonly endLine: number
  readonly range: TextRange
}

export interface Stage {
  readonly id: StageId
  /** Which of the colours of stages it wears, from 0. Stays with the id. */
  readonly hue: number
  /** 0-based position among the FROMs, which is also the index of `COPY --from=N`. */
  readonly index: number
  /** Lower case, as BuildKit keeps it; '' for an unnamed stage. */
  readonly name: string
  /** As written after AS; null for an unnamed stage. */
  readonly writtenName: string | null
  /** Base after ARG expansion; as written where it cannot be expanded. */
  readonly base: string
  readonly writtenBase: string
  readonly baseSource: EdgeSource
  /** As written in --platform; null where there is none. */
  readonly platform: string | null
  /** What it is built for, `linux/arm64`: its base's, or what --platform comes to. Null where that cannot be read. */
  readonly resolvedPlatform: string | null
  /** 1-based lines of the FROM instruction. */
  readonly startLine: number
  readonly endLine: number
  /** The FROM instruction. */
  readonly fromRange: TextRange
  /** From the FROM to the end of the stage's last instruction. */
  readonly range: TextRange
  readonly steps: readonly Step[]
  /** Whether the chosen target needs this stage. */
  readonly reachable: boolean
}

/** The graph of one text under one set of inputs. A pure function of both; nothing is ever added to it by hand. */
export interface StageGraph {
  /** The stage that a build would produce: the last one unless another was asked for. Null where there is none. */
  readonly target: StageId | null
  readonly stages: readonly Stage[]
  readonly edges: readonly GraphEdge[]
}

export type Severity = 'error' | 'warning' | 'hint'

export interface Diagnostic {
  readonly severity: Severity
  /** Rule id: BuildKit's own name for its rules, kebab-case for Slipway's. */
  readonly rule: string
  readonly message: string
  /** 1-based. */
  readonly line: number
  readonly endLine: number
  readonly range: TextRange
  /** The stage whose card bears the mark; null for the file as a whole. */
  readonly stage: StageId | null
}

/** What a person calls a stage: its name as written, or `stage N` where it has none. */
export function stageTitle(stage: Stage): string {
  return stage.writtenName ?? `stage ${stage.index}`
}
