/** A key of `--mount`, with the others that mean the same. */
export interface MountKey {
  readonly key: string
  readonly aliases?: readonly string[]
  readonly label: string
  readonly help: string
  readonly isSwitch?: true
  readonly choices?: readonly string[]
  readonly placeholder?: string
}

const from: MountKey = { key: 'from', label: 'From', help: 'A stage or an image; the build context without it.' }
const source: MountKey = {
  key: 'source',
  aliases: ['src'],
  label: 'Source',
  help: 'The folder or file in the source; its root without it.',
}
const target: MountKey = {
  key: 'target',
  aliases: ['dst', 'destination'],
  label: 'Target',
  help: 'Where the command finds it.',
}
const readonly: MountKey = {
  key: 'readonly',
  aliases: ['ro'],
  label: 'Read only',
  help: 'The command cannot write there.',
  isSwitch: true,
}
const readwrite: MountKey = {
  key: 'readwrite',
  aliases: ['rw'],
  label: 'Writable',
  help: 'The command can write there; what it writes is dropped.',
  isSwitch: true,
}
const required: MountKey = {
  key: 'required',
  label: 'Required',
  help: 'The build stops where the build was not given it.',
  isSwitch: true,
}
const ownership: readonly MountKey[] = [
  { key: 'mode', label: 'Permissions', help: 'Octal.', placeholder: '0400' },
  { key: 'uid', label: 'Owner', help: 'The number of a user.', placeholder: '0' },
  { key: 'gid', label: 'Group', help: 'The number of a group.', placeholder: '0' },
]

/** What a mount of each type can say. */
export const mountKeys: Readonly<Record<string, readonly MountKey[]>> = {
  bind: [from, source, target, readwrite],
  cache: [
    target,
    { key: 'id', label: 'Id', help: 'Mounts with the same one share the cache; the target without it.' },
    {
      key: 'sharing',
      label: 'Sharing',
      help: 'shared: by builds at once. private: each has its own. locked: one after the other.',
      choices: ['shared', 'private', 'locked'],
    },
    from,
    source,
    readonly,
    ...ownership,
  ],
  tmpfs: [target, { key: 'size', label: 'Size', help: 'At most so much memory.', placeholder: '64m' }],
  secret: [
    { key: 'id', label: 'Id', help: 'The name that the build is given it by.' },
    target,
    { key: 'env', label: 'Variable', help: 'Is given as this variable, and not as a file unless there is a target.' },
    required,
    ...ownership,
  ],
  ssh: [
    { key: 'id', label: 'Id', help: 'Which agent or key; default without it.', placeholder: 'default' },
    { ...target, help: 'Where the socket of the agent is.' },
    required,
    ...ownership,
  ],
}

export const mountTypes = {
  bind: 'Files of a stage, an image or the context.',
  cache: 'A folder that stays from build to build and is in no layer.',
  tmpfs: 'A folder in memory.',
  secret: 'A file or variable that is in no layer.',
  ssh: 'The SSH agent of who builds.',
} as const

/** What a new mount may begin as. */
export const mountExamples: readonly string[] = [
  'type=cache,target=/root/.cache',
  'type=bind,target=/src',
  'type=secret,id=token',
  'type=ssh',
  'type=tmpfs,target=/tmp',
]
