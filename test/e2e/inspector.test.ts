import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { shownText } from './harness.ts'
import { windowOn } from './window-on.ts'

const dockerfile = `FROM alpine:3.20 AS base

# build compiles
FROM base AS build
WORKDIR /src
COPY . .
RUN make \\
  all
ENV MODE=fast

FROM base AS final
COPY --from=build /out/app /app
CMD ["/app"]
`

/** Wide enough for text and inspector side by side. */
const at = windowOn(dockerfile, { width: 2000, height: 1000 })

const inspector = () => at.page.getByRole('region', { name: 'Inspector' })
const field = (name: string) => inspector().getByLabel(name, { exact: true })

async function selectStage(name: string): Promise<void> {
  await at.card(name).locator('.stage-header').click()
  await inspector().getByRole('heading', { name, exact: true, level: 2 }).waitFor()
}

async function selectStep(stage: string, keyword: string): Promise<void> {
  await at.card(stage).locator('.stage-step', { hasText: keyword }).click()
  await inspector().getByRole('heading', { name: keyword, exact: true, level: 2 }).waitFor()
}

async function fill(name: string, value: string): Promise<void> {
  await field(name).fill(value)
  await field(name).press('Enter')
}

const expectText = (text: string) => expect.poll(() => shownText(at.page)).toBe(text)
const replaced = (...changes: readonly (readonly [string, string])[]) =>
  changes.reduce((text, [before, after]) => text.replace(before, after), dockerfile)

test('description, base and platform of a stage write their own words, an undo step each', async () => {
  await selectStage('build')
  await fill('Description', 'makes the program')
  await expectText(replaced(['compiles', 'makes the program']))
  await fill('Base', 'golang:1.22')
  await field('Platform').selectOption('$BUILDPLATFORM')
  const built = replaced(
    ['compiles', 'makes the program'],
    ['FROM base AS build', 'FROM --platform=$BUILDPLATFORM golang:1.22 AS build'],
  )
  await expectText(built)
  await field('Platform').selectOption({ label: 'A fixed one' })
  await fill('Fixed platform', 'linux/arm64')
  await expectText(built.replace('$BUILDPLATFORM', 'linux/arm64'))
  for (let undone = 0; undone < 4; undone++) await at.page.getByRole('button', { name: /^Undo/ }).click()
  await expectText(replaced(['compiles', 'makes the program']))
})

test('a name follows everywhere; a refusal stands beside the field and loses nothing', async () => {
  await selectStage('build')
  await fill('Name', 'base')
  await inspector().getByRole('alert').getByText('There is already a stage').waitFor()
  expect(await shownText(at.page)).toBe(dockerfile)
  await selectStage('final')
  await selectStage('build')
  expect(await field('Name').inputValue()).toBe('base')
  await fill('Name', 'compile')
  await expectText(replaced(['AS build', 'AS compile'], ['# build', '# compile'], ['--from=build', '--from=compile']))
})

test('flags, sources and destination of a COPY are fields of the edge', async () => {
  await at.page.locator('.edge-pill[data-kind="copy"]').click()
  await fill('Owner (--chown)', '1000:1000')
  await inspector().getByRole('checkbox', { name: 'Own layer (--link)' }).check()
  await fill('Add source', '/out/tool')
  await fill('Destination', '/bin/')
  await expectText(
    replaced([
      'COPY --from=build /out/app /app',
      'COPY --from=build --chown=1000:1000 --link /out/app /out/tool /bin/',
    ]),
  )
  await fill('From', 'base')
  await inspector().getByRole('heading', { name: 'base → final' }).waitFor()
  await field('Owner (--chown)').fill('')
  await field('Owner (--chown)').press('Tab')
  await expectText(replaced(['COPY --from=build /out/app /app', 'COPY --from=base --link /out/app /out/tool /bin/']))
})

test('an edge is not moved to a stage that its source is built on', async () => {
  await selectStep('final', 'COPY')
  await at.page.locator('.edge-pill[data-kind="copy"]').click()
  await field('To').selectOption('base')
  await inspector().getByRole('alert').waitFor()
  expect(await shownText(at.page)).toBe(dockerfile)
})

test('an edge that is moved to another stage stays selected', async () => {
  const withOther = `${dockerfile}FROM base AS other\nRUN true\n`
  await writeFile(join(at.folder, 'Dockerfile'), withOther)
  await at.card('other').waitFor()
  await at.page.locator('.edge-pill[data-kind="copy"]').click()
  await field('To').selectOption('other')
  const line = 'COPY --from=build /out/app /app\n'
  await expectText(withOther.replace(line, '').replace('RUN true\n', `RUN true\n${line}`))
  await inspector().getByRole('heading', { name: 'build → other' }).waitFor()
})

test('a problem is fixed where it is told, by mouse and by keyboard', async () => {
  await selectStep('build', 'ENV')
  await fill('Text', 'ENV MODE fast')
  await inspector().getByRole('button', { name: 'Write with =' }).click()
  await expectText(dockerfile)
  await selectStep('final', 'CMD')
  await fill('Text', 'CMD app')
  await inspector().getByRole('button', { name: 'Write as JSON' }).press('Enter')
  await expectText(replaced(['["/app"]', '["app"]']))
})

test('a command changes between the list and the text for the shell', async () => {
  await selectStep('final', 'CMD')
  await field('Form').selectOption('Text for the shell')
  await expectText(replaced(['["/app"]', '/app']))
  await fill('Command', 'serve --dir "a b" && true')
  await field('Form').selectOption('JSON list')
  await expectText(replaced(['["/app"]', String.raw`["/bin/sh", "-c", "serve --dir \"a b\" && true"]`]))
})

test('what is refused of a form is said beside it', async () => {
  await at.page.locator('.cm-line', { hasText: 'RUN make' }).click()
  await at.page.keyboard.press('End')
  await at.page.keyboard.type('\n# in parallel')
  await selectStep('build', 'RUN')
  await field('Form').selectOption('JSON list')
  await inspector().getByRole('alert').getByText('holds comments').waitFor()
})

test('mounts come, change by key and go', async () => {
  await selectStep('build', 'RUN')
  await fill('Add mount', 'type=cache,target=/root/.cache')
  const mounted = (mount: string) => replaced(['RUN make', `RUN ${mount}make`])
  await expectText(mounted('--mount=type=cache,target=/root/.cache '))
  await field('Sharing').selectOption('locked')
  await fill('Target', '/cache')
  await inspector().getByRole('checkbox', { name: 'Read only' }).check()
  await expectText(mounted('--mount=type=cache,target=/cache,sharing=locked,readonly '))
  await field('Network (--network)').selectOption('none')
  await expectText(mounted('--mount=type=cache,target=/cache,sharing=locked,readonly --network=none '))
  await inspector().getByRole('button', { name: 'Remove mount 1' }).click()
  await expectText(mounted('--network=none '))
})

test('the text of a step is written as a whole; what is no instruction is refused and kept', async () => {
  await selectStep('build', 'RUN')
  await field('Text').fill('FROM x')
  await field('Text').press('Enter')
  await inspector().getByRole('alert').getByText('Write one instruction').waitFor()
  expect(await field('Text').inputValue()).toBe('FROM x')
  await field('Text').press('Escape')
  expect(await field('Text').inputValue()).toBe('RUN make \\\n  all')
  await field('Text').fill('RUN make test')
  await field('Command').focus()
  await expectText(replaced(['RUN make \\\n  all', 'RUN make test']))
})

test('a value that is being typed outlives a change elsewhere, and the field shows what changes otherwise', async () => {
  await selectStep('build', 'ENV')
  await field('Value of MODE').fill('slo')
  await writeFile(join(at.folder, 'Dockerfile'), replaced(['alpine:3.20', 'alpine:3.21']))
  await expectText(replaced(['alpine:3.20', 'alpine:3.21']))
  expect(await field('Value of MODE').inputValue()).toBe('slo')
  await field('Value of MODE').pressSequentially('w')
  await field('Value of MODE').press('Enter')
  await expectText(replaced(['alpine:3.20', 'alpine:3.21'], ['MODE=fast', 'MODE=slow']))
  await fill('Add variable', 'NOTE=two words')
  await expectText(replaced(['alpine:3.20', 'alpine:3.21'], ['MODE=fast', 'MODE=slow NOTE="two words"']))
  await at.page.locator('.cm-line', { hasText: 'ENV MODE' }).click()
  await at.page.keyboard.press('End')
  await at.page.keyboard.type(' X=1')
  await expect.poll(() => field('Text').inputValue()).toBe('ENV MODE=slow NOTE="two words" X=1')
})

test('steps are moved by keyboard and by dragging, and removed', async () => {
  await selectStage('build')
  await inspector().getByRole('button', { name: 'WORKDIR /src', exact: true }).focus()
  await at.page.keyboard.press('Alt+ArrowDown')
  await expectText(replaced(['WORKDIR /src\nCOPY . .', 'COPY . .\nWORKDIR /src']))
  await expect.poll(() => at.page.evaluate(() => document.activeElement?.textContent)).toBe('WORKDIR/src')
  await inspector()
    .locator('.inspector-step', { hasText: 'ENV' })
    .dragTo(inspector().locator('.inspector-step').first(), { targetPosition: { x: 40, y: 4 } })
  const moved = replaced(
    ['WORKDIR /src\nCOPY . .\n', 'ENV MODE=fast\nCOPY . .\nWORKDIR /src\n'],
    ['all\nENV MODE=fast\n', 'all\n'],
  )
  await expectText(moved)
  await inspector().getByRole('button', { name: 'COPY . .', exact: true }).focus()
  await at.page.keyboard.press('Delete')
  await expectText(moved.replace('COPY . .\n', ''))
  await fill('Add step', 'USER app')
  await expectText(moved.replace('COPY . .\n', '').replace('  all\n', '  all\nUSER app\n'))
})

test('the cursor in the text and a row on a card select a step, and its stage leads back', async () => {
  await at.page.locator('.cm-line', { hasText: 'WORKDIR /src' }).click()
  await inspector().getByRole('heading', { name: 'WORKDIR', level: 2 }).waitFor()
  await at.card('build').locator('.stage-step[data-selected="true"]', { hasText: 'WORKDIR' }).waitFor()
  await selectStep('final', 'CMD')
  await at.page.locator('.cm-selected-elsewhere', { hasText: 'CMD' }).waitFor()
  await inspector().getByRole('button', { name: 'final' }).click()
  await inspector()
    .getByRole('button', { name: /COPY build/ })
    .click()
  await inspector().getByRole('heading', { name: 'build → final' }).waitFor()
})

test('a stage is duplicated from the keyboard', async () => {
  await at.card('build').locator('.stage-header').click()
  await at.page.keyboard.press('Control+d')
  await at.card('build-2').waitFor()
  const own = dockerfile.slice(dockerfile.indexOf('# build'), dockerfile.indexOf('FROM base AS final'))
  await expectText(dockerfile.replace(own, own + own.replaceAll('build', 'build-2')))
})

test('what a deleted stage gave is taken from its base where that is chosen', async () => {
  await at.choose('build', 'Delete')
  const dialog = at.page.getByRole('dialog', { name: 'Delete build' })
  await dialog.getByRole('radio', { name: 'Take that from its base instead' }).check()
  await dialog.getByText('would take that from').waitFor()
  await dialog.getByRole('button', { name: 'Delete' }).click()
  const own = dockerfile.slice(dockerfile.indexOf('# build'), dockerfile.indexOf('FROM base AS final'))
  await expectText(dockerfile.replace(own, '').replace('--from=build', '--from=base'))
})

test('by keyboard: what a deleted stage gave is taken from another stage where that is chosen', async () => {
  const { page } = at
  await at.card('build').locator('.stage-header').click()
  await page.keyboard.press('Delete')
  await page.getByRole('dialog', { name: 'Delete build' }).waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.getByLabel('Stage to take from instead').focus()
  await page.keyboard.type('base')
  await page.getByRole('button', { name: 'Delete', exact: true }).press('Enter')
  const own = dockerfile.slice(dockerfile.indexOf('# build'), dockerfile.indexOf('FROM base AS final'))
  await expectText(dockerfile.replace(own, '').replace('--from=build', '--from=base'))
})

test('in a narrow window the inspector stands behind the text, is remembered, and gives way to the cursor', async () => {
  await at.page.setViewportSize({ width: 1280, height: 800 })
  await at.page.getByRole('tab', { name: 'Inspector' }).click()
  await at.card('build').locator('.stage-header').click()
  await at.page.getByRole('tabpanel', { name: 'Inspector' }).getByLabel('Base', { exact: true }).waitFor()
  await at.page.reload()
  await at.page.getByRole('tab', { name: 'Inspector', selected: true }).waitFor()
  await at.card('build').locator('.stage-header').dblclick()
  await at.card('build').locator('.stage-header').click()
  await at.page.keyboard.press('Enter')
  await at.page.getByRole('tab', { name: 'Text', selected: true }).waitFor()
  await at.page.locator('.cm-content:focus').waitFor()
})

test('the text of a step is seen whole, also where one line breaks into several', async () => {
  const words = Array.from({ length: 40 }, (_, number) => `word-${number}`).join(' ')
  await selectStep('build', 'ENV')
  await fill('Text', `ENV MODE="${words}"`)
  const hidden = () => field('Text').evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)
  await expect.poll(hidden).toBe(0)
})
