import type { Analysis } from '../analysis.ts'
import { deriveGraph } from './derive.ts'
import type { StageId } from './stage-graph.ts'
import type { Choice } from './template-solver.ts'
import { inputsWith, stageVariants, type Analyzed } from './variants.ts'

/** Graphs of so many stages in all are derived: enough for every real file, and an end for any other. */
const mostWork = 20_000
const found = new WeakMap<Analysis, ReadonlyMap<StageId, Choice>>()

/**
 * The stages that the target does not need now and would with other values of ARGs, each with the fewest such values.
 * What is neither reachable nor among them is dead. Kept for the analysis: computed when first asked for.
 */
export function neededWhen(analysis: Analysis): ReadonlyMap<StageId, Choice> {
  let needed = found.get(analysis)
  if (needed === undefined) found.set(analysis, (needed = search(analysis)))
  return needed
}

/** Tries every value that puts an unneeded stage under a needed one, to what that stage takes from in turn. */
function search(analysis: Analysis): ReadonlyMap<StageId, Choice> {
  const needed = new Map<StageId, Choice>()
  const { stages } = analysis.graph
  const stageOf = new Map(stages.map(stage => [stage.id, stage]))
  const seen = new Set<number>()
  const tried = new Set<string>()
  const open: Choice[] = [{}]
  for (let work = 0; work <= mostWork; work += stages.length) {
    const choice = open.shift()
    if (choice === undefined) break
    const under = work === 0 ? analysis : analyzedWith(choice, analysis)
    const reached = under.graph.stages.filter(({ index, reachable }) => reachable && !seen.has(index))
    for (const { index } of reached) {
      seen.add(index)
      const stage = stages[index]
      if (stage?.reachable === false && !needed.has(stage.id)) needed.set(stage.id, choice)
    }
    for (const { alternatives } of stageVariants(under, reached))
      for (const { source, choices } of alternatives) {
        const stage = source.kind === 'stage' ? stageOf.get(source.stage) : undefined
        if (stage === undefined || stage.reachable || needed.has(stage.id)) continue
        const both = { ...choice, ...choices[0] }
        const key = JSON.stringify(both)
        if (!tried.has(key)) open.push(both)
        tried.add(key)
      }
  }
  return needed
}

/** Stages keep their ids, and those that the choice does not touch are derived already. */
function analyzedWith(choice: Choice, { file, inputs, derivation }: Analysis): Analyzed {
  const others = inputsWith(choice, inputs)
  const previous = { file, inputs, derivation, mapOffset: (offset: number) => offset }
  return { file, inputs: others, graph: deriveGraph(file, others, previous).graph }
}

/** `VARIANT=dev and TARGETARCH=arm64` */
export function choiceText(choice: Choice): string {
  return Object.entries(choice)
    .map(([name, value]) => `${name}=${value}`)
    .join(' and ')
}
