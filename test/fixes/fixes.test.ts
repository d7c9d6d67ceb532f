import { describe, expect, test } from 'vitest'
import { analyze } from '../../shared/analysis.ts'
import { fixesFor, ignoresFor } from '../../shared/fixes/fixes-for.ts'
import { applyEdits } from '../../shared/text/text-edit.ts'

type Offered = typeof fixesFor

/** Rule, title, text, and what is replaced in it. */
type Row = [rule: string, title: string, text: string, ...changes: [from: string, to: string][]]

/** The text after the first finding of a rule was fixed in the way that a title names. */
function fixed(text: string, rule: string, title: string, offered: Offered): string {
  const analysis = analyze(text)
  const diagnostic = analysis.diagnostics.find(each => each.rule === rule)
  if (diagnostic === undefined) throw new Error(`${rule} is not found.`)
  const fixes = offered(analysis, diagnostic)
  const fix = fixes.find(each => each.title === title)
  if (fix === undefined) throw new Error(`Offered: ${fixes.map(each => each.title).join(', ')}.`)
  const outcome = fix.outcome()
  if (outcome.kind === 'refused') throw new Error(outcome.reason)
  return applyEdits(text, outcome.edits)
}

const build = 'FROM alpine:3 AS build\nRUN make\n'

describe('a fix writes its own tokens', () => {
  test.each<Row>([
    ['unknown-stage', 'Take from build', `${build}FROM scratch\nCOPY --from=biuld /a /a`, ['=biuld', '=build']],
    ['unknown-stage', 'Build on tools', 'FROM alpine:3 AS tools\nFROM tooks', ['FROM tooks', 'FROM tools']],
    [
      'unknown-stage',
      'Take from build',
      `${build}RUN ls\nFROM build\nRUN --mount=from=0,target=/a ls`,
      ['from=0', 'from=build'],
    ],
    ['index-instead-of-name', 'Write build', `${build}FROM scratch\nCOPY --from=0 /a /a`, ['=0', '=build']],
    ['self-copy', 'Delete the line', `${build}COPY --from=build /a /b\nRUN ls`, ['COPY --from=build /a /b\n', '']],
    ['self-copy', 'Take from build', `${build}FROM build AS b\nCOPY --from=b /a /b`, ['=b ', '=build ']],
    [
      'copy-from-ancestor',
      'Delete the line',
      `${build}FROM build\nCOPY --from=build /a /a\nRUN x`,
      ['COPY --from=build /a /a\n', ''],
    ],
    ['duplicate-destination', 'Delete line 2', 'FROM alpine:3\nCOPY a.c /b.c\nCOPY d.c /b.c', ['COPY a.c /b.c\n', '']],
    ['unknown-instruction', 'Write WORKDIR', 'FROM alpine:3\nWRKDIR /a', ['WRKDIR', 'WORKDIR']],
    ['invalid-flag', 'Write from', `${build}FROM alpine:3\nCOPY --form=build /a /b`, ['--form', '--from']],
    [
      'root-owned-copy',
      'Give it to app:staff',
      'FROM alpine:3\nUSER app:staff\nCOPY --link a /b/',
      ['--link', '--link --chown=app:staff'],
    ],
    [
      'StageNameCasing',
      'Rename to build',
      'FROM alpine:3 AS Build\nFROM scratch\nCOPY --from=Build /a /a',
      ['AS Build', 'AS build'],
      ['=Build', '=build'],
    ],
    ['DuplicateStageName', 'Rename to a-2', 'FROM alpine:3 AS a\nFROM alpine:3.1 AS a', ['3.1 AS a', '3.1 AS a-2']],
    ['FromAsCasing', 'Write AS', 'FROM alpine:3 as a', [' as ', ' AS ']],
    ['ConsistentInstructionCasing', 'Write RUN', 'FROM alpine:3\nrun ls\nRUN ls', ['run', 'RUN']],
    [
      'NoEmptyContinuation',
      'Delete the empty line',
      'FROM alpine:3\nRUN a \\\r\n\r\n  b\r\n',
      ['\\\r\n\r\n', '\\\r\n'],
    ],
    [
      'JSONArgsRecommended',
      'Write as JSON',
      'FROM alpine:3\nCMD app --name "a b"  c',
      ['app --name "a b"  c', '["app", "--name", "a b", "c"]'],
    ],
    [
      'JSONArgsRecommended',
      'Write the shell out',
      'FROM alpine:3\nCMD app "$A" && b',
      ['app "$A" && b', '["/bin/sh", "-c", "app \\"$A\\" && b"]'],
    ],
    ['JSONArgsRecommended', 'Write as JSON', "FROM alpine:3\nCMD ['a', 'b']", ["['a', 'b']", '["a", "b"]']],
    ['LegacyKeyValueFormat', 'Write with =', 'FROM alpine:3\nENV  A  b  c', ['A  b  c', 'A="b  c"']],
    ['LegacyKeyValueFormat', 'Write with =', 'FROM alpine:3\nENV A \\\n  "b c"', ['A \\\n  "', 'A="']],
    [
      'MaintainerDeprecated',
      'Write as LABEL',
      'FROM alpine:3\nmaintainer "A" <a@b.c>',
      ['maintainer "A" <a@b.c>', 'label org.opencontainers.image.authors="A <a@b.c>"'],
    ],
    ['WorkdirRelativePath', 'Write /app/web', 'FROM alpine:3\nWORKDIR ./app/web', ['./app/web', '/app/web']],
    ['MultipleInstructionsDisallowed', 'Delete line 2', 'FROM alpine:3\nCMD ["a"]\nCMD ["b"]', ['CMD ["a"]\n', '']],
    [
      'RedundantTargetPlatform',
      'Take --platform away',
      'FROM --platform=$TARGETPLATFORM alpine:3',
      ['--platform=$TARGETPLATFORM ', ''],
    ],
    ['ExposeProtoCasing', 'Write 80/tcp', 'FROM alpine:3\nEXPOSE 80/TCP', ['TCP', 'tcp']],
    ['ExposeInvalidFormat', 'Write 90/tcp', 'FROM alpine:3\nEXPOSE 127.0.0.1:80:90/tcp', ['127.0.0.1:80:', '']],
    ['UndefinedVar', 'Write $NAME', 'FROM scratch\nENV NAME=a\nCOPY $NAM ${NAM}/b', ['$NAM ', '$NAME ']],
    ['UndefinedArgInFrom', 'Write $BASE', 'ARG BASE=alpine:3\nFROM ${BSE:-a}', ['{BSE', '{BASE']],
    [
      'variable-in-from',
      'Make a stage of it',
      'ARG X=busybox:1\nFROM alpine:3\nCOPY --from=$X /a /a',
      ['X=busybox:1\n', 'X=busybox:1\nFROM $X AS x\n\n'],
      ['=$X', '=x'],
    ],
  ])('%s: %s', (rule, title, text, ...changes) =>
    expect(fixed(text, rule, title, fixesFor)).toBe(
      changes.reduce((all, [from, to]) => all.replace(from, () => to), text),
    ),
  )

  test('a stage without a name gets one, and every COPY that counted to it says it', () => {
    const text = 'FROM alpine:3\nRUN make\nFROM scratch\nCOPY --from=0 /a /a\nCOPY --from=0 /b /b'
    expect(fixed(text, 'index-instead-of-name', 'Name it build', fixesFor)).toBe(
      'FROM alpine:3 AS build\nRUN make\nFROM scratch\nCOPY --from=build /a /a\nCOPY --from=build /b /b',
    )
  })

  test('a later stage moves above the COPY or the FROM that needs it', () => {
    const later = 'FROM alpine:3 AS a\nRUN x\n\nFROM scratch AS b\n'
    expect(fixed(`FROM debian:1\nCOPY --from=a /a /a\n\n${later}`, 'forward-reference', 'Move a up', fixesFor)).toBe(
      'FROM alpine:3 AS a\nRUN x\n\nFROM debian:1\nCOPY --from=a /a /a\n\nFROM scratch AS b\n',
    )
    expect(fixed(`FROM a\nRUN y\n\n${later}`, 'forward-reference', 'Move a up', fixesFor)).toBe(
      'FROM alpine:3 AS a\nRUN x\n\nFROM a\nRUN y\n\nFROM scratch AS b\n',
    )
  })
})

describe('no fix that would change what is meant', () => {
  test.each([
    ['JSONArgsRecommended', 'FROM alpine:3\nCMD a \\\n  # why\n  b'],
    ['LegacyKeyValueFormat', 'FROM alpine:3\nENV A b "c d" e'],
    ['MaintainerDeprecated', 'FROM alpine:3\nMAINTAINER $ME'],
    ['WorkdirRelativePath', 'FROM scratch\nENV A=a\nWORKDIR $A/b'],
    ['moving-tag', 'FROM alpine'],
  ])('%s', (rule, text) => {
    const analysis = analyze(text)
    expect(analysis.diagnostics.filter(each => each.rule === rule).flatMap(each => fixesFor(analysis, each))).toEqual(
      [],
    )
  })
})

describe('ignoring is BuildKit’s own comment', () => {
  const here = 'Ignore on line 3'
  const file = 'Ignore in this file'
  test.each([
    ['at the top', file, 'FROM alpine:3 as a\n', '# check=skip=FromAsCasing\nFROM alpine:3 as a\n'],
    [
      'below other directives',
      file,
      '\uFEFF# escape=`\r\nFROM alpine:3 as a\r\n',
      '\uFEFF# escape=`\r\n# check=skip=FromAsCasing\r\nFROM alpine:3 as a\r\n',
    ],
    [
      'in the directive that is there',
      file,
      '# check=skip=UndefinedVar;error=true as agreed\nFROM alpine:3 as a\n',
      '# check=skip=UndefinedVar,FromAsCasing;error=true as agreed\nFROM alpine:3 as a\n',
    ],
    [
      'in a directive without skip',
      file,
      '# check=error=true\nFROM alpine:3 as a\n',
      '# check=error=true;skip=FromAsCasing\nFROM alpine:3 as a\n',
    ],
    [
      'above the instruction',
      here,
      'ARG A\n\nFROM alpine:3 as a\n',
      'ARG A\n\n# check=skip=FromAsCasing\nFROM alpine:3 as a\n',
    ],
    [
      'above its comments',
      here,
      'ARG A\n# a is small\nFROM alpine:3 as a\n',
      'ARG A\n# check=skip=FromAsCasing\n# a is small\nFROM alpine:3 as a\n',
    ],
    [
      'in the comment that is there',
      here,
      'ARG A\n# check=skip=StageNameCasing\nFROM alpine:3 as A\n',
      'ARG A\n# check=skip=StageNameCasing,FromAsCasing\nFROM alpine:3 as A\n',
    ],
  ])('%s', (_, title, text, after) => expect(fixed(text, 'FromAsCasing', title, ignoresFor)).toBe(after))

  test('for what is an error there is none, and none for a line that would speak for all', () => {
    const titles = (text: string) => {
      const analysis = analyze(text)
      return analysis.diagnostics.flatMap(each => ignoresFor(analysis, each).map(({ title }) => title))
    }
    expect(titles('FROM alpine:3\nCOPPY a b')).toEqual([])
    expect(titles('FROM alpine:3 as a')).toEqual([file])
  })
})
