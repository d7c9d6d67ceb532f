import { dirname, resolve } from 'node:path'
import { type Analysis, analyze, type BuildInputs } from '../../shared/analysis.ts'
import { readIgnoreFile } from '../../shared/files/ignore-pattern.ts'
import { baseImages } from '../../shared/graph/base-images.ts'
import { readPlatform } from '../../shared/graph/platforms.ts'
import { type LocalImages, unknownSurroundings } from '../../shared/surroundings.ts'
import { readIgnoreText } from '../host/documents/ignore-file.ts'
import type { CommandContext } from './command.ts'
import type { NamedDockerfile } from './words.ts'

/** A command that only reads must not wait for an engine that sleeps, and needs none. */
const patienceMilliseconds = 1_000

export interface LookingAround {
  readonly inputs: BuildInputs
  /** The build context; null for the folder of each file. */
  readonly folder: string | null
  /** Whether the engine is asked for the images it holds. */
  readonly asksEngine: boolean
}

/** Analyses a file with what lies around it: the ignore file and the images that the engine holds. */
export type LookAround = (dockerfile: NamedDockerfile) => Promise<Analysis>

/** Runs with what analyses files; the engine, where there is one, is asked for each image once. */
export async function lookingAround<Result>(
  { inputs, folder, asksEngine }: LookingAround,
  context: CommandContext,
  run: (look: LookAround) => Promise<Result>,
): Promise<Result> {
  const engine = asksEngine ? context.createEngine() : null
  const asked = new Set<string>()
  let isAwake = true
  let known: LocalImages = { platform: null, images: {} }

  async function ask(references: readonly string[]): Promise<void> {
    const unasked = references.filter(reference => !asked.has(reference))
    if (engine === null || !isAwake || unasked.length === 0) return
    const limit = new AbortController()
    const giveUp = () => limit.abort()
    context.signal.addEventListener('abort', giveUp, { once: true })
    const timer = setTimeout(giveUp, patienceMilliseconds)
    isAwake = false // until it answers: else it would be waited for again with every file
    try {
      const { platform, images } = await engine.inspectImages(unasked, limit.signal)
      if (platform === null) return
      isAwake = true
      known = { platform, images: { ...known.images, ...images } }
      for (const reference of unasked) asked.add(reference)
    } catch (error) {
      if (!limit.signal.aborted) throw error
    } finally {
      clearTimeout(timer)
      context.signal.removeEventListener('abort', giveUp)
    }
  }

  async function look({ path, text }: NamedDockerfile): Promise<Analysis> {
    const contextFolder = folder === null ? dirname(path) : resolve(context.workingDirectory, folder)
    const ignore = await readIgnoreText(path, contextFolder)
    await ask(baseImages(analyze(text, inputs).graph))
    const { platform, images } = known
    const read = platform === null ? null : readPlatform(platform)
    const buildPlatform = read?.kind === 'platform' ? read.platform : inputs.buildPlatform
    return analyze(text, { ...inputs, buildPlatform, images }).within({
      ...unknownSurroundings,
      ignored: ignore === null ? null : readIgnoreFile(ignore),
    })
  }

  try {
    return await run(look)
  } finally {
    await engine?.close()
  }
}
