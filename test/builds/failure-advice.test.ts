import { expect, test } from 'vitest'
import { recognised } from '../../shared/builds/failure-advice.ts'

/** What engines say where this machine cannot make them say it: no registry, no full disk. */
test.each([
  ['no-space', 'failed to copy files: write /var/lib/docker/tmp/x: no space left on device'],
  [
    'pull-refused',
    'pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed',
  ],
  [
    'rate-limit',
    'unexpected status code https://registry-1.docker.io/v2/library/alpine/manifests/3: 429 Too Many Requests - Server message: toomanyrequests: You have reached your pull rate limit.',
  ],
  [
    'certificate',
    'failed to do request: Head "https://registry.local/v2/a/manifests/1": x509: certificate signed by unknown authority',
  ],
  ['image-missing', 'docker.io/library/alpine:nope: not found'],
  ['platform-missing', 'no match for platform in manifest: not found'],
  [
    'bridge-missing',
    'executor failed running [/bin/sh -c true]: failed to create endpoint abc on network bridge: adding interface veth1 to bridge docker0 failed: could not find bridge docker0',
  ],
])('%s', (id, reason) => {
  expect(recognised({ reason, step: '', exitCode: null })?.id).toBe(id)
})

/** What Podman 4.3, 5.4 and 5.8 said; what they say of a program that cannot be begun comes as the step's output. */
const steps = {
  copy: 'COPY missing.txt a.txt /d/',
  from: 'COPY --from=a /nope /',
  mount: 'RUN --mount=source=nope,target=/x true',
}
const begun = (words: string) =>
  `error running container: from /usr/bin/crun creating container for ${words}: No such file or directory\n: exit status 1\n`
test.each([
  [
    'source-missing-from-context',
    'checking on sources under "/var/tmp/libpod_builder907521110/build": copier: stat: "/missing.txt": no such file or directory',
    steps.copy,
  ],
  [
    'source-missing-from-context',
    `checking on sources under "/var/tmp/libpod_builder1729374984/build": Rel: can't make  relative to /var/tmp/libpod_builder1729374984/build; copier: stat: ["/x*.txt"]: no such file or directory`,
    'COPY x*.txt /d/',
  ],
  [
    'source-missing-from-stage',
    'checking on sources under "/var/lib/containers/storage/overlay/d497771aff6c/merged": copier: stat: "/nope": no such file or directory',
    steps.from,
  ],
  [
    'source-missing-from-context',
    'resolving mountpoints for container "5174eee60ca1": sanitizing bind subdirectory "/var/tmp/libpod_builder369553065/build/nope": opening directory "nope" under "/var/tmp/libpod_builder369553065/build": no such file or directory: no such file or directory',
    steps.mount,
  ],
  [
    'outside-context',
    'checking on sources under "/var/tmp/libpod_builder2793726220/build": possible escaping context directory error: copier: stat: "/x": no such file or directory',
    'COPY ../x /',
  ],
  [
    'unknown-instruction',
    'Build error: Unknown instruction: "FETCH" &imagebuilder.Step{Env:[]string{"PATH=/bin"}, Command:"fetch", Args:[]string{""}}',
    'FETCH x',
  ],
  [
    'unknown-flag',
    'COPY only supports the --chmod=<permissions>, --chown=<uid:gid>, --from=<image|stage>, --link, --parents, and --exclude=<pattern> flags',
    'COPY --nope a /',
  ],
  ['unknown-flag', 'RUN only supports the --mount flag', 'RUN --nope true'],
  ['unknown-flag', 'FROM only supports the --platform and --after flags', ''],
  ['empty-file', 'no stages to build', ''],
  ['empty-file', 'no contents in "/var/tmp/libpod_builder1800194691/build/Dockerfile"', ''],
  ['target-missing', 'The target "absent" was not found in the provided Dockerfile', ''],
  ['blank-base', 'determining starting point for build: no FROM statement found', ''],
  [
    'secret-missing',
    'resolving mountpoints for container "ca90cd37073a": secret required but no secret with id "key" found',
    '',
  ],
  [
    'secret-missing',
    'resolving mountpoints for container "ca90cd37073a": secret required but no secret with id key found',
    '',
  ],
  [
    'ssh-agent-missing',
    'resolving mountpoints for container "1f47ee527874": ssh required but no ssh with id default found',
    '',
  ],
  ['no-shell', 'exit code: 1', 'RUN true', begun('[/bin/sh -c true]: executable file `/bin/sh` not found')],
  ['no-shell', 'exit code: 1', 'RUN true', begun('[/bin/sh -c true]: executable file `/bin/sh` not found in $PATH')],
  ['no-program', 'exit code: 1', 'RUN ["/nope"]', begun('[/nope]: executable file `/nope` not found')],
  ['exec-format', 'exit code: 1', 'RUN ["/other"]', 'exec container process `/other`: Exec format error\n'],
] as const)('Podman: %s', (id, reason, step, output = '') => {
  expect(recognised({ reason, step, exitCode: reason === 'exit code: 1' ? 1 : null, output })?.id).toBe(id)
})

test('of the flags of a step the one is named that Podman does not know', () => {
  const reason = 'ADD only supports the --chmod=<permissions> and the --chown=<uid:gid> flag'
  expect(recognised({ reason, step: 'ADD --chown=1 --checksum=x a /', exitCode: null })?.advice).toEqual({
    what: 'The engine does not know the flag --checksum of ADD',
    todo: 'Check its spelling; it knows --chmod, --chown.',
  })
})

test('what is none of the common failures is left to the engine’s own words', () => {
  expect(recognised({ reason: 'some new failure', step: 'RUN x', exitCode: null })).toBeNull()
})
