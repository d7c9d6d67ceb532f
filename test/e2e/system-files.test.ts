import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { shownText } from './harness.ts'
import { windowOn } from './window-on.ts'

const dockerfile = `FROM alpine:3.20 AS build
WORKDIR /src
RUN make

FROM alpine:3.20 AS final
CMD ["app"]
`

const at = windowOn(dockerfile)

/** Drops files as the system does: their content and name, and a path only where the desktop application tells it. */
async function drop(target: string, ...names: readonly string[]): Promise<void> {
  await at
    .card(target)
    .locator('.stage-header')
    .evaluate((element, dropped) => {
      const { x, y, width, height } = element.getBoundingClientRect()
      const dataTransfer = new DataTransfer()
      for (const name of dropped) dataTransfer.items.add(new File(['FROM scratch\n'], name))
      const place = { clientX: x + width / 2, clientY: y + height / 2, bubbles: true, cancelable: true }
      for (const kind of ['dragover', 'drop']) element.dispatchEvent(new DragEvent(kind, { ...place, dataTransfer }))
    }, names)
}

const popover = (stage: string) => at.page.getByRole('dialog', { name: `Copy from build context to ${stage}` })
const expectText = (text: string) => expect.poll(() => shownText(at.page)).toBe(text)
/** The desktop application's word on where dropped files lie. */
const tellPaths = (folder: string) =>
  at.page.evaluate(
    where => Object.assign(window, { slipwayBridge: { pathForFile: (file: File) => `${where}/${file.name}` } }),
    folder,
  )

test('in a browser a file dropped on a stage is found by its name in the context and copied from there', async () => {
  await mkdir(join(at.folder, 'conf/deep'), { recursive: true })
  await writeFile(join(at.folder, 'conf/deep/my settings.ini'), '')
  for (const folder of ['node_modules', 'skipped']) {
    await mkdir(join(at.folder, folder))
    await writeFile(join(at.folder, folder, 'my settings.ini'), '')
  }
  await writeFile(join(at.folder, '.dockerignore'), 'skipped\n')
  await drop('build', 'my settings.ini')
  expect(await popover('build').getByLabel('Source').inputValue()).toBe('conf/deep/my settings.ini')
  expect(await popover('build').getByLabel('Destination').inputValue()).toBe('/src/my settings.ini')
  await at.page.keyboard.press('Escape')
  await popover('build').waitFor({ state: 'detached' })
  expect(await shownText(at.page)).toBe(dockerfile)
  await drop('build', 'my settings.ini')
  await popover('build').getByLabel('Destination').fill('/src/')
  await at.page.keyboard.press('Enter')
  await expectText(dockerfile.replace('make\n', 'make\nCOPY ["conf/deep/my settings.ini", "/src/"]\n'))
})

test('several go to a folder in one COPY, in one step of undo', async () => {
  for (const name of ['a.txt', 'b.txt']) await writeFile(join(at.folder, name), '')
  await drop('final', 'a.txt', 'b.txt')
  await popover('final').getByText('and b.txt').waitFor()
  await popover('final').getByLabel('Destination').fill('/etc/')
  await at.page.keyboard.press('Enter')
  await expectText(dockerfile.replace('CMD', 'COPY a.txt b.txt /etc/\nCMD'))
  await at.page.keyboard.press('Control+z')
  await expectText(dockerfile)
})

test('what the context does not hold is refused, and what to do is said', async () => {
  await drop('build', 'absent.txt')
  await at.page.getByRole('alert').getByText('holds no absent.txt. Copy it there, then drop it again.').waitFor()
  await tellPaths('/elsewhere')
  await drop('build', 'a.txt')
  await at.page
    .getByRole('alert')
    .getByText(`/elsewhere/a.txt lies outside the build context ${at.folder}. Copy it there, then drop it again.`)
    .waitFor()
  expect(await popover('build').count()).toBe(0)
  expect(await shownText(at.page)).toBe(dockerfile)
})

test('where the path is told, it is written from the context on', async () => {
  await tellPaths(join(at.folder, 'assets/img'))
  await drop('build', 'logo.svg')
  await at.page.keyboard.press('Enter')
  await expectText(dockerfile.replace('make\n', 'make\nCOPY assets/img/logo.svg /src/logo.svg\n'))
})

test('a file dropped beside the cards opens as a document of its own', async () => {
  await at.page.locator('.react-flow__pane').evaluate(pane => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File(['FROM scratch AS other\n'], 'Other.Dockerfile'))
    const { right, bottom } = pane.getBoundingClientRect()
    const place = { clientX: right - 40, clientY: bottom - 40, bubbles: true, cancelable: true }
    pane.dispatchEvent(new DragEvent('drop', { ...place, dataTransfer }))
  })
  await at.page.getByRole('heading', { name: /^Other\.Dockerfile/ }).waitFor()
  expect(await shownText(at.page)).toBe('FROM scratch AS other\n')
})
