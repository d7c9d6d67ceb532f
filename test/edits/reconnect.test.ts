import { describe, test } from 'vitest'
import { reconnectSource, reconnectTarget } from '../../shared/edits/reconnect.ts'
import type { EdgeKind } from '../../shared/graph/stage-graph.ts'
import { edgeOf } from './edges.ts'
import { expectEdit, expectRefusal, type Gesture } from './expect-edit.ts'

const from =
  (title: string, kind: EdgeKind = 'copy'): Gesture =>
  (analysis, stage) =>
    reconnectSource(analysis, edgeOf(analysis, kind), { kind: 'stage', stage: stage(title) })
const fromImage =
  (reference: string, kind: EdgeKind = 'copy'): Gesture =>
  analysis =>
    reconnectSource(analysis, edgeOf(analysis, kind), { kind: 'image', reference })
const fromContext: Gesture = analysis => reconnectSource(analysis, edgeOf(analysis, 'copy'), { kind: 'context' })
const to =
  (title: string, kind: EdgeKind = 'copy'): Gesture =>
  (analysis, stage) =>
    reconnectTarget(analysis, edgeOf(analysis, kind), stage(title))

describe('EDIT-25 the source end', () => {
  test('only --from changes', () =>
    expectEdit(
      `
      FROM a AS one
      FROM b AS two
      FROM c AS final
      copy --chown=1:1 \\
        # why
        --from=one \\
        /x /y   /z/
      `,
      from('two'),
      `
      FROM a AS one
      FROM b AS two
      FROM c AS final
      copy --chown=1:1 \\
        # why
        --from=two \\
        /x /y   /z/
      `,
      { edges: '- one -copy-> final /x /y /z/\n+ two -copy-> final /x /y /z/' },
    ))

  test('a copy of the build context gets its flag, and loses it again', () => {
    const [context, stage] = ['FROM a AS one\nFROM c AS final\nCOPY --link /x /z\n', '--from=one ']
    const connected = context.replace('COPY ', `COPY ${stage}`)
    expectEdit(context, from('one', 'context'), connected, {
      edges: '- context: -context-> final /x /z\n+ one -copy-> final /x /z',
    })
    expectEdit(connected, fromContext, context, {
      edges: '+ context: -context-> final /x /z\n- one -copy-> final /x /z',
    })
  })

  test('an image instead of a stage', () =>
    expectEdit(
      'FROM a AS one\nFROM c AS final\nCOPY --from=0 /x /z\n',
      fromImage('nginx:1'),
      'FROM a AS one\nFROM c AS final\nCOPY --from=nginx:1 /x /z\n',
      { edges: '- one -copy-> final /x /z\n+ image:nginx:1 -copy-> final /x /z' },
    ))

  test('a mount changes its from alone', () =>
    expectEdit(
      'FROM a AS one\nFROM b AS two\nFROM c AS final\nRUN --mount=from=one,target=/m --mount=type=cache,target=/c x\n',
      from('two', 'mount'),
      'FROM a AS one\nFROM b AS two\nFROM c AS final\nRUN --mount=from=two,target=/m --mount=type=cache,target=/c x\n',
      { edges: '- one -mount-> final /m\n+ two -mount-> final /m' },
    ))

  test('a stage below moves up, numbers follow', () =>
    expectEdit(
      'FROM a\nFROM c AS final\nCOPY --from=0 /x /z\nFROM b AS late\nFROM d\nCOPY --from=1 /y /y\n',
      (analysis, stage) =>
        reconnectSource(analysis, edgeOf(analysis, 'copy', '/z'), { kind: 'stage', stage: stage('late') }),
      'FROM a\nFROM b AS late\nFROM c AS final\nCOPY --from=late /x /z\nFROM d\nCOPY --from=2 /y /y\n',
      { edges: '- stage 0 -copy-> final /x /z\n+ late -copy-> final /x /z' },
    ))

  test('what cannot be is refused', () => {
    const text = 'FROM a\nFROM b AS two\nFROM two AS final\nRUN --mount=from=two,target=/m x\nADD x /y\n'
    expectRefusal(text, from('final', 'mount'), '`final` cannot copy from itself.')
    expectRefusal(
      text,
      from('stage 0', 'mount'),
      'A mount takes from a stage by its name only, and stage 0 has none of its own: name it first.',
    )
    expectRefusal(
      text,
      from('two', 'context'),
      'ADD takes nothing from stages or images: only COPY and RUN --mount do.',
    )
    expectRefusal(text, from('two', 'base'), '`final` is built FROM that: change its base instead.')
  })
})

describe('EDIT-26 the target end', () => {
  test('the line moves as it is to where a new one would stand', () =>
    expectEdit(
      `
      FROM a AS one
      FROM b AS two
      COPY --from=one --chmod=7 \\
        /x /z
      RUN y
      FROM c AS final
      RUN y
      CMD z
      `,
      to('final'),
      `
      FROM a AS one
      FROM b AS two
      RUN y
      FROM c AS final
      RUN y
      COPY --from=one --chmod=7 \\
        /x /z
      CMD z
      `,
      { edges: '- one -copy-> two /x /z\n+ one -copy-> final /x /z' },
    ))

  test('a copy of the build context, from the end of a file without a final line end', () =>
    expectEdit(
      'FROM a AS one\r\nCOPY p /p\r\nFROM c AS final\r\nADD x /z',
      to('one', 'context'),
      'FROM a AS one\r\nCOPY p /p\r\nADD x /z\r\nFROM c AS final',
      { edges: '- context: -context-> final x /z\n+ context: -context-> one x /z' },
    ))

  test('its source moves up where it stands below', () =>
    expectEdit(
      'FROM a AS one\nFROM b AS two\nFROM c AS final\nCOPY --from=1 /x /z\n',
      to('one'),
      'FROM b AS two\nFROM a AS one\nCOPY --from=0 /x /z\nFROM c AS final\n',
      { edges: '- two -copy-> final /x /z\n+ two -copy-> one /x /z' },
    ))

  test('its source moves up from the end of a file without a final line end', () =>
    expectEdit(
      'FROM a AS one\nFROM b AS two\nCOPY --from=2 /x /z\nFROM c AS three',
      to('one'),
      'FROM c AS three\nFROM a AS one\nCOPY --from=0 /x /z\nFROM b AS two\n',
      { edges: '- three -copy-> two /x /z\n+ three -copy-> one /x /z' },
    ))

  test('itself, mounts and triggers are refused', () => {
    const text =
      'FROM a AS one\nFROM b AS two\nRUN --mount=from=one,target=/m x\nONBUILD COPY --from=one /x /z\nFROM two AS final\n'
    expectRefusal(
      text,
      to('final', 'mount'),
      'A mount belongs to its command on line 3: write one into a RUN of `final` instead.',
    )
    expectRefusal(text, to('two'), 'Line 4 is a trigger of what `final` is built on: move it in the text.')
    expectRefusal('FROM a AS one\nFROM b\nCOPY --from=one /x /z\n', to('one'), '`one` cannot copy from itself.')
  })
})
