import type { Analysis } from '../analysis.ts'
import type { Stage, StageId } from '../graph/stage-graph.ts'
import { pathsOf, resolved } from './build-outputs.ts'
import { instructionsOf, stageById } from './stage-text.ts'

export interface ConnectionSuggestion {
  readonly source: string
  readonly destination: string
  /** Further paths of the source stage to choose from, `source` first. */
  readonly sources: readonly string[]
}

/** What the path fields of a new connection start with, guessed from both stages' instructions. Never empty paths. */
export function suggestConnection(analysis: Analysis, from: StageId, to: StageId): ConnectionSuggestion {
  const source = stageById(analysis, from)
  const target = stageById(analysis, to)
  const sources = source === null ? ['/'] : sourcePaths(analysis, source)
  const first = sources[0] ?? '/'
  return { source: first, destination: target === null ? first : suggestDestination(analysis, target, first), sources }
}

/** Where a path would likely go in the stage; also what the destination field follows while the source is edited. */
export function suggestDestination(analysis: Analysis, target: Stage, source: string): string {
  const name = baseName(source)
  const executed = executedPath(analysis, target, name)
  if (executed !== null) return executed
  const pattern = name.includes('*') || name.includes('?')
  const { workingDirectory } = pathsOf(analysis, target)
  if (workingDirectory === null || workingDirectory === '/') {
    if (isWebServer(target) && name !== '' && !pattern) return '/usr/share/nginx/html'
    return pattern ? folderOf(source) : source
  }
  if (isWithin(source, workingDirectory)) return pattern ? folderOf(source) : source
  if (name === '') return workingDirectory
  return pattern ? `${workingDirectory}/` : `${workingDirectory}/${name}`
}

/** The same for several at once: a folder, with a slash at its end. */
export function suggestFolder(analysis: Analysis, target: Stage, sources: readonly string[]): string {
  const [first = '/'] = sources
  const suggested = suggestDestination(analysis, target, first)
  if (sources.length < 2 || suggested.endsWith('/')) return suggested
  return baseName(suggested) === baseName(first) ? folderOf(suggested) : `${suggested}/`
}

function sourcePaths(analysis: Analysis, stage: Stage): readonly string[] {
  const paths = pathsOf(analysis, stage)
  const workingDirectory = paths.workingDirectory === null ? [] : [paths.workingDirectory]
  const all = [...paths.outputs, ...paths.conventional, ...workingDirectory, ...paths.copied]
  const distinct = [...new Set(all)].filter(path => path !== '/')
  return distinct.length === 0 ? ['/'] : distinct
}

/** The absolute path that the stage's ENTRYPOINT or CMD runs, where it bears that name. */
function executedPath(analysis: Analysis, target: Stage, name: string): string | null {
  for (const instruction of instructionsOf(analysis, target)) {
    if (instruction.keyword !== 'ENTRYPOINT' && instruction.keyword !== 'CMD') continue
    const [first] = instruction.isJson
      ? instruction.arguments.map(word => word.text)
      : (instruction.arguments[0]?.text ?? '').split(' ')
    const path = first?.startsWith('/') === true ? resolved(first, null) : null
    if (path !== null && baseName(path) === name) return path
  }
  return null
}

/** nginx images serve this folder unless told otherwise. */
function isWebServer(target: Stage): boolean {
  const [repository = ''] = target.base.split(':')
  return target.baseSource.kind === 'image' && (repository === 'nginx' || repository.endsWith('/nginx'))
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1)
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`)
}
