import { expect, test } from 'vitest'
import { shownText } from './harness.ts'
import { windowOn } from './window-on.ts'

const dockerfile = `FROM alpine:3.20 AS build
RUN make -o /out/app

FROM alpine:3.20 AS tools
COPY --from=build --chown=1 /out/app /out/map /bin/
RUN --mount=type=bind,from=build,source=/src,target=/mnt make
CMD ["tools"]
`

const at = windowOn(dockerfile)
const expectText = (text: string) => expect.poll(() => shownText(at.page)).toBe(text)
const pill = (kind: string) => at.page.locator(`.edge-pill[data-kind="${kind}"]`)
const popover = () => at.page.getByRole('dialog', { name: 'Change what is taken from build to tools' })

async function doubleClick(kind: string): Promise<void> {
  const box = await pill(kind).boundingBox()
  if (box === null) throw new Error(`No ${kind} is drawn.`)
  await at.page.mouse.dblclick(box.x + box.width / 2, box.y + box.height / 2)
}

test('a double click on an edge opens its paths: Escape leaves them, Enter changes their words alone', async () => {
  await doubleClick('copy')
  expect(await popover().getByLabel('Source').inputValue()).toBe('/out/app')
  await popover().getByText('and /out/map').waitFor()
  await popover().getByLabel('Source').fill('/elsewhere')
  await at.page.keyboard.press('Escape')
  await popover().waitFor({ state: 'detached' })
  expect(await shownText(at.page)).toBe(dockerfile)
  await doubleClick('copy')
  await popover().getByLabel('Source').fill('/out/tool')
  await popover().getByLabel('Destination').fill('/usr/bin/')
  await at.page.keyboard.press('Enter')
  await expectText(dockerfile.replace('/out/app /out/map /bin/', '/out/tool /out/map /usr/bin/'))
})

test('the label of a selected edge lies above its line and takes its own clicks', async () => {
  await pill('copy').click()
  await at.page.locator('.edge-pill[data-kind="copy"][data-selected="true"]').waitFor()
  await pill('copy').click({ timeout: 5000 })
})

test('by keyboard: P on a mount changes its source and target, and a wrong one is refused in the popover', async () => {
  await pill('mount').click()
  await at.page.keyboard.press('p')
  expect(await popover().getByLabel('Destination').inputValue()).toBe('/mnt')
  await popover().getByLabel('Source').fill('/a,b')
  await popover().getByText(/comma/).waitFor()
  await popover().getByLabel('Source').fill('/lib')
  await at.page.keyboard.press('Tab')
  await at.page.keyboard.press('Control+a')
  await at.page.keyboard.type('/code')
  await at.page.keyboard.press('Enter')
  await expectText(dockerfile.replace('source=/src,target=/mnt', 'source=/lib,target=/code'))
})

test('what is written from the canvas flashes in the text', async () => {
  await doubleClick('copy')
  await popover().getByLabel('Destination').fill('/sbin/')
  await at.page.keyboard.press('Enter')
  await expect.poll(() => at.page.locator('.cm-flash').allInnerTexts()).toEqual(['/sbin/'])
})

test('a name that is typed letter by letter makes no cards of its beginnings', async () => {
  const { page } = at
  await page.locator('.cm-line', { hasText: 'CMD' }).click()
  await page.keyboard.press('Home')
  await page.evaluate(() => {
    const seen = new Set<string>()
    const look = () =>
      document.querySelectorAll('.react-flow__node').forEach(node => seen.add(node.getAttribute('data-id') ?? ''))
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true })
    Object.assign(window, { seenCards: seen })
  })
  await page.keyboard.type('COPY --from=debian:12 /a /b\n', { delay: 60 })
  await page.locator('.source-card', { hasText: 'debian' }).waitFor()
  const seen = await page.evaluate('[...seenCards].filter(card => card.startsWith("image:")).toSorted()')
  expect(seen).toEqual(['image:debian:12'])
  await expectText(dockerfile.replace('CMD', 'COPY --from=debian:12 /a /b\nCMD'))
})

test('the menu of an edge deletes one of what it takes alone, by mouse and by keyboard, or all of it', async () => {
  await pill('copy').click({ button: 'right' })
  const entries = at.page.getByRole('menuitem', { name: /^Delete/ })
  expect(await entries.allInnerTexts()).toEqual([
    expect.stringMatching(/^Delete\b/),
    'Delete only /out/app',
    'Delete only /out/map',
  ])
  await entries.last().click()
  await expectText(dockerfile.replace('/out/app /out/map', '/out/app'))
  await at.page.keyboard.press('Control+z')
  await expectText(dockerfile)
  await pill('copy').click({ button: 'right' })
  await entries.nth(1).press('Enter')
  await expectText(dockerfile.replace('/out/app /out/map', '/out/map'))
  await pill('copy').click({ button: 'right' })
  await entries.click()
  await expectText(dockerfile.replace('COPY --from=build --chown=1 /out/app /out/map /bin/\n', ''))
})
