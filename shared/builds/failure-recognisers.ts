import type { FailureAdvice, FailureWords } from './failure-advice.ts'

interface Recogniser {
  readonly id: string
  /** Matches the reason; the groups go to `say`. */
  readonly reason: RegExp
  /** Whether it is also looked for in what a step printed that ended with an exit code. */
  readonly inOutput?: true
  readonly step?: RegExp
  readonly say: (groups: readonly string[], words: FailureWords) => FailureAdvice
}

/** The failures that people meet most, in plain words; the first that fits counts, so the narrow ones come first. */
export const recognisers: readonly Recogniser[] = [
  {
    id: 'secret-missing',
    reason:
      /secret (\S+) not found|secret not found: (\S+)|secret (\S+): not found|no secret with id "?([^"\s]+)"? found/,
    say: groups => ({
      what: `The step needs the secret “${first(groups)}”, which the build was not given`,
      todo: 'Name its file or variable among the build’s options.',
    }),
  },
  {
    id: 'ssh-agent-missing',
    reason: /unset ssh forward key|no ssh (?:agent )?forward|no SSH key "?\S+"? forwarded/i,
    say: () => ({
      what: 'The step needs an ssh agent, which the build was not lent',
      todo: 'Tick the ssh agent among the build’s options.',
    }),
  },
  {
    id: 'ssh-agent-missing',
    reason: /ssh required but no ssh with id/,
    say: () => ({
      what: 'The step needs an ssh agent, which Podman is lent none of by Slipway',
      todo: 'Choose a Docker Engine for it, or take the mount out.',
    }),
  },
  {
    id: 'exec-format',
    inOutput: true,
    reason: /exec format error/i,
    say: () => ({
      what: 'The step’s program is for another processor than the engine’s',
      todo: 'Take a base image for this platform, or install emulation: docker run --privileged --rm tonistiigi/binfmt --install all.',
    }),
  },
  {
    id: 'no-shell',
    inOutput: true,
    reason:
      /exec: "?(\/bin\/sh|cmd|powershell)"?: (?:stat \S+: )?(?:no such file|executable file not found)|executable file `(\/bin\/sh)` not found/,
    say: groups => ({
      what: `There is no ${first(groups)} in this stage, which RUN needs`,
      todo: 'A base such as scratch or distroless has no shell: run the command in an earlier stage and copy its result.',
    }),
  },
  {
    id: 'no-program',
    inOutput: true,
    reason:
      /exec: "?([^":]+)"?: (?:stat \S+: no such file|executable file not found)|executable file `([^`]+)` not found/,
    say: groups => ({
      what: `The program “${first(groups)}” is not in this stage`,
      todo: 'Install it in an earlier step, or give its whole path.',
    }),
  },
  {
    id: 'bridge-missing',
    reason: /could not find bridge|failed to create endpoint .* on network/,
    say: () => ({
      what: 'The engine’s network is gone, so no step can begin',
      todo: 'Restart the engine; it makes its network anew.',
    }),
  },
  {
    id: 'no-space',
    inOutput: true,
    reason: /no space left on device/,
    say: () => ({
      what: 'The engine’s disk is full',
      todo: 'Close Slipway, which holds the files of the last builds, and run “docker system prune”: it frees what is no longer used.',
    }),
  },
  {
    id: 'rate-limit',
    reason: /toomanyrequests|429 Too Many Requests|pull rate limit/i,
    say: () => ({
      what: 'The registry allows no more pulls for now',
      todo: 'Log in with docker login, which allows more, or wait.',
    }),
  },
  {
    id: 'certificate',
    inOutput: true,
    reason: /x509: |certificate signed by unknown authority/,
    say: (_, { reason }) => ({
      what: `The certificate of a server is not trusted: ${reason}`,
      todo: 'Add its authority to the engine’s, or see whether a proxy stands between.',
    }),
  },
  {
    id: 'host-unknown',
    inOutput: true,
    reason:
      /lookup ([^\s:]+)(?: on \S+)?: (?:no such host|server misbehaving|i\/o timeout)|Could not resolve host:? ?'?([\w.-]+)|Temporary failure resolving '([^']+)'|bad address '([^']+)'/,
    say: groups => ({
      what: `The address of ${first(groups)} is not known where the engine runs`,
      todo: 'See whether the engine is online and its name server answers.',
    }),
  },
  {
    id: 'unreachable',
    reason:
      /dial tcp|i\/o timeout|connection refused|failed to do request|TLS handshake timeout|network is unreachable/,
    say: (_, { reason }) => ({
      what: `A registry or server could not be reached: ${reason}`,
      todo: 'See whether the engine is online, and whether it needs a proxy.',
    }),
  },
  {
    id: 'platform-missing',
    reason: /no match for platform in manifest|does not match the specified platform/,
    say: (_, { reason }) => ({
      what: `The base image is not made for the platform that is built for: ${reason}`,
      todo: 'Build for another platform, or take another image.',
    }),
  },
  {
    id: 'pull-refused',
    reason: /pull access denied|repository does not exist|authorization failed|insufficient_scope|401 Unauthorized/,
    say: (_, { reason }) => ({
      what: `The base image could not be pulled: ${reason}`,
      todo: 'Check its name and tag, and log in if it is private.',
    }),
  },
  {
    id: 'source-missing-from-stage',
    step: /--(?:mount=(?:\S*,)?)?from=/,
    reason: /MISSING (.*)/,
    say: ([path = '']) => ({
      what: `“${path}” was not found in what it is copied from`,
      todo: 'Check its path, and that an earlier step there makes it.',
    }),
  },
  {
    id: 'source-missing-from-context',
    reason: /MISSING (.*)/,
    say: ([path = '']) => ({
      what: `“${path.startsWith('/') && path !== '/' ? path.slice(1) : path}” was not found in the build context`,
      todo: 'Check its path, and that .dockerignore does not leave it out.',
    }),
  },
  {
    id: 'outside-context',
    reason: /forbidden path outside the build context|Forbidden path|possible escaping context directory/i,
    say: () => ({
      what: 'A path leads out of the build context',
      todo: 'Copy from inside it, move the context up, or give the other folder as a named context.',
    }),
  },
  {
    id: 'image-missing',
    reason: /manifest unknown|manifest for .* not found|: not found$/,
    say: (_, { reason }) => ({
      what: `The base image could not be pulled: ${reason}`,
      todo: 'Check its name and tag, and log in if it is private.',
    }),
  },
  {
    id: 'target-missing',
    reason: /target stage "?([^"\s]+)"? could not be found|target "([^"]+)" was not found/,
    say: groups => ({
      what: `There is no stage “${first(groups)}” to build`,
      todo: 'Choose another target, or name a stage so.',
    }),
  },
  {
    id: 'blank-base',
    reason: /base name \((.+)\) should not be blank/,
    say: ([base = '']) => ({
      what: `FROM ${base} comes to nothing`,
      todo: 'Give its ARG a value or a default before the first FROM.',
    }),
  },
  {
    id: 'blank-base',
    reason: /no FROM statement found/,
    say: () => ({ what: 'A FROM comes to nothing', todo: 'Give its ARG a value or a default before the first FROM.' }),
  },
  {
    id: 'bad-reference',
    reason: /invalid reference format|failed to parse stage name/,
    say: (_, { reason }) => ({
      what: `The name of a base image is not written as one: ${reason}`,
      todo: 'Write it like name:tag, in small letters.',
    }),
  },
  {
    id: 'unknown-flag',
    reason: /unknown flag: ([^\s,)]+)/i,
    say: ([flag = '']) => ({
      what: `The engine does not know the flag ${flag} here`,
      todo: 'Check its spelling; for a newer flag begin the file with “# syntax=docker/dockerfile:1”.',
    }),
  },
  {
    id: 'unknown-flag',
    reason: /(\w+) only supports the (--.*) flags?$/,
    say: ([keyword = '', words = ''], { step }) => {
      const known: readonly string[] = words.match(/--[\w-]+/g) ?? []
      const flag = step.match(/--[\w-]+/g)?.find(each => !known.includes(each))
      return {
        what: `The engine does not know ${flag === undefined ? 'a flag' : `the flag ${flag}`} of ${keyword}`,
        todo: `Check its spelling; it knows ${known.join(', ')}.`,
      }
    },
  },
  {
    id: 'unknown-instruction',
    reason: /unknown instruction: "?([^"\s]+)/i,
    say: ([word = '']) => ({
      what: `Unknown instruction: ${word}`,
      todo: 'Check its spelling; a line that belongs to the one before needs a backslash at that one’s end.',
    }),
  },
  {
    id: 'empty-file',
    reason:
      /file with no instructions|Dockerfile cannot be empty|no build stage in current context|no stages to build|^no contents in/i,
    say: () => ({ what: 'There is no stage to build', todo: 'Begin one with FROM.' }),
  },
]

function first(groups: readonly (string | undefined)[]): string {
  return groups.find(group => group !== undefined) ?? ''
}
