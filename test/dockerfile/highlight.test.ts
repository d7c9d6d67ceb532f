import { expect, test } from 'vitest'
import { highlightSpans } from '../../shared/dockerfile/highlight.ts'
import { parseDockerfile } from '../../shared/dockerfile/parse.ts'

function highlighted(text: string): string[] {
  const file = parseDockerfile(text)
  return highlightSpans(file, 0, text.length).map(({ kind, from, to }) => `${kind} ${text.slice(from, to)}`)
}

test('FROM with its parts', () =>
  expect(highlighted('# escape=\\\n# Why\nFROM --platform=$BUILDPLATFORM node:${V} AS web')).toEqual([
    'directive # escape=\\',
    'comment # Why',
    'keyword FROM',
    'flag --platform=',
    'variable $BUILDPLATFORM',
    'image node:',
    'variable ${V}',
    'as-keyword AS',
    'stage-name web',
  ]))

test('continuations, comments within and strings', () =>
  expect(highlighted("RUN echo \"a $b\" \\\n  # note\n  && echo '$c' it's")).toEqual([
    'keyword RUN',
    'string "a ',
    'variable $b',
    'string "',
    'continuation \\',
    'comment # note',
    "string '$c'",
  ]))

test('stages in COPY --from and in mounts', () =>
  expect(highlighted('COPY --from=deps /a /b\nRUN --mount=type=bind,from=deps,target=/x ls')).toEqual([
    'keyword COPY',
    'flag --from=',
    'stage-name deps',
    'keyword RUN',
    'flag --mount=',
    'flag-value type=bind,from=',
    'stage-name deps',
    'flag-value ,target=/x',
  ]))

test('heredocs, keys, triggers and what is no instruction', () =>
  expect(highlighted('ENV A=1\nRUN <<EOF\necho $x\nEOF\nONBUILD CMD ["a"]\nCOPPY x')).toEqual([
    'keyword ENV',
    'key A',
    'keyword RUN',
    'heredoc-delimiter <<EOF',
    'heredoc-body echo $x\n',
    'heredoc-delimiter EOF',
    'keyword ONBUILD',
    'keyword CMD',
    'string "a"',
    'unknown-keyword COPPY',
  ]))
