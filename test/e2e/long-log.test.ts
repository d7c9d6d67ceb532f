import { readFile } from 'node:fs/promises'
import { expect, onTestFinished } from 'vitest'
import { baseImage, ensureBaseImageOn } from '../engine/base-image.ts'
import { startOwnEngine, unlimitedOutput, withOwnEngine } from '../engine/own-engine.ts'
import { launchBrowser, openWindow, openWorkshop, startHost } from './harness.ts'

const count = 300_000

withOwnEngine('a log longer than memory holds is read, searched and saved whole, also from the history', async () => {
  const own = await startOwnEngine({ environment: unlimitedOutput })
  onTestFinished(own.stop)
  await ensureBaseImageOn(own.environment)
  const workshop = await openWorkshop()
  onTestFinished(() => workshop.remove())
  const text = `FROM ${baseImage} AS noisy\nRUN seq 1 ${String(count)} | sed 's/^/line /'\n`
  const path = await workshop.write('Dockerfile', text)
  const environment = { DOCKER_HOST: own.endpoint }
  const host = await startHost({ path, state: `${workshop.folder}/state`, environment })
  onTestFinished(() => host.stop())
  const browser = await launchBrowser()
  onTestFinished(() => browser.close())
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true })
  const { page, complaints } = await openWindow(context, host.url)

  const shows = async () => {
    await page.getByText('Lines 200,001 to 300,000 of 300,000').waitFor({ timeout: 60_000 })
    await page.getByText(`line ${String(count)}`, { exact: true }).waitFor()
    await page.getByRole('searchbox', { name: 'Search this log' }).fill('Line 1234')
    await page.getByText('111 lines', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Next match' }).click()
    const current = page.locator('.log-line[data-current]')
    await current.getByText('line 1234', { exact: true }).waitFor()
    expect(await current.locator('.log-number').textContent()).toBe('1234')
  }
  await page.getByRole('banner').getByRole('button', { name: 'Build', exact: true }).click()
  await page.getByText(/^Built noisy in/).waitFor({ timeout: 60_000 })
  await page.locator('.step-row', { hasText: 'seq 1' }).click()
  await shows()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save this log' }).click(),
  ])
  const saved = await readFile(await download.path(), 'utf8')
  expect(saved).toBe(Array.from({ length: count }, (_, at) => `line ${String(at + 1)}\n`).join(''))

  await page.reload()
  await page.getByRole('tab', { name: 'History' }).click()
  await page.getByRole('tabpanel', { name: 'History' }).getByRole('button', { name: /noisy/ }).first().click()
  await page.locator('.step-row', { hasText: 'seq 1' }).click()
  await shows()
  expect(complaints).toEqual([])
})
