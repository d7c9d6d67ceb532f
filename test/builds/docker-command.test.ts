import fc from 'fast-check'
import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { plainOptions } from '../../shared/builds/build-options.ts'
import { dockerCommand, shellWord } from '../../shared/builds/docker-command.ts'

const plain = {
  path: '/a b/Dockerfile',
  contextDirectory: '/a b',
  target: null,
  tags: [],
  buildArgs: {},
  noCache: false,
}

test('a plain build is the file and its context', () => {
  expect(dockerCommand(plain)).toBe("docker buildx build --file '/a b/Dockerfile' '/a b'")
})

test('everything that the form asks for is a flag', () => {
  const command = dockerCommand({
    ...{
      path: null,
      contextDirectory: '/c',
      target: 'app',
      tags: ['a:1', 'b:2'],
      noCache: false,
      platform: 'linux/arm64',
    },
    buildArgs: { WORD: "it's", EMPTY: '' },
    options: {
      secrets: [
        { id: 'key', kind: 'file', source: 'a,b.txt' },
        { id: 'token', kind: 'environment', source: 'TOKEN' },
      ],
      ssh: { default: '', other: '/run/agent.sock' },
      namedContexts: { base: 'docker-image://alpine:3' },
      labels: { 'org.example.a': 'b c' },
      noCacheStages: ['deps'],
      pull: true,
      network: 'host',
      extraHosts: { 'registry.example': '10.0.0.1' },
      otherPlatforms: ['linux/s390x'],
    },
  })
  expect(command).toBe(
    [
      'docker buildx build --target app --tag a:1 --tag b:2 --platform linux/arm64,linux/s390x',
      `--build-arg 'WORD=it'\\''s' --build-arg EMPTY= --secret 'id=key,"src=a,b.txt"' --secret id=token,env=TOKEN`,
      '--ssh default --ssh other=/run/agent.sock --build-context base=docker-image://alpine:3',
      "--label 'org.example.a=b c' --no-cache-filter deps --pull --network host --allow network.host",
      '--add-host registry.example:10.0.0.1 /c',
    ].join(' '),
  )
  expect(dockerCommand({ ...plain, noCache: true, options: { ...plainOptions, noCacheStages: ['x'] } })).toContain(
    '--no-cache ',
  )
})

test('a shell reads every word as it was', () => {
  const word = fc
    .string({ unit: 'binary', maxLength: 30 })
    .filter(text => !text.includes('\0') && Buffer.from(text).toString() === text)
  fc.assert(
    fc.property(fc.array(word, { minLength: 200, maxLength: 300 }), words => {
      const script = `printf '%s\\0' ${words.map(shellWord).join(' ')}`
      expect(execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' })).toBe(
        words.map(each => `${each}\0`).join(''),
      )
    }),
    { numRuns: 2 },
  )
})
