import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { HostError } from '../../shared/bridge/host-error.ts'
import { displayName } from '../../shared/files/display-name.ts'
import { expectedStage, expectationsSchema, type Expectations, verify } from '../../shared/files/expectations.ts'
import { FileTree } from '../../shared/files/file-tree.ts'
import { relatedStages } from '../../shared/graph/related-stages.ts'
import { type Stage, type StageGraph, stageTitle } from '../../shared/graph/stage-graph.ts'
import { formatCount } from '../../shared/quantities.ts'
import { systemCode } from '../host/documents/refusals.ts'
import type { Engine } from '../host/engine/engine-interface.ts'
import { createExpectations } from '../host/expectations.ts'
import { type CommandContext, type ExitStatus, UsageError } from './command.ts'

/**
 * What is expected of the stages of the Dockerfile at `path`: what the file named says, else the one beside it
 * (`Dockerfile.expect.json`), else what was chosen in the window.
 * @throws HostError for a file that cannot be read or understood, UsageError where nothing is expected
 */
export async function readExpectations(
  path: string,
  named: string | undefined,
  context: CommandContext,
): Promise<Expectations> {
  const file = named === undefined ? `${path}.expect.json` : resolve(context.workingDirectory, named)
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (named === undefined && systemCode(error) === 'ENOENT') return null
    throw new HostError('not-found', `${file} could not be read: ${systemCode(error)}.`, { cause: error })
  })
  const expectations = text === null ? await createExpectations(context.stateDirectory).load(path) : parsed(file, text)
  if (Object.keys(expectations.stages).length > 0) return expectations
  throw new UsageError(
    text === null ? `There is no ${file}, and nothing is expected in the window.` : `${file} expects nothing.`,
  )
}

function parsed(file: string, text: string): Expectations {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw new HostError('invalid-argument', `${file} is not JSON: ${String(error)}.`, { cause: error })
  }
  const result = expectationsSchema.safeParse(json)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new HostError('invalid-argument', `${file}, at ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}.`)
}

interface VerifiedBuild {
  readonly build: string
  readonly graph: StageGraph
  /** What was built. */
  readonly stage: Stage
  readonly expectations: Expectations
}

/** Looks at the files of every stage of which something is expected, and tells a sentence for each miss. */
export async function verifyBuild(
  engine: Engine,
  { build, graph, stage: target, expectations }: VerifiedBuild,
  { stderr, signal }: CommandContext,
): Promise<ExitStatus> {
  const built = relatedStages(graph, target.id, 'needed').add(target.id)
  let misses = 0
  let met = 0
  for (const [key, expected] of Object.entries(expectations.stages)) {
    const stage = expectedStage(graph, key)
    if (stage === undefined) {
      misses += expected.length
      await stderr.write(
        `There is no stage ${displayName(key)}, of which ${formatCount(expected.length, 'file')} are expected.\n`,
      )
      continue
    }
    if (!built.has(stage.id)) {
      await stderr.write(`${stageTitle(stage)} was not part of this build: what is expected of it was not looked at.\n`)
      continue
    }
    const tree = new FileTree()
    for await (const { entries } of engine.listFiles({ build, stage: stage.index }, signal)) tree.add(entries)
    for (const [, miss] of verify(tree, expected)) {
      if (miss === null) met += 1
      else misses += 1
      if (miss !== null) await stderr.write(`${stageTitle(stage)}: ${displayName(miss)}\n`)
    }
  }
  await stderr.write(`${formatCount(met, 'file')} as expected, ${misses} not.\n`)
  return misses === 0 ? 0 : 1
}
