import { describe, expect, test } from 'vitest'
import { analyze } from '../../shared/analysis.ts'

/** Findings of a stage on alpine with one instruction in it, as `severity rule: message`. */
function refusal(instruction: string): string[] {
  return analyze(`FROM alpine AS base\n${instruction}\n`).diagnostics.map(
    ({ severity, rule, message }) => `${severity} ${rule}: ${message}`,
  )
}

describe('ERR-01 what BuildKit refuses, in its words', () => {
  test.each([
    ['COPPY a b', 'unknown-instruction: unknown instruction: COPPY (did you mean COPY?)'],
    ['coppy a b', 'unknown-instruction: unknown instruction: coppy (did you mean copy?)'],
    ['XYZZY', 'unknown-instruction: unknown instruction: XYZZY'],
    ['FROM a b', 'argument-count: FROM requires either one or three arguments'],
    ['WORKDIR', 'argument-count: WORKDIR requires exactly one argument'],
    ['SHELL /bin/sh', 'argument-count: SHELL requires the arguments to be in JSON form'],
    ['ARG =x', 'argument-count: ARG names can not be blank'],
    ['COPY --form=base a b', 'invalid-flag: unknown flag: --form (did you mean from?)'],
    ['COPY --link=maybe a b', 'invalid-flag: expecting boolean value for flag --link, not: maybe'],
    ['RUN --network=bridge ls', 'invalid-flag: invalid network mode "bridge"'],
    ['CMD --x a', 'invalid-flag: unknown flag: --x'],
    [
      'FROM a AS 1st',
      'invalid-stage-name: invalid name for build stage: "1st", name can\'t start with a number or contain symbols',
    ],
    ['ONBUILD FROM x', "onbuild-trigger: FROM isn't allowed as an ONBUILD trigger"],
    ['HEALTHCHECK --interval=5 CMD x', 'healthcheck: time: missing unit in duration "5"'],
    ['HEALTHCHECK --interval=1us CMD x', 'healthcheck: Interval "interval" cannot be less than 1ms'],
    ['HEALTHCHECK --retries=-1 CMD x', 'healthcheck: --retries cannot be negative (-1)'],
    ['COPY ${} /x', 'bad-substitution: failed to process "${}": syntax error: bad substitution'],
    ['COPY https://example.com/x /y', "copy-source: source can't be a URL for COPY"],
    ['ADD --checksum=sha256:0 x /y', 'copy-source: checksum requires HTTP(S) or Git sources'],
    [
      'COPY --chmod=99999 x /y',
      "copy-source: invalid chmod parameter: '99999'. it should be octal string and between 0 and 07777",
    ],
    ['RUN --mount=typ=cache ls', "mount-options: unexpected key 'typ' in 'typ=cache' (did you mean type?)"],
    ['RUN --mount=type=bnd,target=/x ls', 'mount-options: unsupported mount type "bnd" (did you mean bind?)'],
    ['RUN --mount=target=/x,required ls', "mount-options: unexpected key 'required' for mount type 'bind'"],
    ['RUN --mount=type=cache,target=/x,source ls', "mount-options: invalid field 'source' must be a key=value pair"],
    ['RUN --mount=type=cache,target=/ ls', 'mount-options: invalid mount target "/"'],
    ['EXPOSE 99999', 'ports-and-signals: invalid containerPort: 99999'],
    ['EXPOSE 80/foo', 'ports-and-signals: invalid port: "80/foo": invalid proto: foo'],
    ['STOPSIGNAL FOO', 'ports-and-signals: invalid signal: FOO'],
  ])('%s', (instruction, expected) => expect(refusal(instruction)).toContain(`error ${expected}`))
})

describe('ERR-02 what BuildKit takes', () => {
  test.each([
    'HEALTHCHECK --interval=1m30s --retries=3 CMD ["a"]',
    'HEALTHCHECK --nonsense NONE',
    'COPY --chmod=u=rwX,go=rX --link --exclude=a --exclude=b x /y',
    'COPY <<EOF /x\n"unclosed ${\nEOF',
    'ADD --checksum=$SUM $SOURCE /y',
    'RUN --mount=type=secret,id=t,env=T,required --mount=type=tmpfs,target=/t,size=1g ls',
    'RUN --mount=type=$TYPE,target=/x,size=1g ls',
    'EXPOSE 80 8000-8010/UDP $PORT',
    'STOPSIGNAL sigrtmin+3',
    'STOPSIGNAL 9',
    'LABEL a="b c" \'d\'=e',
    'SHELL ["/bin/bash", "-c"]',
    'USER a b',
    'ARG --ignored x',
  ])('%s', instruction => expect(refusal(instruction).filter(found => found.startsWith('error'))).toEqual([]))
})

describe('how much a refusal weighs', () => {
  test('ERR-03 a mount of a stage that is not built is a warning', () =>
    expect(
      analyze('FROM a:1 AS x\nRUN --mount=type=bnd ls\nFROM b:1\n').diagnostics.map(({ severity, stage }) => [
        severity,
        stage,
      ]),
    ).toEqual([['warning', 'x']]))

  test('ERR-03 a bad trigger is a warning until a stage is built on it', () => {
    const base = 'FROM a:1 AS base\nONBUILD COPPY x y\n'
    const severities = (text: string): string[] => analyze(text).diagnostics.map(({ severity }) => severity)
    expect(severities(base)).toEqual(['warning'])
    expect(severities(`${base}FROM base\n`)).toEqual(['error'])
  })

  test('ERR-04 before the first FROM only ARG may stand', () => {
    const messages = (text: string): string[] => analyze(text).diagnostics.map(({ message }) => message)
    expect(messages('ARG a\nRUN ls\nFROM a:1\n')).toEqual(['no build stage in current context'])
    expect(messages('ARG a\n')).toEqual(['dockerfile contains no stages to build'])
  })
})
