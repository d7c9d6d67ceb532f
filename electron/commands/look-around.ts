import { dirname, resolve } from 'node:path'
import { type Analysis, analyze, type BuildInputs } from '../../shared/analysis.ts'
import { readIgnoreFile } from '../../shared/files/ignore-pattern.ts'
import { baseImages } from '../../shared/graph/base-images.ts'
import { readPlatform } from '../../shared/graph/platforms.ts'
import { type LocalImages, unknownSurroundings } from '../../shared/surroundings.ts'
import { readIgnoreText } from '../host/documents/ignore-file.ts'
import type { Engine } from '../host/engine/engine-interface.ts'
import type { CommandContext } from './command.ts'
import type { NamedDockerfile } from './words.ts'

/** A check must not wait for an engine that sleeps, and needs none. */
const patienceMilliseconds = 1_000

export interface LookingAround {
  /** The build context; null for the folder of each file. */
  readonly folder: string | undefined
  readonly inputs: BuildInputs
  /** Null where no engine is to be asked. */
  readonly engine: Engine | null
}

/** Returns what analyses files with what lies around them: the ignore file and the images that the engine holds. */
export function lookingAround({ folder, inputs, engine }: LookingAround, context: CommandContext) {
  let asked = engine

  async function localImages(references: readonly string[]): Promise<LocalImages> {
    if (asked !== null && references.length > 0) {
      const limit = new AbortController()
      const giveUp = () => limit.abort()
      context.signal.addEventListener('abort', giveUp, { once: true })
      const timer = setTimeout(giveUp, patienceMilliseconds)
      try {
        const found = await asked.inspectImages(references, limit.signal)
        if (found.platform !== null) return found
      } catch (error) {
        if (!limit.signal.aborted) throw error
      } finally {
        clearTimeout(timer)
        context.signal.removeEventListener('abort', giveUp)
      }
      asked = null // it would be waited for again with every file
    }
    return { platform: null, images: {} }
  }

  return async ({ path, text }: NamedDockerfile): Promise<Analysis> => {
    const ignore = await readIgnoreText(
      path,
      folder === undefined ? dirname(path) : resolve(context.workingDirectory, folder),
    )
    const { platform, images } = await localImages(baseImages(analyze(text, inputs).graph))
    const read = platform === null ? null : readPlatform(platform)
    const buildPlatform = read?.kind === 'platform' ? read.platform : inputs.buildPlatform
    return analyze(text, { ...inputs, buildPlatform, images }).within({
      ...unknownSurroundings,
      ignored: ignore === null ? null : readIgnoreFile(ignore),
    })
  }
}
