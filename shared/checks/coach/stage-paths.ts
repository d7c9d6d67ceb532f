import { expandedArgument, passedOn, type BuiltInstruction } from '../../graph/environment.ts'
import { resolved } from '../../edits/build-outputs.ts'
import { isWithin } from './paths.ts'

/** What the steps of a stage, and of the stages it stands on, tell of its folders. */
export interface StagePaths {
  /** After its last step; null where it is an image's own. */
  readonly workingDirectory: string | null
  /** Working directories that folders of the build context were copied into. */
  readonly withSources: ReadonlySet<string>
  /** Those of them that something ran in afterwards. */
  readonly builtIn: ReadonlySet<string>
  /** From the root of the stage; null where it cannot be told. */
  resolve(path: string, workingDirectory: string | null): string | null
}

export const stagePaths = passedOn<StagePaths>((below, { instructions }) => {
  let workingDirectory = below?.workingDirectory ?? null
  const withSources = new Set(below?.withSources)
  const builtIn = new Set(below?.builtIn)
  for (const step of instructions) {
    const { keyword } = step.instruction
    if (keyword === 'WORKDIR') workingDirectory = resolve(expandedArgument(step, 0), workingDirectory)
    else if (keyword === 'RUN') {
      if (workingDirectory !== null && withSources.has(workingDirectory)) builtIn.add(workingDirectory)
    } else if (copiesFolder(step)) {
      const to = resolve(expandedArgument(step, step.instruction.arguments.length - 1), workingDirectory)
      if (to !== null)
        for (const folder of [to, workingDirectory])
          if (folder !== null && isWithin(to, folder)) withSources.add(folder)
    }
  }
  return { workingDirectory, withSources, builtIn, resolve }
})

/** Null also for a relative path where the working directory is not known. */
function resolve(path: string, workingDirectory: string | null): string | null {
  return workingDirectory === null && !path.startsWith('/') ? null : resolved(path, workingDirectory)
}

/** Whether it copies a folder of the build context, as far as names tell. */
function copiesFolder({ instruction }: BuiltInstruction): boolean {
  const { keyword, flags, arguments: words } = instruction
  if (keyword !== 'COPY' && keyword !== 'ADD') return false
  if (words.length < 2 || flags.some(({ name }) => name === 'from')) return false
  return words.slice(0, -1).some(({ text }) => text === '.' || text.endsWith('/') || isFolderName(text))
}

/** `src`, `./web`; no `go.mod`, `package*.json` or `Makefile`. */
function isFolderName(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return name !== '' && !name.includes('.', 1) && !name.includes('<') && !name.endsWith('file')
}
