import fc from 'fast-check'

/** Steps in upper case; `|` is a continuation. */
const steps = [
  'COPY --from=a /out /app',
  'COPY --from=0 /out /app',
  'COPY --from=nginx /x |\n    /y /etc/',
  'COPY . .',
  'COPY --chown=0:0 |\n    # why\n    a b /srv/',
  'ADD one /two',
  'RUN make',
  'RUN --mount=type=bind,from=a,target=/m |\n    --mount=type=cache,target=/c |\n    make',
  'RUN a && |\n    b',
  'RUN <<EOF\nbody\nEOF',
  'ENV A=1 B=2',
  'LABEL a=1 |\n      b=2',
  'ARG TAG=1',
  'COPY --from=tool:${TAG:-1} /x /y',
  'COPY --from=tool:$TAG /x /z',
  'EXPOSE 80',
  'CMD ["/app"]',
  'ONBUILD COPY --from=b /x /y',
] as const

/** Dockerfiles that one hand wrote: the same case, indentation, line ends, continuations and blank lines throughout. */
export function handwrittenText(): fc.Arbitrary<string> {
  const stage = fc.record({
    comment: fc.constantFrom('', '', '# a stage\n', '# one\n# two\n'),
    base: fc.constantFrom('alpine', 'golang:1.22', 'scratch', 'a', 'b', '$BASE'),
    name: fc.constantFrom('', '', ' AS a', ' AS a', ' AS b', ' AS c', ' AS d'),
    steps: fc.array(fc.tuple(fc.constantFrom('', '', '# why\n'), fc.constantFrom(...steps)), {
      minLength: 0,
      maxLength: 5,
    }),
  })
  return fc
    .record({
      stages: fc.array(stage, { minLength: 3, maxLength: 5 }),
      global: fc.boolean(),
      keywordCase: fc.constantFrom('upper', 'lower'),
      asCase: fc.constantFrom('upper', 'lower'),
      stageIndentation: fc.constantFrom('', '', '  '),
      stepIndentation: fc.constantFrom('', '', '  ', '\t'),
      between: fc.constantFrom('', '\n', '\n\n'),
      gap: fc.constantFrom('', '', '\n'),
      escape: fc.constantFrom('\\', '\\', '`'),
      lineEnd: fc.constantFrom('\n', '\r\n'),
      finalLineEnd: fc.boolean(),
    })
    .map(hand => {
      const cased = (text: string) => (hand.keywordCase === 'upper' ? text : withLowerKeyword(text))
      const step = ([comment, text]: readonly [string, string]) =>
        withIndentation(comment + cased(text.replaceAll('|', hand.escape)), hand.stepIndentation)
      const stages = hand.stages.map(({ comment, base, name, steps }) => {
        const from = cased(`FROM ${base}`) + (hand.asCase === 'upper' ? name : name.replace('AS', 'as'))
        return [comment + hand.stageIndentation + from, ...steps.map(step)].join(`\n${hand.gap}`)
      })
      const head =
        (hand.escape === '`' ? '# escape=`\n' : '') +
        (hand.global ? `${hand.stageIndentation}${cased('ARG BASE=debian')}\n\n` : '')
      const text = head + stages.join(`\n${hand.gap}${hand.between}`) + (hand.finalLineEnd ? '\n' : '')
      return text.replaceAll('\n', hand.lineEnd)
    })
}

/** Of the instruction and the trigger in it. */
function withLowerKeyword(text: string): string {
  const space = text.indexOf(' ')
  const rest = text.slice(space)
  return text.slice(0, space).toLowerCase() + (text.startsWith('ONBUILD') ? rest.replace('COPY', 'copy') : rest)
}

/** Heredocs are left as they are: their delimiters stand at the start of a line. */
function withIndentation(text: string, indentation: string): string {
  const comment = text.startsWith('# why\n') ? '# why\n' : ''
  return comment + indentation + text.slice(comment.length)
}
