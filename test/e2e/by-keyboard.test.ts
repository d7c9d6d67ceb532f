import { expect, test } from 'vitest'
import { shownText } from './harness.ts'
import { countPointers, paneTo, tabTo, toCard, walkTo } from './keyboard-alone.ts'
import { windowOn } from './window-on.ts'

const dockerfile = `FROM alpine:3.20 AS base

FROM base AS front
WORKDIR /app

FROM base AS build
RUN make -o /out/app

FROM base AS docs
RUN make docs

FROM base AS final
COPY --from=build --chown=1 /out/app /out/map /bin/
CMD ["final"]
`

const at = windowOn(dockerfile)
const byKeyboardAlone = (scenario: string, act: () => Promise<void>) =>
  test(`by keyboard alone, ${scenario}`, async () => {
    const expectNoPointer = await countPointers(at.page)
    await act()
    await expectNoPointer()
  })

const expectText = (text: string) => expect.poll(() => shownText(at.page)).toBe(text)
const press = async (...keys: readonly string[]) => {
  for (const key of keys) await at.page.keyboard.press(key)
}
/** Writes over what the focused field holds. */
const write = async (text: string) => {
  await press('Control+a')
  await at.page.keyboard.type(text)
}
const undo = async () => {
  await press('Control+z')
  await expectText(dockerfile)
}
const popover = (name: string | RegExp) => at.page.getByRole('dialog', { name })
const copy = (stage: string) => dockerfile.slice(dockerfile.indexOf(`FROM base AS ${stage}`)).split('\n\n')[0] ?? ''

byKeyboardAlone('connecting: to a stage above, to a new stage either way, and Escape leaves no trace', async () => {
  const { page } = at
  await toCard(page, 'build')
  await press('c')
  await popover('Copy from build to…').waitFor()
  await page.keyboard.type('front')
  await press('Enter')
  await popover('Copy from build to front').waitFor()
  await press('Escape')
  expect(await shownText(page)).toBe(dockerfile)
  await toCard(page, 'build')
  await press('c')
  await page.keyboard.type('front')
  await press('Enter')
  await popover('Copy from build to front').waitFor()
  await write('/out/app')
  await press('Tab')
  await write('/app/bin')
  await press('Enter')
  const [build, front] = [copy('build'), copy('front')]
  await expectText(
    dockerfile.replace(`${front}\n\n${build}`, `${build}\n\n${front}\nCOPY --from=build /out/app /app/bin`),
  )
  await page.locator('.notice', { hasText: 'build was moved above front' }).waitFor()
  await undo()

  const addNext = async (down: number) => {
    await toCard(page, 'build')
    await press('Shift+C')
    await page.getByRole('menu', { name: 'New stage' }).waitFor()
    for (let times = 0; times < down; times++) await press('ArrowDown')
    await press('Enter')
    await popover('Add stage').waitFor()
  }
  await addNext(0)
  await page.keyboard.type('next')
  await press('Enter')
  await expectText(dockerfile.replace(build, `${build}\n\nFROM build AS next`))
  await undo()
  await addNext(1)
  await page.keyboard.type('scratch')
  await press('Tab')
  await page.keyboard.type('taken')
  await press('Enter')
  await popover('Copy from build to taken').waitFor()
  await press('Tab')
  await write('/app')
  await press('Enter')
  await expectText(dockerfile.replace(build, `${build}\n\nFROM scratch AS taken\nCOPY --from=build /out/app /app`))
})

byKeyboardAlone('an edge: either end, its paths, one more and one less source, and all of it', async () => {
  const { page } = at
  const line = 'COPY --from=build --chown=1 /out/app /out/map /bin/'
  const toEdge = async () => {
    await toCard(page, 'final')
    await walkTo(page, 'e', /^Copy/)
  }
  const pick = async (key: string) => {
    await toEdge()
    await press(key)
    await page.getByRole('combobox', { name: 'Find a stage' }).waitFor()
    await page.keyboard.type('docs')
    await press('Enter')
  }
  await pick('r')
  await expectText(dockerfile.replace('--from=build', '--from=docs'))
  await undo()
  await pick('m')
  await expectText(dockerfile.replace(`${line}\n`, '').replace('RUN make docs', `RUN make docs\n${line}`))
  await undo()

  await toEdge()
  await press('p')
  await popover('Change what is taken from build to final').waitFor()
  await write('/out/tool')
  await press('Tab')
  await write('/sbin/')
  await press('Enter')
  await expectText(dockerfile.replace('/out/app /out/map /bin/', '/out/tool /out/map /sbin/'))
  await undo()

  await toEdge()
  await press('Shift+F10')
  await page.getByRole('menu', { name: /^Copy/ }).waitFor()
  await press('End', 'Enter')
  await expectText(dockerfile.replace('/out/app /out/map', '/out/app'))
  await undo()

  await toEdge()
  await press('Control+i')
  await page.getByRole('heading', { name: 'build → final' }).waitFor()
  await tabTo(page, '[placeholder="Add source"]')
  await page.keyboard.type('/out/doc')
  await press('Enter', 'Control+i')
  await expectText(dockerfile.replace('/out/map', '/out/map /out/doc'))
  await undo()

  await toEdge()
  await press('Delete')
  await expectText(dockerfile.replace(`${line}\n`, ''))
})

byKeyboardAlone(
  'stages: added, renamed, found in the text, moved in the file and deleted in each of three ways',
  async () => {
    const { page } = at
    await toCard(page, 'base')
    await press('a')
    await page.locator('.add-input:focus').waitFor()
    await page.keyboard.type('debian:12')
    await press('Enter')
    await page.getByLabel('Name').and(page.locator(':focus')).waitFor()
    await page.keyboard.type('tools')
    await press('Enter')
    await expectText(dockerfile.replace('AS base', 'AS base\n\nFROM debian:12 AS tools'))
    await undo()

    await toCard(page, 'docs')
    await press('F2')
    await write('manual')
    await press('Enter')
    await expectText(dockerfile.replace('AS docs', 'AS manual'))
    await undo()
    await toCard(page, 'docs')
    await press('Alt+ArrowUp')
    const [build, docs] = [copy('build'), copy('docs')]
    await expectText(dockerfile.replace(`${build}\n\n${docs}`, `${docs}\n\n${build}`))
    await undo()
    await toCard(page, 'docs')
    await press('Enter')
    await page.locator('.cm-content:focus').waitFor()
    expect(await page.locator('.cm-activeLine').innerText()).toBe('FROM base AS docs')

    const line = 'COPY --from=build --chown=1 /out/app /out/map /bin/'
    const without = dockerfile.replace(`${build}\n\n`, '')
    const remove = async (...keys: readonly string[]) => {
      await toCard(page, 'build')
      await press('Delete')
      await popover('Delete build').waitFor()
      await press(...keys)
    }
    await remove('Escape')
    expect(await shownText(page)).toBe(dockerfile)
    await remove('Enter')
    await expectText(without.replace(`${line}\n`, ''))
    await undo()
    await remove('ArrowDown', 'Enter')
    await expectText(without.replace('--from=build', '--from=base'))
    await undo()
    await remove('ArrowDown', 'ArrowDown', 'Tab')
    await page.keyboard.type('docs')
    await tabTo(page, '.popover [type="submit"]')
    await press('Enter')
    await expectText(without.replace('--from=build', '--from=docs'))
  },
)

byKeyboardAlone('several stages: selected, copied, cut, pasted and duplicated', async () => {
  const { page } = at
  const names = async () =>
    (await page.locator('.stage-card[data-selected="true"] .stage-name').allInnerTexts()).toSorted()
  const both = async () => {
    await toCard(page, 'build')
    await press('Tab', 'Shift+Space')
    await expect.poll(names).toEqual(['build', 'docs'])
  }
  const [build, docs] = [copy('build'), copy('docs')]
  const again = `${build.replace('AS build', 'AS build-2')}\n\n${docs.replace('AS docs', 'AS docs-2')}`
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await both()
  await press('Control+c', 'Control+v')
  await expectText(dockerfile.replace(docs, `${docs}\n\n${again}`))
  await undo()
  await both()
  await press('Control+d')
  await expectText(dockerfile.replace(docs, `${docs}\n\n${again}`))
  await undo()
  await toCard(page, 'docs')
  await press('Control+x')
  const without = dockerfile.replace(`${docs}\n\n`, '')
  await expectText(without)
  await toCard(page, 'base')
  await press('Control+v')
  await expectText(without.replace('AS base', `AS base\n\n${docs}`))
  await press('Control+z')
  await undo()
  await toCard(page, 'base')
  await press('Control+a')
  await expect.poll(names).toHaveLength(5)
  // What is selected was never a step of undo: the last one undone is the last gesture.
  await page.getByRole('button', { name: 'Redo: Remove docs (Ctrl+Shift+Z)' }).waitFor()
})

byKeyboardAlone('seeing: zoom, fit, cards moved, locked and tidied, and nothing of it in the file', async () => {
  const { page } = at
  const zoom = async () => Number.parseInt(await page.locator('.graph-zoom').innerText(), 10)
  const boxOf = async (name: string) => {
    const box = await at.card(name).boundingBox()
    if (box === null) throw new Error(`${name} is not on the screen.`)
    return box
  }
  const command = async (title: string) => {
    await press('Control+k')
    await page.locator('.palette-input:focus').waitFor()
    await page.keyboard.type(title)
    await page.getByRole('option', { selected: true, name: title }).waitFor()
    await press('Enter')
    await page.locator('.palette-input').waitFor({ state: 'detached' })
  }
  await toCard(page, 'docs')
  await press('0')
  await expect.poll(zoom).toBe(100)
  await press('+')
  await expect.poll(zoom).toBeGreaterThan(100)
  await press('1')
  await expect.poll(zoom).toBeLessThan(101)
  await expect.poll(() => at.card('base').isVisible()).toBe(true)
  const fitted = await zoom()
  await press('-')
  await expect.poll(zoom).toBeLessThan(fitted)
  await press('2')
  await expect.poll(zoom).toBeGreaterThan(fitted - 1)

  const before = await boxOf('docs')
  for (let times = 0; times < 6; times++) await press('Shift+ArrowDown')
  await expect.poll(async () => (await boxOf('docs')).y).toBeGreaterThan(before.y + 20)
  await press('Control+z')
  await press('Control+Shift+z', 'l')
  await at.card('docs').getByLabel('Locked').waitFor()
  const locked = await boxOf('docs')
  await press('Shift+ArrowDown')
  await command('Tidy: lay everything out anew')
  await page.waitForTimeout(300)
  expect(await boxOf('docs')).toEqual(locked)
  expect(await shownText(page)).toBe(dockerfile)
  expect(await page.getByRole('img', { name: 'Unsaved changes' }).count()).toBe(0)

  // A card outside the view comes in with the focus.
  await toCard(page, 'docs')
  for (let times = 0; times < 6; times++) await press('+')
  const pane = await page.locator('.graph-pane').boundingBox()
  const isOut = async () => (await boxOf('final')).x > (pane?.x ?? 0) + (pane?.width ?? 0) - 100
  await expect.poll(isOut).toBe(true)
  await toCard(page, 'final')
  await expect.poll(isOut).toBe(false)
  await paneTo(page, '.side-pane')
})
