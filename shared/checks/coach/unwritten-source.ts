import { expandedArgument, passedOn, type BuiltStage } from '../../graph/environment.ts'
import { nearest } from '../suggest.ts'
import { wellKnownImages } from '../unknown-stage.ts'
import { commandWords, resolved } from '../../edits/build-outputs.ts'
import { coachCheck, stageTitle } from './coach-rule.ts'
import { isWithin } from './paths.ts'

/**
 * A path that nothing in its stage writes, as far as text tells: outside every folder that a step works in or copies to,
 * of a name that no step says, on an image that is known to have no such folder. Anything less certain is left alone.
 */
export const unwrittenSource = coachCheck('unwritten-source', {
  links: ({ references }, { escape, surroundings }) => {
    // Windows images have folders of their own.
    if (escape !== '\\') return []
    return references.flatMap(({ kind, source, giver, stage, onbuild, instruction, sources }) => {
      if (kind !== 'copy' || source.kind !== 'stage' || giver === null || source.index >= stage || onbuild) return []
      // Where its files are at hand, nobody need guess.
      if (giver.id !== null && surroundings.listed?.trees.has(giver.id) === true) return []
      const from = whatIsWritten(giver.built)
      if (from === 'unknown') return []
      return sources.flatMap((text, at) => {
        const path = text.includes('*') || text.includes('?') || text.includes('[') ? null : resolved(text, '/')
        if (path === null || path === '/' || mayBeThere(path, from)) return []
        const near = nearest(path, from.folders)
        const message = `Nothing in ${stageTitle(giver)} seems to write ${path}.${near === null ? '' : ` Did you mean ${near}?`}`
        return [{ message, instruction, range: instruction.arguments[at]?.range }]
      })
    })
  },
})

/** What the steps of one stage tell; those of the stages below are theirs to tell. */
interface Written {
  readonly below: Written | null
  /** Where a step works or copies to. */
  readonly folders: ReadonlySet<string>
  /** All that the steps say. */
  readonly said: string
  readonly workingDirectory: string
}

/** Unknown where an image, a context, a script or a variable leaves open what is there. */
const whatIsWritten = passedOn<Written | 'unknown'>((below, { draft, instructions }) => {
  const { baseSource, replacedByContext } = draft
  if (replacedByContext || below === 'unknown') return 'unknown'
  if (below === null && (baseSource.kind !== 'image' || !isPlainImage(baseSource.reference))) return 'unknown'
  return stepsTell(instructions, below) ?? 'unknown'
})

function stepsTell(steps: BuiltStage['instructions'], below: Written | null): Written | null {
  const folders = new Set<string>()
  let said = ''
  let workingDirectory = below?.workingDirectory ?? '/'
  for (const step of steps) {
    const { instruction } = step
    if (instruction.keyword === 'RUN' && runsScript(commandWords(instruction))) return null
    said += `${instruction.raw}\n`
    const path = folderOf(step)
    if (path === null) continue
    const folder = resolved(path, workingDirectory)
    if (folder === null) return null
    folders.add(folder)
    if (instruction.keyword === 'WORKDIR') workingDirectory = folder
  }
  return { below, folders, said, workingDirectory }
}

const interpreters = new Set('bash sh zsh make ninja python python3 perl ruby node source .'.split(' '))

/** Whether a command of the author's own, or a script that was fetched, runs: that may write anywhere. */
function runsScript(words: readonly string[]): boolean {
  return words.some(word => word.startsWith('./') || word.endsWith('.sh') || interpreters.has(word))
}

/** What WORKDIR, COPY and ADD put there; null for other instructions. */
function folderOf(step: BuiltStage['instructions'][number]): string | null {
  const { keyword, arguments: words } = step.instruction
  if (keyword === 'WORKDIR') return expandedArgument(step, 0)
  return keyword === 'COPY' || keyword === 'ADD' ? expandedArgument(step, words.length - 1) : null
}

/** Images by Docker's own hand: their folders are those of the system, and few others. */
function isPlainImage(reference: string): boolean {
  const [name = ''] = reference.split(/[:@]/, 1)
  return wellKnownImages.has(name)
}

const systemFolders = new Set(
  'bin boot cache data dev docker-entrypoint.d etc go home lib lib32 lib64 libx32 media mnt opt proc root run sbin srv sys tmp usr var windows'.split(
    ' ',
  ),
)

function mayBeThere(path: string, written: Written): boolean {
  const [, first = ''] = path.split('/')
  const last = path.slice(path.lastIndexOf('/') + 1)
  if (systemFolders.has(first)) return true
  for (let stage: Written | null = written; stage !== null; stage = stage.below) {
    if (stage.said.includes(first) || stage.said.includes(last) || stage.folders.has('/')) return true
    for (const folder of stage.folders) if (isWithin(path, folder) || isWithin(folder, path)) return true
  }
  return false
}
