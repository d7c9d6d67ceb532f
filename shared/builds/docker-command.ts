import type { BuildRequest } from './build-events.ts'
import { plainOptions, platformList, type SecretSource } from './build-options.ts'

/** The command that builds the same with docker, from the file as it is on disk; quoted for a POSIX shell. */
export function dockerCommand(request: Omit<BuildRequest, 'text'>): string {
  const { path, contextDirectory, target, tags, buildArgs, platform, noCache } = request
  const options = request.options ?? plainOptions
  const platforms = platformList(platform, options)
  const words = [
    ...['docker', 'buildx', 'build'],
    ...flag('--file', path === null ? [] : [path]),
    ...flag('--target', target === null ? [] : [String(target)]),
    ...flag('--tag', tags),
    ...flag('--platform', platforms === null ? [] : [platforms]),
    ...flag('--build-arg', pairs(buildArgs, '=')),
    ...flag('--secret', options.secrets.map(secretWord)),
    ...flag(
      '--ssh',
      Object.entries(options.ssh).map(([id, socket]) => (socket === '' ? id : `${id}=${socket}`)),
    ),
    ...flag('--build-context', pairs(options.namedContexts, '=')),
    ...flag('--label', pairs(options.labels, '=')),
    ...(noCache ? ['--no-cache'] : flag('--no-cache-filter', options.noCacheStages)),
    ...(options.pull ? ['--pull'] : []),
    ...flag('--network', options.network === 'default' ? [] : [options.network]),
    ...(options.network === 'host' ? ['--allow', 'network.host'] : []),
    ...flag('--add-host', pairs(options.extraHosts, ':')),
    contextDirectory ?? '.',
  ]
  return words.map(shellWord).join(' ')
}

/** One word of a POSIX shell that stands for exactly this text. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

function flag(name: string, values: readonly string[]): readonly string[] {
  return values.flatMap(value => [name, value])
}

function pairs(record: Readonly<Record<string, string>>, between: string): readonly string[] {
  return Object.entries(record).map(([name, value]) => `${name}${between}${value}`)
}

function secretWord({ id, kind, source }: SecretSource): string {
  return [`id=${id}`, `${kind === 'file' ? 'src' : 'env'}=${source}`].map(commaField).join(',')
}

/** The flag's value is one line of comma-separated values. */
function commaField(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
