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

test('what is none of the common failures is left to the engine’s own words', () => {
  expect(recognised({ reason: 'some new failure', step: 'RUN x', exitCode: null })).toBeNull()
})
