import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { openWindows } from './harness.ts'

const folder = join(import.meta.dirname, '../../test-results')

/** What the windows of a test that failed show, before they are closed: as pictures, and in words for a log alone. */
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return
  // Of a test that is tried again, this is all that is told of the first time.
  console.log(`“${task.name}” failed: ${task.result.errors?.at(-1)?.message ?? ''}`)
  await mkdir(folder, { recursive: true })
  for (const [index, page] of [...openWindows].entries()) {
    const path = join(folder, `${task.id}-${index}.png`)
    const shown = await page.screenshot({ path, timeout: 5_000 }).catch(() => null)
    const words = await page.locator('body').innerText({ timeout: 5_000 }).catch(String)
    console.log(`On the screen stood${shown === null ? '' : ` (${path})`}:\n${words}`)
  }
})
