import { resolve } from 'node:path'
import { type BuildInputs, defaultInputs } from '../../shared/analysis.ts'
import type { BuildRequest } from '../../shared/builds/build-events.ts'
import { requestedStage } from '../../shared/builds/step-places.ts'
import { HostError } from '../../shared/bridge/host-error.ts'
import { type Platform, readPlatform } from '../../shared/graph/platforms.ts'
import { type Stage, type StageGraph, stageTitle } from '../../shared/graph/stage-graph.ts'
import { readDocument } from '../host/documents/open.ts'
import { type CommandContext, UsageError } from './command.ts'

/** `K=V`; a bare `K` takes its value from the environment and is left out where there is none, as docker has it. */
export function buildArguments(
  words: readonly string[],
  environment: CommandContext['environment'],
): Record<string, string> {
  const pairs = words.map((word): readonly [string, string | undefined] => {
    const equals = word.indexOf('=')
    const name = equals < 0 ? word : word.slice(0, equals)
    if (name === '') throw new UsageError(`--build-arg ${word} has no name. Write --build-arg NAME=value.`)
    return [name, equals < 0 ? environment[name] : word.slice(equals + 1)]
  })
  return Object.fromEntries(pairs.filter((pair): pair is [string, string] => pair[1] !== undefined))
}

interface InputWords {
  readonly target?: string | undefined
  readonly 'build-arg': readonly string[]
  readonly platform?: string | undefined
}

/** What --target, --build-arg and --platform say. */
export function buildInputs(words: InputWords, environment: CommandContext['environment']): BuildInputs {
  return {
    ...defaultInputs,
    target: words.target ?? null,
    buildArgs: buildArguments(words['build-arg'], environment),
    targetPlatform: words.platform === undefined ? null : platformNamed(words.platform),
  }
}

/** @throws UsageError where it is none */
export function platformNamed(word: string): Platform {
  const read = readPlatform(word)
  if (read.kind === 'platform') return read.platform
  throw new UsageError(`--platform takes one platform, such as linux/arm64; not "${word}".`)
}

export function oneOf<Choice extends string>(option: string, word: string, choices: readonly Choice[]): Choice {
  const choice = choices.find(each => each === word)
  if (choice === undefined) throw new UsageError(`${option} takes ${choices.join(', ')}; not "${word}".`)
  return choice
}

/** The one FILE of a command that takes one. */
export function onlyFile(positionals: readonly string[]): string {
  const [file, ...others] = positionals
  if (file === undefined) throw new UsageError('No Dockerfile is named.')
  if (others.length > 0) throw new UsageError(`One Dockerfile is taken, not ${positionals.length}.`)
  return file
}

export interface NamedDockerfile {
  /** Absolute. */
  readonly path: string
  readonly text: string
}

/** @throws HostError as opening in the window does */
export async function readDockerfile(file: string, context: CommandContext): Promise<NamedDockerfile> {
  const path = resolve(context.workingDirectory, file)
  return { path, text: (await readDocument(path)).text }
}

export interface ChosenStage {
  readonly stage: Stage
  /** As a build request takes it. */
  readonly target: BuildRequest['target']
}

/** @throws HostError with the list of stages where none is called `word` */
export function chooseStage(graph: StageGraph, word: string | undefined): ChosenStage {
  const target = word ?? null
  const stage = requestedStage(graph, target)
  if (stage === undefined) throw new HostError('not-found', noSuchStage(graph, word))
  const byName = stage.name !== '' && stage.name === word?.toLowerCase()
  return { stage, target: word === undefined || byName ? target : stage.index }
}

export function noSuchStage(graph: StageGraph, word: string | undefined): string {
  if (graph.stages.length === 0) return 'This Dockerfile has no stage: it needs a FROM instruction.'
  const stages = graph.stages.map(stage => (stage.name === '' ? String(stage.index) : stageTitle(stage)))
  return `There is no stage "${word ?? ''}". The stages are: ${stages.join(', ')}.`
}
