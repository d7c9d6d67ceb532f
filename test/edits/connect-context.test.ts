import { test } from 'vitest'
import { connectContext } from '../../shared/edits/connect-context.ts'
import { expectEdit, expectRefusal, type Gesture } from './expect-edit.ts'

const copy =
  (source: string, destination: string): Gesture =>
  (analysis, stage) =>
    connectContext(analysis, { to: stage('final'), source, destination })

test('EDIT-24 a copy of the context follows the last one, in the stage’s own hand', () =>
  expectEdit(
    'from a as one\r\nfrom b as final\r\n  copy go.mod .\r\n  run get\r\n  copy --from=one /a /a\r\n',
    copy('src/', './src/'),
    'from a as one\r\nfrom b as final\r\n  copy go.mod .\r\n  copy src/ ./src/\r\n  run get\r\n  copy --from=one /a /a\r\n',
    { edges: '+ context: -context-> final src/ ./src/' },
  ))

test('EDIT-24 a first one stands above the command, paths with blanks in the JSON form', () =>
  expectEdit('FROM b AS final\nCMD x\n', copy('a b', '/a'), 'FROM b AS final\nCOPY ["a b", "/a"]\nCMD x\n', {
    edges: '+ context: -context-> final a b /a',
  }))

test('an empty path is refused', () =>
  expectRefusal('FROM b AS final\n', copy('', '/a'), 'Say what to copy: the source path is empty.'))
