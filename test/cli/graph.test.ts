import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { referenceFolder } from '../parity/reference.ts'
import { slipway } from './command-line.ts'

const twoStages = `FROM golang:1.22 AS Build
COPY . /src
RUN make
FROM scratch
COPY --from=build /out/app /app
`

test('graph prints stages, edges and diagnostics as JSON', async () => {
  const { status, stdout, stderr } = await slipway(['graph', 'Dockerfile'], { Dockerfile: twoStages })
  expect([status, stderr]).toEqual([0, ''])
  expect(JSON.parse(stdout)).toMatchObject({
    target: 1,
    stages: [
      { index: 0, name: 'build', base: 'golang:1.22', baseStage: null, startLine: 1, endLine: 1, reachable: true },
      { index: 1, name: '', base: 'scratch', startLine: 4 },
    ],
    edges: expect.arrayContaining([
      { kind: 'copy', to: 1, from: { stage: 0 }, line: 5, sources: ['/out/app'], dest: '/app' },
      { kind: 'context', to: 0, from: { context: '' }, line: 2, sources: ['.'], dest: '/src' },
    ]) as unknown,
  })
})

test('target and build arguments change the graph; an argument without a value is taken from the environment', async () => {
  const files = { Dockerfile: 'ARG V\nARG W\nFROM a:$V AS one\nFROM b:$W AS two\n' }
  const words = ['graph', 'Dockerfile', '--target', 'one', '--build-arg', 'V=1=x', '--build-arg', 'W']
  const { stdout } = await slipway(words, files, { environment: { W: 'w' } })
  expect(JSON.parse(stdout)).toMatchObject({
    target: 0,
    stages: [{ base: 'a:1=x' }, { base: 'b:w', reachable: false }],
  })
})

test('the platform asked for chooses the stage', async () => {
  const files = { Dockerfile: 'FROM a AS bin-amd64\nFROM b AS bin-arm64\nFROM bin-$TARGETARCH\n' }
  const { stdout } = await slipway(['graph', 'Dockerfile', '--platform', 'linux/arm64'], files)
  expect(JSON.parse(stdout)).toMatchObject({ stages: [{ reachable: false }, { reachable: true }, { baseStage: 1 }] })
  const { status, stderr } = await slipway(['check', 'Dockerfile', '--platform', 'linux/a,b'], files)
  expect([status, stderr]).toEqual([
    2,
    '--platform takes one platform, such as linux/arm64; not "linux/a,b". See slipway check --help.\n',
  ])
})

test('errors in the Dockerfile are in the JSON and in the status', async () => {
  const { status, stdout } = await slipway(['graph', 'Dockerfile'], { Dockerfile: 'FROM a:1\nNOPE x\n' })
  expect(status).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({ stages: [{ base: 'a:1' }], diagnostics: [{ severity: 'error', line: 2 }] })
})

test('several files give a line each; one that cannot be read is told of and the others go on', async () => {
  const files = { one: 'FROM a\n', two: 'FROM b\nNOPE\n', three: Buffer.from([0xff]) }
  const { status, stdout, stderr } = await slipway(['graph', 'one', 'none', 'three', 'two'], files)
  const lines = stdout.trimEnd().split('\n')
  expect(lines.map(line => (JSON.parse(line) as { file: string }).file)).toEqual(['one', 'two'])
  expect(stderr.trimEnd().split('\n')).toHaveLength(2)
  expect(stderr).toMatch(/There is no file at .*none\.\n.*three is not UTF-8/)
  expect(status).toBe(2)
})

test('a stage that does not exist is answered with those that do', async () => {
  const words = ['graph', 'Dockerfile', '--target', 'nope']
  const { status, stderr } = await slipway(words, { Dockerfile: twoStages })
  expect([status, stderr]).toEqual([1, 'Dockerfile: There is no stage "nope". The stages are: Build, 1.\n'])
})

test('mermaid and dot draw the same graph', async () => {
  const files = { Dockerfile: twoStages }
  const mermaid = await slipway(['graph', 'Dockerfile', '--format', 'mermaid'], files)
  expect(mermaid.stdout).toMatch(/^flowchart LR\n[^]*stage0 -->.*stage1/)
  const dot = await slipway(['graph', 'Dockerfile', '--format=dot'], files)
  expect(dot.stdout).toMatch(/^digraph [^]*stage0 -> stage1[^]*\}\n$/)
})

test('check prints the diagnostics alone, as text or JSON', async () => {
  const files = { Dockerfile: 'FROM a:1\nNOPE x\n' }
  const text = await slipway(['check', 'Dockerfile'], files)
  expect([text.status, text.stdout]).toEqual([1, expect.stringMatching(/^Dockerfile:2: error: .*NOPE.*\n/)])
  const json = await slipway(['check', 'Dockerfile', '--format', 'json'], files)
  expect(JSON.parse(json.stdout)).toMatchObject([{ severity: 'error', line: 2, endLine: 2 }])
})

test('check asks people for a value once, and gives programs BuildKit’s warning, too', async () => {
  const files = { Dockerfile: 'ARG TAG\nFROM alpine:$TAG\n' }
  const text = await slipway(['check', 'Dockerfile'], files)
  expect([text.status, text.stdout.match(/TAG needs a value|\(\S+\)$/gm)]).toEqual([
    0,
    ['TAG needs a value', '(needs-value)'],
  ])
  const { stdout } = await slipway(['check', 'Dockerfile', '--format', 'json'], files)
  expect(JSON.parse(stdout)).toMatchObject([{ rule: 'needs-value' }, { rule: 'InvalidDefaultArgInFrom' }])
})

test('check shows the line of a finding with carets under what it is about', async () => {
  const { stdout, status } = await slipway(['check', 'Dockerfile'], {
    Dockerfile: 'FROM scratch\r\nCOPY\t--chown=$Owner\u001b[2J a /a\r\n',
  })
  expect(stdout).toBe(
    "Dockerfile:2: warning: Usage of undefined variable '$Owner' (UndefinedVar)\n" +
      '  2 | COPY\t--chown=$Owner\uFFFD[2J a /a\n' +
      '    |     \t^^^^^^^^^^^^^^^^^^\n' +
      '  why: Variables should be defined before their use. https://docs.docker.com/go/dockerfile/rule/undefined-var/\n',
  )
  expect(status).toBe(0)
})

test('check with a target leaves out what building it does not meet, and error=true fails', async () => {
  const file = '# check=error=true\nFROM scratch AS old\nCMD a\nFROM scratch AS new\nENV a b\n'
  const rules = async (...words: string[]) => {
    const { stdout, status } = await slipway(['check', 'Dockerfile', '--format', 'json', ...words], {
      Dockerfile: file,
    })
    const found = JSON.parse(stdout) as { rule: string; severity: string }[]
    return { status, found: found.map(({ rule, severity }) => `${severity} ${rule}`) }
  }
  expect(await rules()).toEqual({ status: 1, found: ['error JSONArgsRecommended', 'error LegacyKeyValueFormat'] })
  expect(await rules('--target', 'old')).toEqual({ status: 1, found: ['error JSONArgsRecommended'] })
})

test('graph stops when its reader is gone', async () => {
  const { stdout } = await slipway(['graph', 'a', 'b'], { a: 'FROM a', b: 'FROM b' }, { signal: AbortSignal.abort() })
  expect(stdout).toBe('')
})

test('every Dockerfile of the corpus has a graph', { timeout: 120_000 }, async () => {
  const folder = referenceFolder === null ? null : join(referenceFolder, 'corpus/files')
  const files = folder === null ? [] : readdirSync(folder).map(name => join(folder, name))
  const { status, stdout, stderr } = await slipway(['graph', ...files])
  const lines = stdout === '' ? [] : stdout.trimEnd().split('\n')
  console.log(
    `Graphs printed: ${lines.length} of ${files.length} Dockerfiles${folder === null ? ' (SLIPWAY_SHARED is not set)' : ''}.`,
  )
  expect(lines.map(line => (JSON.parse(line) as { file: string }).file)).toEqual(files)
  expect(stderr).toBe(files.length === 0 ? 'No Dockerfile is named. See slipway graph --help.\n' : '')
  expect(status).toBe(files.length === 0 ? 2 : 1)
})

test('svg is a picture of one file, in either theme', async () => {
  const files = { Dockerfile: twoStages }
  const { status, stdout } = await slipway(['graph', 'Dockerfile', '--format', 'svg', '--theme', 'dark'], files)
  expect(status).toBe(0)
  expect(stdout).toMatch(/^<svg [^]*#14161a[^]*<g data-edge="copy"[^]*<title>Stage Build, [^]*<\/svg>\n$/)
  const two = await slipway(['graph', 'Dockerfile', 'Dockerfile', '--format', 'svg'], files)
  expect([two.status, two.stderr]).toEqual([
    2,
    '--format svg draws one file. Name one FILE. See slipway graph --help.\n',
  ])
})
