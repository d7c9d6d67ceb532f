import type { ExplainedSilence } from './silence.ts'

const login = 'Try it with ssh in a terminal: it must get in without a question.'

/** By what ssh, and the docker command at its other end, write. */
const known: readonly (readonly [RegExp, Pick<ExplainedSilence, 'cause' | 'advice'>])[] = [
  [/Could not resolve hostname/, { cause: 'unreachable', advice: 'Correct the address, or look at the network.' }],
  [
    /connect to host .*: (?:Connection refused|.*timed out|No route|.*unreachable)/,
    { cause: 'unreachable', advice: login },
  ],
  [/Permission denied|Host key verification failed|Too many authentication/, { cause: 'permission', advice: login }],
  [/docker: (?:command )?not found|No such file or directory/, { cause: 'no-file', advice: 'Install Docker there.' }],
  [
    /permission denied .*docker/i,
    { cause: 'permission', advice: 'Let that user use Docker there, by the group “docker”.' },
  ],
  [/Cannot connect to the Docker daemon/, { cause: 'refused', advice: 'Start Docker there.' }],
]

/** Why nobody answers at the other end of ssh. */
export function explainSsh(reason: string): ExplainedSilence {
  const found = known.find(([pattern]) => pattern.test(reason))?.[1]
  return { reason, ...(found ?? { cause: 'other', advice: login }) }
}
