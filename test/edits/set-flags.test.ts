import { describe, test } from 'vitest'
import { setFlags, type FlagChanges } from '../../shared/edits/set-flags.ts'
import { addMount, removeMount, setMount, type MountChanges } from '../../shared/edits/set-mount.ts'
import { expectEdit, expectRefusal, type Gesture } from './expect-edit.ts'

/** Works on the last instruction of the file. */
const flags =
  (changes: FlagChanges): Gesture =>
  analysis =>
    setFlags(analysis, analysis.file.instructions.length - 1, changes)
const mount =
  (at: number, changes: MountChanges | null): Gesture =>
  analysis => {
    const last = analysis.file.instructions.length - 1
    return changes === null ? removeMount(analysis, last, at) : setMount(analysis, last, at, changes)
  }
const newMount =
  (fields: MountChanges): Gesture =>
  analysis =>
    addMount(analysis, analysis.file.instructions.length - 1, fields)

const line = (before: string, gesture: Gesture, after: string, edges = '') =>
  expectEdit(`FROM a AS s\nFROM b AS t\n${before}\n`, gesture, `FROM a AS s\nFROM b AS t\n${after}\n`, { edges })
const refuse = (before: string, gesture: Gesture, reason: string) =>
  expectRefusal(`FROM a AS s\nFROM b AS t\n${before}\n`, gesture, reason)

describe('EDIT-30 flags of any instruction', () => {
  test('RUN', () => {
    line('RUN x', flags({ network: 'none' }), 'RUN --network=none x')
    line(
      'RUN --network=none x',
      flags({ network: 'host', security: 'insecure' }),
      'RUN --network=host --security=insecure x',
    )
    line('RUN --network=none \\\n --security=sandbox x', flags({ network: null }), 'RUN --security=sandbox x')
    line('ONBUILD RUN x', flags({ network: 'none' }), 'ONBUILD RUN --network=none x')
  })
  test('HEALTHCHECK', () => {
    line('HEALTHCHECK CMD x', flags({ interval: '5m', retries: '3' }), 'HEALTHCHECK --interval=5m --retries=3 CMD x')
    line(
      'HEALTHCHECK --interval=5m --timeout=3s \\\n  CMD x',
      flags({ interval: '1m', timeout: null, 'start-period': '2s' }),
      'HEALTHCHECK --interval=1m --start-period=2s CMD x',
    )
  })
  test('ADD', () => {
    line(
      'ADD https://a.b/c /d',
      flags({ checksum: 'sha256:0', unpack: true }),
      'ADD --checksum=sha256:0 --unpack https://a.b/c /d',
    )
    line('ADD --keep-git-dir=true x /d', flags({ 'keep-git-dir': false }), 'ADD x /d')
  })
  test('COPY takes from elsewhere', () => {
    const [context, copy] = ['- context: -context-> t /x /y\n', '+ s -copy-> t /x /y']
    line('COPY /x /y', flags({ from: 's' }), 'COPY --from=s /x /y', context + copy)
    line('COPY --from=0 /x /y', flags({ from: 's' }), 'COPY --from=s /x /y')
  })
  test('what is wanted already changes nothing', () =>
    line(
      'COPY --link=false --exclude=a x /y',
      flags({ link: false, exclude: ['a'] }),
      'COPY --link=false --exclude=a x /y',
    ))
  test('what BuildKit would refuse is refused', () => {
    refuse('RUN x', flags({ link: true }), 'RUN has no --link.')
    refuse('RUN x', flags({ network: 'home' }), 'That would leave an error on line 3: invalid network mode "home".')
    refuse('COPY x /y', flags({ link: 'yes' }), '--link takes on or off.')
    refuse('COPY x /y', flags({ exclude: '*' }), '--exclude takes a list.')
    refuse('COPY x /y', flags({ chown: ['a'] }), '--chown takes one value.')
    refuse(
      'HEALTHCHECK CMD x',
      flags({ interval: '5' }),
      'That would leave an error on line 3: time: missing unit in duration "5".',
    )
  })
})

describe('EDIT-31 mounts', () => {
  test('come behind the other flags, their type first', () => {
    line('RUN x', newMount({ target: '/c', type: 'cache' }), 'RUN --mount=type=cache,target=/c x')
    line(
      'RUN --mount=type=tmpfs,target=/t \\\n  --network=none \\\n  x',
      newMount({ from: 's', target: '/a b', rw: true }),
      'RUN --mount=type=tmpfs,target=/t \\\n  --network=none --mount="from=s,target=/a b,rw" \\\n  x',
      '+ s -mount-> t /a b',
    )
  })
  test('change by key, whatever the key is called', () => {
    line('RUN --mount=type=cache,dst=/c x', mount(0, { target: '/d' }), 'RUN --mount=type=cache,dst=/d x')
    line(
      'RUN --mount=from=s,target=/c,ro x',
      mount(0, { from: 'i:1', readonly: null }),
      'RUN --mount=from=i:1,target=/c x',
      '- s -mount-> t /c\n+ image:i:1 -mount-> t /c',
    )
    line(
      'RUN --mount=target=/c x',
      mount(0, { type: 'tmpfs', size: '1m' }),
      'RUN --mount=type=tmpfs,target=/c,size=1m x',
      '- context: -mount-> t /c',
    )
  })
  test('keep their quotes and continuations', () => {
    line('RUN --mount="type=cache,target=/c" x', mount(0, { id: 'i' }), 'RUN --mount="type=cache,target=/c,id=i" x')
    line(
      'RUN --mount="type=cache,target=/c d" x',
      mount(0, { target: '/e f' }),
      'RUN --mount="type=cache,target=/e f" x',
    )
    line(
      'RUN --mount=type=cache,tar\\\nget=/c x',
      mount(0, { sharing: 'locked' }),
      'RUN --mount=type=cache,tar\\\nget=/c,sharing=locked x',
    )
    line('RUN --mount=type=cache,target=/c x', mount(0, { target: '/a b' }), 'RUN --mount="type=cache,target=/a b" x')
  })
  test('are told apart by their place, and go alone', () => {
    const two = 'RUN --mount=type=cache,target=/c --mount=type=cache,target=/d x'
    line(two, mount(1, { id: 'i' }), 'RUN --mount=type=cache,target=/c --mount=type=cache,target=/d,id=i x')
    line(two, mount(0, null), 'RUN --mount=type=cache,target=/d x')
  })
  test('of a trigger', () =>
    line(
      'ONBUILD RUN --mount=type=cache,target=/c x',
      mount(0, { id: 'i' }),
      'ONBUILD RUN --mount=type=cache,target=/c,id=i x',
    ))
  test('what cannot be is refused', () => {
    refuse('COPY x /y', newMount({ target: '/c' }), 'Line 3 is no RUN, and only a RUN has mounts.')
    refuse('RUN x', mount(0, null), 'Line 3 has no such mount.')
    refuse('RUN x', newMount({}), 'Say what to mount: a mount needs a type or a target.')
    refuse(
      'RUN --mount=target=/c x',
      mount(0, { target: null }),
      'Nothing would be left of that mount: take it away as a whole.',
    )
    refuse(
      'RUN --mount=target=/c x',
      mount(0, { source: 'a,b' }),
      '`a,b` cannot stand in a mount: leave out quotes, commas, `\\` and line breaks.',
    )
    refuse(
      'RUN --mount=type=cache,target=/c x',
      mount(0, { sharing: 'foo' }),
      'That would leave an error on line 3: unsupported sharing value "foo".',
    )
  })
})
