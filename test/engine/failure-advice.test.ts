import { afterAll, beforeAll, expect, test } from 'vitest'
import { recognised } from '../../shared/builds/failure-advice.ts'
import { baseImage, ensureBaseImage } from './base-image.ts'
import { buildAll, engineUnderTest, folderOf, requestFor } from './building.ts'

const engine = engineUnderTest()
beforeAll(ensureBaseImage)
afterAll(() => engine.close())

const from = `FROM ${baseImage} AS a\n`
const otherProcessor = String.raw`printf '\177ELF\002\001\001\000\000\000\000\000\000\000\000\000\002\000\363\000\001\000\000\000' > /other; head -c 100 /dev/zero >> /other; chmod +x /other`

/** Real failures of the engine that the tests are pointed at, each with what it is recognised as. */
const failures: readonly (readonly [id: string, text: string, target?: string])[] = [
  ['source-missing-from-context', 'FROM scratch\nCOPY missing.txt /\n'],
  ['source-missing-from-stage', `${from}FROM scratch\nCOPY --from=a /nope /\n`],
  ['unknown-instruction', `${from}FETCH x\n`],
  ['unknown-flag', `${from}COPY --nope a /\n`],
  ['empty-file', '# nothing\n'],
  ['target-missing', from, 'absent'],
  ['blank-base', 'ARG BASE\nFROM ${BASE}\n'],
  ['bad-reference', 'FROM Not/A:Name:At:All\n'],
  ['host-unknown', 'FROM registry.invalid/image:1\n'],
  ['unreachable', 'FROM 127.0.0.1:9/image:1\n'],
  ['exit-code-127', `${from}RUN no-such-command\n`],
  ['exit-code-126', `${from}RUN touch /plain && /plain\n`],
  ['exit-code-137', `${from}RUN sh -c 'kill -9 $$'; exit $?\n`],
  ['exit-code-139', `${from}RUN sh -c 'kill -SEGV $$'; exit $?\n`],
  ['exit-code', `${from}RUN exit 3\n`],
  ['no-shell', 'FROM scratch\nCOPY a.txt /\nRUN true\n'],
  ['no-program', `${from}RUN ["/nope"]\n`],
  ['exec-format', `${from}RUN ${otherProcessor}\nRUN ["/other"]\n`],
  ['secret-missing', `${from}RUN --mount=type=secret,id=key,required=true true\n`],
  ['ssh-agent-missing', `${from}RUN --mount=type=ssh,required=true true\n`],
]

const cases = failures.map(([id, text, target = null]) => ({ id, text, target }))

test.each(cases)('$id is recognised in what the engine says', async ({ id, text, target }) => {
  const contextDirectory = folderOf({ 'a.txt': 'a' })
  const told = await buildAll(engine, requestFor(text, { contextDirectory, target }))
  if (told.last.kind !== 'failed') throw new Error(`The build ${told.last.kind}.`)
  const { detail, exitCode, vertex, message } = told.last
  const step = told.events.find(event => event.kind === 'step' && event.vertex === vertex)
  const found = recognised({
    reason: detail,
    step: step?.kind === 'step' ? step.name : '',
    exitCode,
    output: told.events.map(event => (event.kind === 'log' ? event.text : '')).join(''),
  })
  expect(found?.id, detail).toBe(id)
  expect(message).toContain(found?.advice.todo)
})
