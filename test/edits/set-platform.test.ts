import { test } from 'vitest'
import { setPlatform } from '../../shared/edits/set-platform.ts'
import { expectEdit, expectRefusal, type Gesture } from './expect-edit.ts'

const platform =
  (title: string, value: string | null): Gesture =>
  (analysis, stage) =>
    setPlatform(analysis, stage(title), value)

test('EDIT-33 a platform comes, changes and goes, and nothing else of the line', () => {
  expectEdit('FROM  alpine AS a\n', platform('a', '$BUILDPLATFORM'), 'FROM --platform=$BUILDPLATFORM  alpine AS a\n')
  expectEdit(
    'from --platform="linux/amd64" \\\r\n  alpine as a\r\n',
    platform('a', 'linux/arm64'),
    'from --platform=linux/arm64 \\\r\n  alpine as a\r\n',
  )
  expectEdit('FROM --platform=linux/amd64 alpine AS a\n', platform('a', null), 'FROM alpine AS a\n')
  expectEdit('FROM alpine AS a\n', platform('a', null), 'FROM alpine AS a\n')
})

test('a stage built on a stage has that one’s platform', () =>
  expectEdit(
    'FROM alpine AS a\nFROM a AS b\n',
    platform('b', 'linux/arm64'),
    'FROM alpine AS a\nFROM --platform=linux/arm64 a AS b\n',
    { warnings: ['`b` is built on a stage and takes its platform: BuildKit does not look at this one.'] },
  ))

test('what is no platform is refused', () =>
  expectRefusal(
    'FROM alpine AS a\n',
    platform('a', 'linux arm64'),
    '`linux arm64` is no platform: write one such as `linux/amd64` or `$BUILDPLATFORM`.',
  ))
