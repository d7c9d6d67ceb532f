import { analyze, type Analysis } from '../analysis.ts'
import type { Loads } from '../files/artifacts.ts'
import type { FileTree } from '../files/file-tree.ts'
import type { EdgeId, StageId } from '../graph/stage-graph.ts'
import { z } from '../schema.ts'
import { unknownSurroundings } from '../surroundings.ts'
import type { BuildRequest } from './build-events.ts'
import { inputsOf } from './request-inputs.ts'

const weight = { files: z.number(), bytes: z.number() }

/** What a build's stages and edges weighed, by the ids that they get when its text is read anew. */
export const buildSizesSchema = z.strictObject({
  stages: z.record(z.string(), z.strictObject({ ...weight, shippedBytes: z.number().nullable() })),
  edges: z.record(z.string(), z.strictObject(weight)),
})
export type BuildSizes = Readonly<z.infer<typeof buildSizesSchema>>

/** The text that was built, with nothing around it. */
export function analysisOf(request: BuildRequest): Analysis {
  return analyze(request.text, inputsOf(request))
}

/** By the listings of its stages, by index. */
export function sizesOf(request: BuildRequest, trees: ReadonlyMap<number, FileTree>): BuildSizes {
  const pinned = analysisOf(request)
  const listed = pinned.graph.stages.flatMap(({ id, index }) => {
    const tree = trees.get(index)
    return tree === undefined ? [] : [[id, tree] as const]
  })
  const { byEdge, weights } = pinned.within({
    ...unknownSurroundings,
    listed: { pinned, trees: new Map(listed) },
  }).artifacts
  return {
    stages: Object.fromEntries(weights),
    edges: Object.fromEntries([...byEdge].map(([id, { files, bytes }]) => [id, { files, bytes }])),
  }
}

export function loadsOf({ stages, edges }: BuildSizes): Loads {
  return {
    weights: new Map(Object.entries(stages).map(([id, stage]) => [id as StageId, stage])),
    byEdge: new Map(Object.entries(edges).map(([id, edge]) => [id as EdgeId, { ...edge, isCurrent: true }])),
  }
}
