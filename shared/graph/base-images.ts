import type { StageGraph } from './stage-graph.ts'

/** The images that stages stand on, each once. */
export function baseImages({ stages }: StageGraph): readonly string[] {
  const references = stages.flatMap(({ baseSource }) => (baseSource.kind === 'image' ? [baseSource.reference] : []))
  return [...new Set(references)]
}
