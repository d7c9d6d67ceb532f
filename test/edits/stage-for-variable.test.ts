import { test } from 'vitest'
import { stageForVariable } from '../../shared/edits/stage-for-variable.ts'
import { edgeOf } from './edges.ts'
import { expectEdit, expectRefusal, type Gesture } from './expect-edit.ts'

const make =
  (name: string | null = null): Gesture =>
  analysis =>
    stageForVariable(analysis, edgeOf(analysis, 'copy', '/y'), name)

test('EDIT-37 a stage takes the variable, which FROM expands', () =>
  expectEdit(
    'ARG TAG=1\n\nFROM a AS one\nCOPY --from=tools/uv:${TAG} /x /y\n',
    make(),
    'ARG TAG=1\n\nFROM tools/uv:${TAG} AS uv\n\nFROM a AS one\nCOPY --from=uv /x /y\n',
    {
      edges: `
        + image:tools/uv:1 -base-> uv
        + uv -copy-> one /x /y
        - unresolved -copy-> one /x /y
      `,
    },
  ))

test('EDIT-37 a variable of the stage alone is declared for all', () => {
  expectEdit(
    'from a as one\r\narg BASE="b:1"\r\ncopy --from=$BASE /x /y\r\n',
    make('tools'),
    'arg BASE="b:1"\r\n\r\nfrom $BASE as tools\r\n\r\nfrom a as one\r\narg BASE="b:1"\r\ncopy --from=tools /x /y\r\n',
    {
      edges: `
        + image:b:1 -base-> tools
        + tools -copy-> one /x /y
        - unresolved -copy-> one /x /y
      `,
    },
  )
  expectEdit(
    '# syntax=x\nARG A=1\n# one\nFROM a AS one\nARG B=2\nCOPY --from=i:$A-$B /x /y\n',
    make(),
    '# syntax=x\nARG A=1\nARG B=2\nFROM i:$A-$B AS i\n\n# one\nFROM a AS one\nARG B=2\nCOPY --from=i /x /y\n',
    {
      edges: `
        + i -copy-> one /x /y
        + image:i:1-2 -base-> i
        - unresolved -copy-> one /x /y
      `,
    },
  )
})

test.each([
  ['${X:-b}', 'ARG X=b', 'b'],
  ['${X-b:1}', 'ARG X=b:1', 'b:1'],
  ['${X:-${Y:-b}}', 'ARG Y=b\nARG X=${Y:-b}', 'b'],
  ['b${X:+-debug}', 'ARG X', 'b'],
  ['b:${TARGETARCH:-x}', '', 'b:amd64'],
])('the default written in %s is the ARG’s', (written, declared, base) => {
  const head = declared === '' ? '' : `${declared}\n\n`
  return expectEdit(
    `FROM a AS one\nCOPY --from=${written} /x /y\n`,
    make('tools'),
    `${head}FROM ${written} AS tools\n\nFROM a AS one\nCOPY --from=tools /x /y\n`,
    {
      edges: `
        + image:${base} -base-> tools
        + tools -copy-> one /x /y
        - unresolved -copy-> one /x /y
      `,
    },
  )
})

test('a default that stands in the file stays what it is', () => {
  const edges = `
    + image:c -base-> tools
    + tools -copy-> one /x /y
    - unresolved -copy-> one /x /y
  `
  expectEdit(
    'ARG X=c\n\nFROM a AS one\nCOPY --from=${X:-b} /x /y\n',
    make('tools'),
    'ARG X=c\n\nFROM ${X:-b} AS tools\n\nFROM a AS one\nCOPY --from=tools /x /y\n',
    { edges },
  )
  expectEdit(
    'FROM a AS one\nARG X=c\nCOPY --from=${X:-b} /x /y\n',
    make('tools'),
    'ARG X=c\n\nFROM ${X:-b} AS tools\n\nFROM a AS one\nARG X=c\nCOPY --from=tools /x /y\n',
    { edges },
  )
})

test('a variable that nobody declares, and what is none', () => {
  expectRefusal(
    'FROM a\nCOPY --from=$X /x /y\n',
    make(),
    '`X` is declared nowhere: write `ARG X=…` above the first FROM first.',
  )
  expectRefusal(
    'FROM a\nCOPY --from=${X:?no} /x /y\n',
    make(),
    '`X` is declared nowhere: write `ARG X=…` above the first FROM first.',
  )
  expectRefusal('FROM a\nCOPY --from=b /x /y\n', make(), 'Line 2 takes from no variable.')
})
