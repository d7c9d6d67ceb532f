import type { Analysis } from '../analysis.ts'
import type { Instruction } from '../dockerfile/syntax.ts'
import type { Stage } from '../graph/stage-graph.ts'
import { instructionsOf, stageById } from './stage-text.ts'

/** Absolute paths that a stage likely leaves behind, by how sure one can be without building it. */
export interface StagePaths {
  /** The last WORKDIR, also of the stages it is built on; null where none is known. */
  readonly workingDirectory: string | null
  /** What its commands were told to write. */
  readonly outputs: readonly string[]
  /** What its commands are known to write: `npm run build` and the like. */
  readonly conventional: readonly string[]
  /** Where its COPY and ADD put files. */
  readonly copied: readonly string[]
}

/** Reads a stage's instructions for the paths they write. Guesses: a variable in a path drops it. */
export function pathsOf(analysis: Analysis, stage: Stage): StagePaths {
  let workingDirectory = inheritedWorkingDirectory(analysis, stage)
  const outputs: string[] = []
  const conventional: string[] = []
  const copied: string[] = []
  const resolve = (path: string) => resolved(path, workingDirectory)
  for (const instruction of instructionsOf(analysis, stage)) {
    switch (instruction.keyword) {
      case 'WORKDIR':
        workingDirectory = resolve(instruction.arguments[0]?.text ?? '') ?? workingDirectory
        break
      case 'RUN': {
        const words = commandWords(instruction)
        outputs.push(...present(writtenOutputs(words).map(resolve)))
        conventional.push(...present(conventionalOutputs(words).map(resolve)))
        break
      }
      case 'COPY':
      case 'ADD': {
        const destination = resolve(instruction.arguments.at(-1)?.text ?? '')
        if (instruction.arguments.length > 1 && destination !== null) copied.push(destination)
        break
      }
      default:
    }
  }
  return {
    workingDirectory,
    outputs: outputs.reverse(),
    conventional: conventional.reverse(),
    copied: copied.reverse(),
  }
}

/** The path from the root, without `.` segments and a final slash; null where it cannot be told. */
export function resolved(path: string, workingDirectory: string | null): string | null {
  const bare = unquoted(path)
  if (bare === '' || bare.includes('$') || bare.includes('\\') || bare.includes('<<')) return null
  const absolute = bare.startsWith('/') ? bare : `${workingDirectory ?? ''}/${bare}`
  const segments: string[] = []
  for (const segment of absolute.split('/')) {
    if (segment === '..') segments.pop()
    else if (segment !== '' && segment !== '.') segments.push(segment)
  }
  return `/${segments.join('/')}`
}

function inheritedWorkingDirectory(analysis: Analysis, stage: Stage): string | null {
  // Stages are built only on stages above them, so this ends.
  const parent = stage.baseSource.kind === 'stage' ? stageById(analysis, stage.baseSource.stage) : null
  return parent === null || parent.index >= stage.index ? null : pathsOf(analysis, parent).workingDirectory
}

/** Words of a command, those of its heredocs included; `;` stands for whatever parts two commands. */
export function commandWords(instruction: Instruction): readonly string[] {
  if (instruction.isJson) return instruction.arguments.map(word => word.text)
  const commands = [
    ...instruction.arguments.map(word => word.text),
    ...instruction.heredocs.map(heredoc => `\n${heredoc.content}`),
  ].join(' ')
  const words = `${commands}\n`.match(/[;&|()\n]|[^\s;&|()]+/g) ?? []
  return words.map(word => (';&|()\n'.includes(word) ? ';' : word))
}

const outputFlags: readonly string[] = ['-o', '--output', '--outfile', '--out', '--outdir', '--out-dir', '--outDir']
const prefixFlags: readonly string[] = ['--prefix', '--target', '--root', '--dest']

function writtenOutputs(words: readonly string[]): readonly string[] {
  const found: string[] = []
  let command = ''
  words.forEach((word, at) => {
    if (word === ';') command = ''
    else if (command === '') command = word
    // `set -o pipefail` writes nothing.
    if (command === 'set' || command === ';') return
    const equals = word.indexOf('=')
    const name = equals < 0 ? word : word.slice(0, equals)
    if (!outputFlags.includes(name) && !prefixFlags.includes(name)) return
    const value = equals < 0 ? (words[at + 1] ?? ';') : word.slice(equals + 1)
    if (value === ';' || value === '-' || value.startsWith('-') || unquoted(value).startsWith('/dev/')) return
    // `cargo build --target x86_64-unknown-linux-musl` names a platform.
    if (prefixFlags.includes(name) && !unquoted(value).startsWith('/')) return
    found.push(value)
  })
  return found
}

interface Convention {
  readonly command: readonly string[]
  readonly path: string
}

/** Build commands and the folder that each fills when it is told nothing else. */
const conventions: readonly Convention[] = [
  { command: ['npm', 'run', 'build'], path: 'dist' },
  { command: ['pnpm', 'run', 'build'], path: 'dist' },
  { command: ['pnpm', 'build'], path: 'dist' },
  { command: ['yarn', 'run', 'build'], path: 'dist' },
  { command: ['yarn', 'build'], path: 'dist' },
  { command: ['bun', 'run', 'build'], path: 'dist' },
  { command: ['vite', 'build'], path: 'dist' },
  { command: ['ng', 'build'], path: 'dist' },
  { command: ['npm', 'ci'], path: 'node_modules' },
  { command: ['npm', 'install'], path: 'node_modules' },
  { command: ['yarn', 'install'], path: 'node_modules' },
  { command: ['pnpm', 'install'], path: 'node_modules' },
  { command: ['cargo', 'build'], path: 'target/release' },
  { command: ['go', 'install'], path: '/go/bin' },
  { command: ['mvn'], path: 'target' },
  { command: ['./mvnw'], path: 'target' },
  { command: ['gradle'], path: 'build/libs' },
  { command: ['./gradlew'], path: 'build/libs' },
  { command: ['composer', 'install'], path: 'vendor' },
  { command: ['hugo'], path: 'public' },
  { command: ['bundle', 'install'], path: '/usr/local/bundle' },
]

function conventionalOutputs(words: readonly string[]): readonly string[] {
  return conventions
    .filter(({ command }) => words.some((_, at) => command.every((word, offset) => words[at + offset] === word)))
    .map(({ path }) => path)
    .reverse()
}

function unquoted(path: string): string {
  const quote = path.charAt(0)
  const quotes = path.length > 1 && (quote === '"' || quote === "'") && path.endsWith(quote)
  return quotes ? path.slice(1, -1) : path
}

function present(paths: readonly (string | null)[]): readonly string[] {
  return paths.filter(path => path !== null)
}
