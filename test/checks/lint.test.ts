import { describe, expect, test } from 'vitest'
import { analyze, type BuildInputs, defaultInputs } from '../../shared/analysis.ts'
import { lintRules } from '../../shared/checks/lint/rules.ts'
import { readIgnoreFile } from '../../shared/files/ignore-pattern.ts'
import { unknownSurroundings } from '../../shared/surroundings.ts'
import { linuxAmd64 } from '../../shared/graph/platforms.ts'
import { dockerfile } from '../graph/expect-graph.ts'

const names = new Set(lintRules.map(({ rule }) => rule))

/** What BuildKit's rules find, as `line rule: message`, with the severity where it is not a warning. */
function lint(text: string, buildArgs: Readonly<Record<string, string>> = {}): string[] {
  return analyze(dockerfile(text), { ...defaultInputs, buildArgs })
    .findings.filter(({ rule }) => names.has(rule))
    .map(({ line, rule, message, severity }) => {
      const mark = severity === 'warning' ? '' : `${severity} `
      return `${line} ${mark}${rule}: ${message}`
    })
}

describe('LINT-01 names and casing', () => {
  test.each([
    ['FROM scratch AS Build', "1 StageNameCasing: Stage name 'Build' should be lowercase"],
    ['FROM scratch as build', "1 FromAsCasing: 'as' and 'FROM' keywords' casing do not match"],
    [
      'FROM scratch\ncopy a /a',
      "2 ConsistentInstructionCasing: Command 'copy' should match the case of the command majority (uppercase)",
    ],
    [
      'from scratch\ncopy a /a\nRUN x',
      "3 ConsistentInstructionCasing: Command 'RUN' should match the case of the command majority (lowercase)",
    ],
    [
      'FROM scratch AS a\nFROM scratch AS a',
      '2 DuplicateStageName: Duplicate stage name "a", stage names should be unique',
    ],
    [
      'FROM alpine AS scratch',
      '1 ReservedStageName: Stage name should not use the same name as reserved stage "scratch"',
    ],
  ])('%s', (text, expected) => expect(lint(text)).toEqual([expected]))

  test('arguments before the first FROM do not count', () => expect(lint('arg a=1\nFROM scratch')).toEqual([]))
})

describe('LINT-02 instructions', () => {
  test.each([
    [
      'FROM scratch\nCMD run',
      '2 JSONArgsRecommended: JSON arguments recommended for CMD to prevent unintended behavior related to OS signals',
    ],
    [
      'FROM scratch\nMAINTAINER me',
      '2 MaintainerDeprecated: Maintainer instruction is deprecated in favor of using label',
    ],
    ['FROM scratch\nRUN a \\\n\n  b', '4 NoEmptyContinuation: Empty continuation line'],
    ['FROM scratch\nRUN cat <<EOF \\\n\n  -\nx\nEOF', '4 NoEmptyContinuation: Empty continuation line'],
    [
      'FROM scratch\nWORKDIR app',
      '2 WorkdirRelativePath: Relative workdir "app" can have unexpected results if the base image changes',
    ],
    [
      'FROM scratch\nCMD ["a"]\nCMD ["b"]',
      '2 MultipleInstructionsDisallowed: Multiple CMD instructions should not be used in the same stage because only the last one will be used',
    ],
    [
      'FROM scratch\nENV a b',
      '2 LegacyKeyValueFormat: "ENV key=value" should be used instead of legacy "ENV key value" format',
    ],
    [
      'FROM scratch\nARG API_KEY',
      '2 SecretsUsedInArgOrEnv: Do not use ARG or ENV instructions for sensitive data (ARG "API_KEY")',
    ],
    [
      'FROM scratch\nEXPOSE 80/TCP',
      "2 ExposeProtoCasing: Defined protocol '80/TCP' in EXPOSE instruction should be lowercase",
    ],
    [
      'FROM scratch\nEXPOSE 80:80',
      "2 ExposeInvalidFormat: EXPOSE instruction should not define an IP address or host-port mapping, found '80:80'",
    ],
  ])('%s', (text, expected) => expect(lint(text)).toEqual([expected]))

  test.each([
    'FROM scratch AS a\nSHELL ["/s"]\nFROM a\nCMD run',
    'FROM scratch\nWORKDIR /a\nWORKDIR b',
    'FROM --platform=$BUILDPLATFORM scratch\nRUN a \\\n # remark\n  b',
    'FROM scratch\nARG PUBLIC_KEY\nENV TOKEN_FILE=/run/t KEYBOARD=us',
    'FROM scratch AS a\nCMD ["a"]\nFROM a\nCMD ["b"]',
  ])('nothing is said of %s', text => expect(lint(text)).toEqual([]))

  test('a trigger is told of at the FROM that sets it off', () =>
    expect(lint('FROM scratch AS a\nONBUILD ENV a b\nFROM a')).toEqual([
      '3 LegacyKeyValueFormat: "ENV key=value" should be used instead of legacy "ENV key value" format',
    ]))
})

describe('LINT-03 base images', () => {
  test.each([
    ['ARG TAG=1\nFROM alpine:1$TAGS', "2 UndefinedArgInFrom: FROM argument 'TAGS' is not declared"],
    [
      'FROM --platform=$TARGETPLATFORM scratch',
      '1 RedundantTargetPlatform: Setting platform to predefined $TARGETPLATFORM in FROM is redundant as this is the default behavior',
    ],
    [
      'FROM --platform=linux/arm64 scratch',
      '1 FromPlatformFlagConstDisallowed: FROM --platform flag should not use constant value "linux/arm64"',
    ],
  ])('%s', (text, expected) => expect(lint(text)[0]).toContain(expected))

  test('a default that names no image is told of even where the build gives a value', () =>
    expect(lint('ARG TAG\nFROM alpine:$TAG', { TAG: '3' })).toEqual([
      '2 InvalidDefaultArgInFrom: Default value for ARG alpine:$TAG results in empty or invalid base image name',
    ]))

  test('a stage may have a platform in its name', () =>
    expect(lint('FROM --platform=linux/aarch64 scratch AS tools-arm64')).toEqual([]))
})

describe('LINT-04 variables', () => {
  const undefinedVar = (name: string, rest = '') => `UndefinedVar: Usage of undefined variable '$${name}'${rest}`

  test('ARG and ENV define, an ARG before the first FROM only where it is taken up', () =>
    expect(
      lint('ARG A=1\nFROM scratch\nCOPY $A /1\nARG A\nARG B\nENV FIRST=$A SECOND=$FIRST\nCOPY $A $B $FIRST $SECOND /2'),
    ).toEqual([`3 ${undefinedVar('A')}`, `6 ${undefinedVar('FIRST')}`]))

  test('a stage has the variables of its base stage', () =>
    expect(lint('FROM scratch AS a\nENV HOME=/h\nFROM a\nWORKDIR $HOME\nFROM scratch\nUSER $HOME')).toEqual([
      `6 ${undefinedVar('HOME')}`,
    ]))

  test('a name close by is suggested', () =>
    expect(lint('FROM scratch\nENV PATH=$PAHT:/x')).toEqual([`2 ${undefinedVar('PAHT', ' (did you mean $PATH?)')}`]))

  test('what an image may set is a hint', () =>
    expect(lint('FROM alpine:3\nUSER $NAME')).toEqual([`2 hint ${undefinedVar('NAME')}`]))

  test('heredocs count where they are expanded, ports and commands do not', () =>
    expect(
      lint(
        'FROM scratch\nCOPY <<A <<"B" /x\n\'$IN\'\nA\n$OUT\nB\nEXPOSE $PORT\nRUN echo $X\nRUN --mount=target=/$M ls',
      ),
    ).toEqual([`2 ${undefinedVar('IN')}`, `9 ${undefinedVar('M')}`]))
})

describe('LINT-05 # check=', () => {
  test('skips rules in the whole file', () => {
    expect(lint('# check=skip=LegacyKeyValueFormat\nFROM scratch as a\nENV a b')).toHaveLength(1)
    expect(lint('# check=skip=all // remark\nFROM scratch as a\nENV a b')).toEqual([])
    expect(lint('#!/bin/x\n# check=skip=all\nFROM scratch as a')).toEqual([])
  })

  test('skips rules for the instruction below it', () =>
    expect(
      lint('FROM scratch\n# why\n# check=skip=LegacyKeyValueFormat\n\nENV a b\n  # check=skip=all\nENV c d'),
    ).toEqual([expect.stringMatching(/^7 LegacyKeyValueFormat/)]))

  test('makes errors of findings', () =>
    expect(lint('# check=error=true\nFROM scratch as a')).toEqual([expect.stringMatching(/^2 error FromAsCasing/)]))

  test('turns experiments on', () => {
    const text = 'FROM scratch\n# what it is\nARG a b'
    expect(lint(text)).toEqual([])
    expect(lint(`# check=experimental=InvalidDefinitionDescription\n${text}`)).toEqual([
      '4 InvalidDefinitionDescription: Comment for ARG should follow the format: `# <arg_key> <description>`',
    ])
  })

  test('is refused where it cannot be read', () =>
    expect(lint('# check=foo=bar\nFROM scratch')).toEqual([
      '1 error check-options: failed to parse check options: invalid check option "foo"',
    ]))
})

describe('LINT-06 COPY of what .dockerignore leaves out', () => {
  const found = (text: string, ignore: string) =>
    analyze(dockerfile(text))
      .within({ ...unknownSurroundings, ignored: readIgnoreFile(ignore) })
      .diagnostics.flatMap(({ rule, line, message }) => (rule === 'CopyIgnoredFile' ? [`${line} ${message}`] : []))

  test('is told of with the path as it is looked up', () =>
    expect(found('FROM scratch\nARG D=tmp\nADD ./$D/x a /to/', 'tmp')).toEqual([
      '3 Attempting to Add file "tmp/x" that is excluded by .dockerignore',
    ]))

  test('is not told of other stages, of addresses, nor where paths are taken back', () => {
    expect(found('FROM scratch AS a\nFROM scratch\nCOPY --from=a tmp /\nADD https://a.b/tmp /', 'tmp\n**/tmp')).toEqual(
      [],
    )
    expect(found('FROM scratch\nCOPY tmp /', 'tmp\n!tmp/keep')).toEqual([])
  })
})

describe('what the engine’s images tell', () => {
  const image = { platform: 'linux/amd64', environment: [], triggers: [], workingDirectory: '', user: '' }
  const found = (text: string, images: BuildInputs['images'], inputs: Partial<BuildInputs> = {}) =>
    analyze(dockerfile(text), { ...defaultInputs, ...inputs, images })
      .diagnostics.filter(({ rule }) => names.has(rule))
      .map(({ line, severity, message }) => `${line} ${severity} ${message}`)
  const go = { ...image, environment: ['GO_HOME=/go', 'EMPTY=', 'PATH=/bin'] }

  test('a variable that the image sets is none to warn of, another is BuildKit’s own warning', () =>
    expect(found('FROM go\nWORKDIR $GO_HOME/src\nCOPY $EMPTY a $OTHER/\nENV P=$PATH', { go })).toEqual([
      "3 warning Usage of undefined variable '$OTHER'",
    ]))

  test('an image that the engine does not hold leaves it at a hint', () =>
    expect(found('FROM go\nCOPY a $OTHER/', { rust: go })).toEqual(["2 hint Usage of undefined variable '$OTHER'"]))

  test('stages on stages on the image know its variables, others do not', () =>
    expect(found('FROM go AS a\nFROM a\nCOPY a $GO_HOME/\nFROM scratch\nCOPY a $GO_HOME/', { go })).toEqual([
      "5 warning Usage of undefined variable '$GO_HOME'",
    ]))

  test('a value that the image sets is what is expanded', () =>
    expect(found('FROM go\nWORKDIR $GO_HOME', { go: { ...go, environment: ['GO_HOME=go'] } })).toEqual([
      '2 warning Relative workdir "go" can have unexpected results if the base image changes',
    ]))

  test('one for another processor than the engine’s is doubted, and nothing else is taken from it', () =>
    expect(found('FROM go\nCOPY a $GO_HOME/', { go: { ...go, platform: 'linux/arm64/v8' } })).toEqual([
      '1 hint Base image go was pulled with platform "linux/arm64", expected "linux/amd64" for current build',
      "2 hint Usage of undefined variable '$GO_HOME'",
    ]))

  test('what the engine holds tells nothing of a build for another platform', () => {
    expect(found('FROM --platform=linux/arm64 go AS arm64', { go })).toEqual([])
    expect(found('FROM go', { go }, { targetPlatform: { ...linuxAmd64, architecture: 'arm64' } })).toEqual([])
  })

  test('triggers of the image run first in the stages that stand on it, and are told of at their FROM', () => {
    const triggers = ['ARG VERSION=1', 'ENV APP=/app', 'WORKDIR $APP', 'COPY . $ABSENT', 'CMD run']
    const text = 'FROM go AS a\nCOPY $VERSION $APP/\nFROM a\nCOPY b $APP/'
    expect(found(text, { go: { ...image, triggers } })).toEqual([
      '1 warning JSON arguments recommended for CMD to prevent unintended behavior related to OS signals',
      "1 warning Usage of undefined variable '$ABSENT'",
    ])
  })
})
