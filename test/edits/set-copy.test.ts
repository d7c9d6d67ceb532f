import { describe, test } from 'vitest'
import { setCopy, type CopyChanges } from '../../shared/edits/set-copy.ts'
import { expectEdit, expectRefusal, type Gesture } from './expect-edit.ts'

/** Changes the last instruction of the file. */
const change =
  (changes: CopyChanges): Gesture =>
  analysis =>
    setCopy(analysis, analysis.file.instructions.length - 1, changes)

const line = (before: string, changes: CopyChanges, after: string, edges = '') =>
  expectEdit(`FROM a AS s\n${before}\n`, change(changes), `FROM a AS s\n${after}\n`, { edges })

describe('EDIT-29 flags', () => {
  test('come behind those that are there', () => {
    line('COPY x /y', { chown: '1:1', link: true }, 'COPY --chown=1:1 --link x /y')
    line('COPY --link \\\n  # why\n  x /y', { chmod: '0755' }, 'COPY --link --chmod=0755 \\\n  # why\n  x /y')
    line('ADD x /y', { exclude: ['*.md', 'a b'] }, 'ADD --exclude=*.md --exclude="a b" x /y')
  })
  test('change in place', () => {
    line('COPY --chown=1 --chmod=7 x /y', { chown: '$U:$G' }, 'COPY --chown=$U:$G --chmod=7 x /y')
    line('COPY --link=false x /y', { link: true }, 'COPY --link x /y')
  })
  test('go, others stay', () => {
    line('COPY --chown=1 --link --chmod=7 x /y', { link: false }, 'COPY --chown=1 --chmod=7 x /y')
    line('COPY --chown=1 \\\n --chmod=7 x /y', { chown: null, chmod: null }, 'COPY x /y')
    line('COPY --exclude=a --exclude=b x /y', { exclude: ['b', 'c'] }, 'COPY --exclude=b --exclude=c x /y')
    line('COPY --link x /y', { link: false, parents: true }, 'COPY --parents x /y')
  })
  test('that are as wanted already change nothing', () =>
    line(
      'COPY --chown="1" --link=true x /y',
      { chown: '1', link: true, parents: false },
      'COPY --chown="1" --link=true x /y',
    ))
})

describe('EDIT-28 paths', () => {
  const edge = (sources: string, destination: string) => `context: -context-> s ${sources} ${destination}`
  test('change word by word', () => {
    line('COPY  x   /y', { sources: ['z'] }, 'COPY  z   /y', `- ${edge('x', '/y')}\n+ ${edge('z', '/y')}`)
    line('COPY x \\\n /y', { destination: '/w' }, 'COPY x \\\n /w', `- ${edge('x', '/y')}\n+ ${edge('x', '/w')}`)
  })
  test('come and go', () => {
    line('COPY x \\\n /y', { sources: ['x', 'z'] }, 'COPY x z \\\n /y', `- ${edge('x', '/y')}\n+ ${edge('x z', '/y')}`)
    line('COPY x z \\\n /y', { sources: ['z'] }, 'COPY z \\\n /y', `- ${edge('x z', '/y')}\n+ ${edge('z', '/y')}`)
    line(
      'COPY ["x", "/y"]',
      { sources: ['x', 'a b'] },
      'COPY ["x", "a b", "/y"]',
      `- ${edge('x', '/y')}\n+ ${edge('x a b', '/y')}`,
    )
  })
  test('EDIT-22 with blanks take the JSON form', () =>
    line(
      'COPY --link x /y',
      { destination: '/a b' },
      'COPY --link ["x", "/a b"]',
      `- ${edge('x', '/y')}\n+ ${edge('x', '/a b')}`,
    ))
  test('of a trigger', () => line('ONBUILD COPY x /y', { sources: ['z'], link: true }, 'ONBUILD COPY --link z /y'))
})

test('refusals', () => {
  const refuse = (text: string, changes: CopyChanges, reason: string) =>
    expectRefusal(`FROM a AS s\n${text}\n`, change(changes), reason)
  refuse('ADD x /y', { parents: true }, 'ADD has no --parents.')
  refuse('COPY x /y', { sources: [] }, 'Say what to copy: there is no source path.')
  refuse('COPY x /y', { destination: ' ' }, 'Say where to copy to: the destination path is empty.')
  refuse('RUN x', { link: true }, 'Line 2 is no COPY or ADD.')
  refuse(
    'COPY x /y',
    { chown: '"' },
    '`"` cannot be the value of a flag: it must not be empty or hold quotes, `\\` or line breaks.',
  )
  refuse(
    'COPY <<E /y\nx\nE',
    { sources: ['z'] },
    'Line 2 writes files out of the Dockerfile itself: change it in the text.',
  )
  refuse(
    'COPY x /y',
    { chmod: '99' },
    "That would leave an error on line 2: invalid chmod parameter: '99'. it should be octal string and between 0 and 07777.",
  )
})
