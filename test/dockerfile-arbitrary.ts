import fc from 'fast-check'

/**
 * Small Dockerfiles as people write them, and some as nobody should: names in any case and twice, numbers in and out of
 * range, continuations, comments, heredocs, triggers, tabs, blank lines, carriage returns, a byte order mark, no final
 * line end. Most have no error; all are read by Slipway.
 */
export function dockerfileText(): fc.Arbitrary<string> {
  return fc
    .record({
      head: fc.constantFrom('', '', '# syntax=docker/dockerfile:1\n', '# the file\n\n', 'ARG BASE=alpine\n', '\n'),
      stages: fc.array(stageText(), { minLength: 1, maxLength: 5 }),
      blankLines: fc.constantFrom('', '\n', '\n', '\n\n'),
      lower: fc.boolean(),
      windows: fc.boolean(),
      finalLineEnd: fc.boolean(),
      byteOrderMark: fc.integer({ min: 0, max: 9 }).map(number => number === 0),
    })
    .map(({ head, stages, blankLines, lower, windows, finalLineEnd, byteOrderMark }) => {
      const text = head + stages.map(stage => withKeywords(stage, lower)).join(blankLines)
      const ended = finalLineEnd ? text : text.trimEnd()
      return (byteOrderMark ? '\uFEFF' : '') + (windows ? ended.replaceAll('\n', '\r\n') : ended)
    })
}

const stageNames = ['a', 'b', 'c', 'd'] as const

function stageText(): fc.Arbitrary<readonly string[]> {
  const base = fc.constantFrom('alpine', 'golang:1.22', 'scratch', 'a', 'b', 'c', '${BASE:-debian}', 'busybox')
  const name = fc.constantFrom('', '', ' {AS} a', ' {AS} b', ' {AS} c', ' {AS} D', ' {AS} e', ' {AS} f')
  const from = fc
    .record({
      comment: fc.constantFrom('', '', '# a stage\n', '# one\n# two\n', '# apart\n\n'),
      platform: fc.constantFrom('', '', '', '--platform=linux/amd64 '),
      base,
      name,
    })
    .map(parts => `${parts.comment}{FROM} ${parts.platform}${parts.base}${parts.name}\n`)
  return fc.tuple(from, fc.array(stepText(), { maxLength: 5 })).map(([first, steps]) => [first, ...steps])
}

function stepText(): fc.Arbitrary<string> {
  const source = fc.constantFrom(...stageNames, 'A', 'e', 'f', '0', '1', '2', '7', 'nginx', 'docker.io/library/redis:7')
  const path = fc.constantFrom('/app', '/out/bin', '/src', '.', '/etc/x', '/srv/')
  const indentation = fc.constantFrom('', '', '', '  ', '\t')
  const step = fc.oneof(
    fc.tuple(source, path, path).map(([from, one, other]) => `{COPY} --from=${from} ${one} ${other}\n`),
    fc.tuple(source, path).map(([from, to]) => `{COPY} --chown=0:0 \\\n  # why\n  --from=${from} \\\n\n  /x ${to}\n`),
    fc.tuple(path, path).map(([one, other]) => `{COPY} ${one} ${other}\n`),
    fc.tuple(source, path).map(([from, to]) => `{COPY} --from=${from} /p \\\n  /q ${to}/\n`),
    fc.constantFrom('{COPY} ["a b", "c", "/d/"]\n', '{ARG} TAG=1\n{COPY} --from=tool:${TAG} /x /y\n'),
    fc.tuple(source, path).map(([from, to]) => `{RUN} --mount=type=bind,from=${from},target=/m${to} make\n`),
    fc
      .tuple(source, source)
      .map(([one, other]) => `{RUN} --mount=from=${one},target=/m \\\n --mount="target=/n,from=${other}" \\\n make\n`),
    fc.tuple(source, path).map(([from, to]) => `{ONBUILD} {COPY} --from=${from} /x ${to}\n`),
    fc.constantFrom(
      '{RUN} apk add curl\n',
      '{RUN} <<EOF\nFROM nothing\n# no comment\nEOF\n',
      '{COPY} <<-one <<two /etc/\n\tbody\n\tone\nbody \\\ntwo\n',
      '{RUN} a && \\\n# note\n    b\n',
      '{WORKDIR} /app\n',
      '{ENV} A=1 B="x y"\n',
      '{EXPOSE} 80\n',
      '{USER} nobody\n',
      '{CMD} ["/app", "-v"]\n',
      '{ENTRYPOINT} /app\n',
      '{ONBUILD} {RUN} make\n',
    ),
    fc.constantFrom('# a remark\n', '\n', '# apart\n\n'),
  )
  return fc.tuple(indentation, step).map(([space, text]) => (text.startsWith('\n') ? text : space + text))
}

function withKeywords(parts: readonly string[], lower: boolean): string {
  let text = parts.join('')
  for (const keyword of [
    'FROM',
    'AS',
    'ARG',
    'COPY',
    'RUN',
    'ONBUILD',
    'WORKDIR',
    'ENV',
    'EXPOSE',
    'USER',
    'CMD',
    'ENTRYPOINT',
  ])
    text = text.replaceAll(`{${keyword}}`, lower ? keyword.toLowerCase() : keyword)
  return text
}
