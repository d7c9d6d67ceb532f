import { beforeAll, expect, test } from 'vitest'
import { baseImage, ensureBaseImage } from '../engine/base-image.ts'
import { windowOn } from './window-on.ts'

beforeAll(ensureBaseImage)
const at = windowOn(`FROM --platform=$BUILDPLATFORM ${baseImage} AS build
ARG TARGETARCH
RUN echo for $TARGETARCH > /out

FROM scratch AS final
COPY --from=build /out /out
`)

test('of a build for several platforms the files of each are shown and compared, and the card says whose they are', async () => {
  await at.page.getByRole('button', { name: 'Arguments, secrets and more…' }).click()
  const form = at.page.getByRole('dialog', { name: 'Build' })
  await form.getByLabel('Platform').fill('linux/amd64, linux/arm64')
  await form.getByLabel('Tags').fill('')
  await form.getByRole('button', { name: 'Build', exact: true }).click()
  await at.page.getByText(/^Built final in/).waitFor({ timeout: 40_000 })
  const rows = at.page.locator('.step-row', { hasText: 'COPY' })
  const platforms = async () => (await rows.allInnerTexts()).flatMap(text => /linux\/\w+/.exec(text) ?? []).sort()
  await expect.poll(platforms).toEqual(['linux/amd64', 'linux/arm64'])
  await expect
    .poll(() => at.card('build').locator('.mark-weight').innerText())
    .toMatch(/^amd64 \d\.\d\d MB → 10 bytes$/)

  await at.choose('final', 'Show files')
  const file = at.page.locator('.file-row', { hasText: 'out' })
  const line = () => at.page.getByRole('document', { name: 'Text' }).locator('.file-text-line').innerText()
  await file.click()
  await expect.poll(line).toMatch(/for amd64$/)
  await at.page.getByLabel('Platform', { exact: true }).selectOption('linux/arm64')
  await file.click()
  await expect.poll(line).toMatch(/for arm64$/)
  await at.page.getByLabel('Compare with').selectOption({ label: 'Compared with the same for linux/amd64' })
  await at.page.getByRole('button', { name: 'Compare contents' }).click()
  await expect.poll(() => at.page.locator('.files-totals').innerText()).toMatch(/^1 changed.*contents compared$/)
})
