import { beforeAll, expect, test } from 'vitest'
import { baseImage, ensureBaseImage } from '../engine/base-image.ts'
import { windowOn } from './window-on.ts'

const dockerfile = `FROM ${baseImage} AS build
WORKDIR /out
RUN mkdir lib && head -c 2000000 /dev/zero > app && head -c 5000 /dev/zero > lib/a.so && echo notes > notes.txt

FROM scratch AS final
COPY --from=build /out/app /app
`

beforeAll(ensureBaseImage)
const at = windowOn(dockerfile, { width: 1600, height: 1000 })

async function buildAll(): Promise<void> {
  await at.page.getByRole('banner').getByRole('button', { name: 'Build' }).click()
  await at.page.getByText(/^Built final in/).waitFor({ timeout: 60_000 })
}

const pill = () => at.page.locator('.edge-pill[data-kind="copy"]')

test('after a build an edge says what it carried, and a stage what it weighs and ships', async () => {
  await buildAll()
  await expect.poll(() => pill().first().innerText()).toBe('/out/app → /app · 2.00 MB')
  await expect.poll(() => at.card('build').locator('.mark-weight').innerText()).toMatch(/^\d\.\d\d MB → 2\.00 MB$/)
  await expect.poll(() => at.card('final').locator('.mark-weight').innerText()).toBe('2.00 MB')
})

test('a source is looked up in the files of its stage as the text is typed', async () => {
  await buildAll()
  await pill().first().filter({ hasText: '2.00 MB' }).waitFor()
  await at.page.locator('.cm-line', { hasText: 'COPY --from' }).click()
  await at.page.keyboard.press('End')
  await at.page.keyboard.type('\nCOPY --from=build /out/note.txt /')
  await at.page.getByRole('tab', { name: /^Problems/ }).click()
  const problem = at.page.getByRole('tabpanel').getByRole('listitem').filter({ hasText: 'source-not-found' })
  await problem.getByText('build held no /out/note.txt when it was last built. Did you mean /out/notes.txt?').waitFor()
})
