/** What an instruction is for, a line each. */
export const instructionWords: Readonly<Record<string, string>> = {
  ADD: 'Adds files, archives or downloads to the file system of the stage.',
  ARG: 'A value that the build can be given; it is gone when the image runs.',
  CMD: 'What a container runs, or the arguments of ENTRYPOINT, unless told otherwise.',
  COPY: 'Copies files from the build context, a stage or an image.',
  ENTRYPOINT: 'What a container always runs.',
  ENV: 'Variables for the steps that follow and for containers.',
  EXPOSE: 'Ports that a container listens on. It opens none: it tells.',
  HEALTHCHECK: 'How the engine finds out whether a container still works.',
  LABEL: 'Facts about the image, for tools that ask for them.',
  MAINTAINER: 'The author, in the old way. A LABEL says it today.',
  ONBUILD: 'Stored, and run by the stage or image that is built on this one.',
  RUN: 'Runs a command and keeps what it changed as a layer.',
  SHELL: 'The program that runs the commands of the shell form.',
  STOPSIGNAL: 'The signal that stops a container.',
  USER: 'Who runs the steps that follow and the container.',
  VOLUME: 'Folders whose content lives outside the image.',
  WORKDIR: 'The folder in which the steps that follow and the container start. It is made where there is none.',
}

interface FlagWords {
  readonly label: string
  readonly help: string
  readonly placeholder?: string
  /** The words that it takes, where there are few. */
  readonly choices?: readonly string[]
}

const ownership: Readonly<Record<string, FlagWords>> = {
  chown: {
    label: 'Owner (--chown)',
    help: 'User and group of the copied files, by name or number. Without it they belong to root.',
    placeholder: 'user:group',
  },
  chmod: {
    label: 'Permissions (--chmod)',
    help: 'Octal or symbolic. Without it the files keep theirs.',
    placeholder: '0755 or u=rwX,go=rX',
  },
  link: {
    label: 'Own layer (--link)',
    help: 'Does not look at what is there already, so the layer is used again when the base changes.',
  },
  exclude: { label: 'Leave out (--exclude)', help: 'Patterns of what is not copied.', placeholder: '*.md' },
}

/** What a flag does here, a line each. */
export const flagWords: Readonly<Record<string, Readonly<Record<string, FlagWords>>>> = {
  COPY: {
    ...ownership,
    parents: { label: 'Keep parent folders (--parents)', help: 'a/b/c goes to DEST/a/b/c and not to DEST/c.' },
  },
  ADD: {
    ...ownership,
    'keep-git-dir': { label: 'Keep .git (--keep-git-dir)', help: 'Of a git repository, its history comes along.' },
    checksum: {
      label: 'Checksum (--checksum)',
      help: 'The build stops where the download is another one.',
      placeholder: 'sha256:…',
    },
    unpack: {
      label: 'Unpack (--unpack)',
      help: 'Whether archives are unpacked: without it local ones are, downloads are not.',
    },
  },
  RUN: {
    network: {
      label: 'Network (--network)',
      help: 'none: no network for this command. host: that of the machine, which the build has to allow.',
      choices: ['default', 'none', 'host'],
    },
    security: {
      label: 'Security (--security)',
      help: 'insecure: with all privileges, which the build has to allow.',
      choices: ['sandbox', 'insecure'],
    },
    device: { label: 'Devices (--device)', help: 'Devices for this command, by name.', placeholder: 'vendor.com/gpu' },
  },
  HEALTHCHECK: {
    interval: { label: 'Interval (--interval)', help: 'Time between two checks. Without it 30s.', placeholder: '30s' },
    timeout: {
      label: 'Timeout (--timeout)',
      help: 'A check that takes longer failed. Without it 30s.',
      placeholder: '30s',
    },
    'start-period': {
      label: 'Start period (--start-period)',
      help: 'For so long after the start a failed check does not count.',
      placeholder: '0s',
    },
    'start-interval': {
      label: 'Start interval (--start-interval)',
      help: 'Time between two checks while it starts. Without it 5s.',
      placeholder: '5s',
    },
    retries: {
      label: 'Retries (--retries)',
      help: 'So many failures in a row make a container unhealthy. Without it 3.',
      placeholder: '3',
    },
  },
}
