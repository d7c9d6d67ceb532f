import { describe, expect, test } from 'vitest'
import { analyze, defaultInputs } from '../../shared/analysis.ts'
import { linuxAmd64, platformText, readPlatform, type Platform } from '../../shared/graph/platforms.ts'
import { dockerfile } from './expect-graph.ts'

function read(specifier: string, host?: Platform): string {
  const result = readPlatform(specifier, host)
  return result.kind === 'platform' ? platformText(result.platform) : result.message
}

const windows: Platform = { system: 'windows', version: '10.0.20348', architecture: 'arm64', variant: '' }

test.each([
  ['linux/arm64', 'linux/arm64'],
  ['arm64', 'linux/arm64'],
  ['linux', 'linux/amd64'],
  ['Linux/aarch64/v8', 'linux/arm64'],
  ['linux/x86_64', 'linux/amd64'],
  ['linux/amd64/v2', 'linux/amd64/v2'],
  ['linux/arm', 'linux/arm/v7'],
  ['linux/arm/6', 'linux/arm/v6'],
  ['armel', 'linux/arm/v6'],
  ['armhf', 'linux/arm/v7'],
  ['macos', 'darwin/amd64'],
  ['windows(10.0.17763)/amd64', 'windows(10.0.17763)/amd64'],
  ['plan', '"plan": unknown operating system or architecture: invalid argument'],
])('%s is read as %s', (specifier, expected) => expect(read(specifier)).toBe(expected))

test('what a platform leaves out is the host’s', () => {
  expect(read('linux', windows)).toBe('linux/arm64')
  expect(read('amd64', windows)).toBe('windows/amd64')
})

describe('VAR-06 platforms are inputs', () => {
  const text = dockerfile(`
    ARG VARIANT=\${TARGETVARIANT:-none}
    FROM --platform=$BUILDPLATFORM golang AS build
    FROM build AS child
    FROM --platform=linux/$BUILDARCH base-$TARGETOS-$TARGETARCH-$VARIANT AS app
    FROM --platform=$TARGETPLATFORM app-$TARGETOSVERSION AS same
    FROM --platform=$NOTHING alpine AS unreadable
    FROM scratch AS last
  `)
  const stages = (targetPlatform: Platform | null, buildPlatform: Platform = linuxAmd64, buildArgs = {}): string[] =>
    analyze(text, { ...defaultInputs, buildPlatform, targetPlatform, buildArgs }).graph.stages.map(
      ({ base, resolvedPlatform }) => `${base} on ${resolvedPlatform ?? 'nothing'}`,
    )

  test('BUILD… is where the build runs, TARGET… what it is for, which where nothing is asked is the same', () => {
    expect(stages(null)).toEqual([
      'golang on linux/amd64',
      'build on linux/amd64',
      'base-linux-amd64-none on linux/amd64',
      'app- on linux/amd64',
      'alpine on nothing',
      'scratch on linux/amd64',
    ])
    expect(stages({ system: 'linux', version: '', architecture: 'arm', variant: 'v7' }, windows)).toEqual([
      'golang on windows(10.0.20348)/arm64',
      'build on windows(10.0.20348)/arm64',
      'base-linux-arm-v7 on linux/arm64',
      'app- on linux/arm/v7',
      'alpine on nothing',
      'scratch on linux/arm/v7',
    ])
    expect(stages(null, windows)[3]).toBe('app-10.0.20348 on windows(10.0.20348)/arm64')
  })

  test('build arguments of these names replace them', () =>
    expect(stages(null, linuxAmd64, { BUILDPLATFORM: 'linux/s390x', TARGETARCH: 'mips' }).slice(0, 3)).toEqual([
      'golang on linux/s390x',
      'build on linux/s390x',
      'base-linux-mips-none on linux/amd64',
    ]))

  test('a stage sees them once it declares them', () => {
    const used = (lines: string): string[] =>
      analyze(`FROM scratch\n${lines}COPY $TARGETARCH /\n`, {
        ...defaultInputs,
        targetPlatform: { ...linuxAmd64, architecture: 'riscv64' },
      }).diagnostics.map(({ rule }) => rule)
    expect(used('')).toEqual(['UndefinedVar'])
    expect(used('ARG TARGETARCH\n')).toEqual([])
  })
})
