import { resolve } from 'node:path'
import { type BuildOptions, isFolderContext, type SecretSource } from '../../shared/builds/build-options.ts'
import { mountFields } from '../../shared/dockerfile/mounts.ts'
import { type CommandContext, UsageError } from './command.ts'
import { oneOf } from './words.ts'

const several = { type: 'string' as const, multiple: true as const, default: [] as string[] }

/** What `docker build` takes beside target, tags, platform and build arguments, under its names. */
export const buildOptionWords = {
  secret: several,
  ssh: several,
  'build-context': several,
  label: several,
  'no-cache-filter': several,
  pull: { type: 'boolean', default: false },
  network: { type: 'string', default: 'default' },
  'add-host': several,
} as const

type Words = Readonly<Record<'secret' | 'ssh' | 'build-context' | 'label' | 'no-cache-filter' | 'add-host', string[]>>

/** Paths are taken from the working directory. */
export function readBuildOptions(
  words: Words & { readonly pull: boolean; readonly network: string },
  context: CommandContext,
): Omit<BuildOptions, 'otherPlatforms'> {
  const path = (written: string) => resolve(context.workingDirectory, written)
  const read = (option: keyof Words, between: RegExp, example: string) =>
    Object.fromEntries(words[option].map(word => pairOf(word, between, `--${option} ${word}`, example)))
  const contexts = Object.entries(read('build-context', /=/, 'NAME=FOLDER'))
  return {
    secrets: words.secret.map(word => secretOf(word, context)),
    ssh: Object.fromEntries(
      words.ssh.map(word => {
        const [id = '', socket] = word.split('=', 2)
        if (id === '') throw new UsageError(`--ssh ${word} has no name. Write --ssh default, or --ssh ID=SOCKET.`)
        return [id, socket === undefined ? '' : path(socket)]
      }),
    ),
    namedContexts: Object.fromEntries(
      contexts.map(([name, place]) => [name, isFolderContext(place) ? path(place) : place]),
    ),
    labels: Object.fromEntries(
      words.label.map(word => pairOf(word.includes('=') ? word : `${word}=`, /=/, `--label ${word}`, 'NAME=value')),
    ),
    noCacheStages: words['no-cache-filter'].flatMap(word => word.split(',')).filter(name => name !== ''),
    pull: words.pull,
    network: oneOf('--network', words.network, ['default', 'none', 'host']),
    extraHosts: read('add-host', /[:=]/, 'HOST:ADDRESS'),
  }
}

function pairOf(word: string, between: RegExp, written: string, example: string): readonly [string, string] {
  const at = word.search(between)
  if (at < 1) throw new UsageError(`${written} cannot be read. Write ${written.split(' ', 1)[0] ?? ''} ${example}.`)
  return [word.slice(0, at), word.slice(at + 1)]
}

/** `id=…` with `src=…` or `env=…`; with neither, the variable of that name, else the file. */
function secretOf(word: string, { environment, workingDirectory }: CommandContext): SecretSource {
  const fields = new Map(mountFields(word).map(({ key, value }) => [key, value ?? '']))
  const unknown = [...fields.keys()].find(key => !['id', 'src', 'source', 'env', 'type'].includes(key))
  const id = fields.get('id') ?? ''
  const type = fields.get('type') ?? 'file'
  if (id === '' || unknown !== undefined || (type !== 'file' && type !== 'env'))
    throw new UsageError(
      `--secret ${word} cannot be read. Write --secret id=NAME,src=FILE or --secret id=NAME,env=VARIABLE.`,
    )
  const source = fields.get('src') ?? fields.get('source')
  const variable = fields.get('env') ?? (type === 'env' ? (source ?? id) : undefined)
  if (variable !== undefined) return { id, kind: 'environment', source: variable }
  if (source === undefined && environment[id] !== undefined) return { id, kind: 'environment', source: id }
  return { id, kind: 'file', source: resolve(workingDirectory, source ?? id) }
}
