import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../host/temporary-folder.ts'
import { slipway } from './command-line.ts'

const file = `FROM golang AS build
RUN go build -o /out/app

FROM alpine AS final
CMD ["/app"]
`

const edited = async (words: readonly string[], text = file) =>
  await slipway(['edit', 'Dockerfile', ...words], { Dockerfile: text })

test('an edit is printed as a unified diff and nothing is written', async () => {
  const workingDirectory = temporaryFolder()
  writeFileSync(join(workingDirectory, 'Dockerfile'), file)
  const words = ['edit', 'Dockerfile', 'connect', 'build', 'final', '/out/app', '/app']
  expect(await slipway(words, {}, { workingDirectory })).toEqual({
    status: 0,
    stderr: '',
    stdout: `--- a/Dockerfile
+++ b/Dockerfile
@@ -2,4 +2,5 @@
 RUN go build -o /out/app
 
 FROM alpine AS final
+COPY --from=build /out/app /app
 CMD ["/app"]
`,
  })
  expect(readFileSync(join(workingDirectory, 'Dockerfile'), 'utf8')).toBe(file)
})

test('--write saves what the diff says, and patch agrees', async () => {
  const workingDirectory = temporaryFolder()
  const path = join(workingDirectory, 'Dockerfile')
  const text =
    'FROM a AS one\r\nRUN 1\r\nRUN 2\r\nRUN 3\r\nRUN 4\r\nRUN 5\r\nRUN 6\r\nRUN 7\r\nRUN 8\r\n\r\nFROM one\r\nCOPY --from=0 /a /b'
  writeFileSync(path, text)
  writeFileSync(join(workingDirectory, 'original'), text)
  const { status, stdout } = await slipway(
    ['edit', 'Dockerfile', 'rename', 'one', 'two', '--write'],
    {},
    { workingDirectory },
  )
  expect(status).toBe(0)
  expect(stdout.split('\n').filter(line => line.startsWith('@@'))).toEqual(['@@ -1,4 +1,4 @@', '@@ -8,5 +8,5 @@'])
  expect(stdout).toContain(' COPY --from=0 /a /b\n\\ No newline at end of file\n')
  const written = readFileSync(path, 'utf8')
  expect(written).toBe(text.replaceAll(' one', ' two'))
  const patched = spawnSync('patch', ['--binary', 'original'], { cwd: workingDirectory, input: stdout })
  if (patched.error === undefined) expect(readFileSync(join(workingDirectory, 'original'), 'utf8')).toBe(written)
})

test('a refusal is a sentence on stderr and status 1; the file stays', async () => {
  expect(await edited(['connect', 'final', 'final', '/a', '/b', '--write'])).toEqual({
    status: 1,
    stdout: '',
    stderr: '`final` cannot copy from itself.\n',
  })
})

test('what an edit takes along is told', async () => {
  const { status, stdout, stderr } = await edited(['move', 'final', 'up'])
  expect([status, stderr]).toEqual([0, '`build` is now the last stage: it is what a build without a target makes.\n'])
  expect(stdout).toContain('-FROM golang AS build\n')
})

const twoSources = 'FROM a AS one\nFROM b AS two\nFROM c\nCOPY --from=0 /x /y /z/\nRUN --mount=from=img,target=/m x\n'

test.each([
  [['add-stage', '--from', 'alpine:3', '--name', 'tools'], file, '+FROM alpine:3 AS tools'],
  [['add-stage', '--from', 'build', '--name', 'tests', '--after', '0'], file, '+FROM build AS tests'],
  [['rename', 'build', 'builder'], file, '+FROM golang AS builder'],
  [['remove', 'build'], file, '-FROM golang AS build'],
  [['remove', 'one', 'two'], 'FROM a AS one\nFROM b AS two\nFROM c\n', '-FROM b AS two'],
  [['remove', 'one', '--instead', 'two'], twoSources, '+COPY --from=two /x /y /z/'],
  [['remove', 'one', '--instead', 'parent'], twoSources, '+COPY --from=a /x /y /z/'],
  [['move-stages', 'build'], file, '-FROM golang AS build'],
  [['move-stages', '1', '--above', '0'], twoSources, '-FROM a AS one'],
  [['paste', 'FROM c AS build\nRUN x'], file, '+FROM c AS build-2'],
  [['duplicate', 'build'], file, '+FROM golang AS build-2'],
  [['move', 'final', 'above', 'build'], file, '-FROM golang AS build'],
  [['duplicate', 'build', 'final'], file, '+FROM alpine AS final-2'],
  [['move', 'build', 'below', 'final'], file, '-FROM golang AS build'],
  [['add-starter', 'go'], file, '+FROM golang:1.24-alpine AS build-2'],
  [['build-on-later', '0', 'b'], 'FROM b\nFROM c AS b\n', '-FROM b'],
  [['set-base', 'final', 'scratch'], file, '+FROM scratch AS final'],
  [['set-platform', 'final', 'linux/arm64'], file, '+FROM --platform=linux/arm64 alpine AS final'],
  [['describe', 'final', 'what runs'], file, '+# final what runs'],
  [['connect-image', 'nginx', 'final', '/a', '/b'], file, '+COPY --from=nginx /a /b'],
  [['connect-context', 'final', 'a', '/b'], file, '+COPY a /b'],
  [['reconnect', '4', '--from', 'two'], twoSources, '+COPY --from=two /x /y /z/'],
  [['reconnect', '5', '--mount', '/m', '--image', 'other'], twoSources, '+RUN --mount=from=other,target=/m x'],
  [['reconnect', '4', '--to', 'two'], twoSources, '+FROM c'],
  [['reconnect', '4', '--from', ''], twoSources, '+COPY /x /y /z/'],
  [['reconnect', '4', '--from', 'build'], file, '+FROM build AS final'],
  [['add-sources', '4', '/v', '/w'], twoSources, '+COPY --from=0 /x /y /v /w /z/'],
  [['name-index', '3', 'tool'], 'FROM a\nFROM b\nCOPY --from=0 /x /y\n', '+COPY --from=tool /x /y'],
  [['set-arguments', '2', 'make'], file, '+RUN make'],
  [['set-words', '5', '/app', 'serve'], file, '+CMD ["/app", "serve"]'],
  [['set-form', '5', 'shell'], file, '+CMD /app'],
  [['set-pair', '2', 'A', '2'], 'FROM a\nENV A=1\n', '+ENV A=2'],
  [['set-pair', '2', 'A', '--rename', 'B'], 'FROM a\nENV A=1\n', '+ENV B=1'],
  [['add-pair', '2', 'B=2'], 'FROM a\nENV A=1\n', '+ENV A=1 B=2'],
  [['remove-pair', '2', 'A'], 'FROM a\nENV A=1 B=2\n', '+ENV B=2'],
  [['ignore', 'UndefinedVar'], file, '+# check=skip=UndefinedVar'],
  [['ignore', 'UndefinedVar', '5'], file, '+# check=skip=UndefinedVar'],
  [['set-flags', '5', '--flag', 'network=none'], twoSources, '+RUN --mount=from=img,target=/m --network=none x'],
  [['set-flags', '4', '--no-flag', 'from', '--flag', 'link'], twoSources, '+COPY --link /x /y /z/'],
  [
    ['set-flags', '4', '--flag', 'exclude=a', '--flag', 'exclude=b'],
    twoSources,
    '+COPY --from=0 --exclude=a --exclude=b /x /y /z/',
  ],
  [['add-mount', '2', 'type=cache,target=/c'], file, '+RUN --mount=type=cache,target=/c go build -o /out/app'],
  [['set-mount', '5', '/m', 'source=/s,rw', '--unset', 'from'], twoSources, '+RUN --mount=target=/m,source=/s,rw x'],
  [['remove-mount', '5', '/m'], twoSources, '+RUN x'],
  [['disconnect', '4', '/y'], twoSources, '+COPY --from=0 /x /z/'],
  [['disconnect', '4'], twoSources, '-COPY --from=0 /x /y /z/'],
  [['disconnect', '5', '/m'], twoSources, '+RUN x'],
  [
    ['set-copy', '4', '--chown', '1', '--link', 'on', '--source', '/q'],
    twoSources,
    '+COPY --from=0 --chown=1 --link /q /z/',
  ],
  [['by-name', '4'], twoSources, '+COPY --from=one /x /y /z/'],
  [['by-index', '3'], 'FROM a AS one\nFROM b\nCOPY --from=one /x /y\n', '+COPY --from=0 /x /y'],
  [['extract-image', '5'], twoSources, '+FROM img AS img-2'],
  [['inline-image', 'one'], twoSources, '+COPY --from=a /x /y /z/'],
  [['extract-variable', '3'], 'ARG V=1\nFROM a\nCOPY --from=t:$V /x /y\n', '+FROM t:$V AS t'],
  [['add-instruction', 'build', 'WORKDIR /w', '--after', '1'], file, '+WORKDIR /w'],
  [['set-instruction', '2', 'RUN make'], file, '+RUN make'],
  [['remove-instruction', '2'], file, '-RUN go build -o /out/app'],
  [['move-instruction', '2', 'down'], 'FROM a\nRUN 1\nRUN 2\n', '-RUN 1'],
])('edit %j', async (words, text, line) => {
  const { status, stdout } = await edited(words, text)
  expect([status, stdout.split('\n').filter(each => each === line)]).toEqual([0, [line]])
})

test.each([
  [['paint'], /^There is no operation "paint"\. See slipway edit --help\./],
  [[], /^No operation is named\./],
  [['rename', 'build'], /^Write: slipway edit FILE rename STAGE NAME\./],
  [['rename', 'build', 'x', '--from', 'y'], /^rename takes no --from\./],
  [['rename', 'nope', 'x'], 'There is no stage "nope". The stages are: build, final.\n'],
  [['disconnect', '99'], /^There is no instruction on line 99\./],
  [['disconnect', '2'], /^Line 2 takes nothing from elsewhere\./],
  [['set-mount', '2', '/m'], /^Line 2 has no mount at \/m\./],
  [['move', 'build', 'sideways'], /^move takes a stage and up, down/],
  [['duplicate', 'build', 'final', '--name', 'x'], /^--name names one stage/],
  [['add-starter', 'cobol'], /^There is no starter "cobol"\./],
  [['set-pair', '2', 'A', '1'], /^Line 2 sets no A\./],
  [['set-copy', '2', '--link', 'yes'], /^--link takes on or off; not "yes"\./],
])('%j cannot run and says why in a sentence', async (words, stderr) => {
  const finished = await edited(words)
  expect([finished.status, finished.stdout]).toEqual([2, ''])
  if (typeof stderr === 'string') expect(finished.stderr).toBe(stderr)
  else expect(finished.stderr).toMatch(stderr)
})

test('help lists every operation', async () => {
  const { stdout } = await slipway(['edit', '--help'])
  for (const name of ['add-stage', 'connect', 'set-copy', 'extract-variable', 'move-instruction'])
    expect(stdout).toContain(`\n  ${name} `)
})
