import { copyFileSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readDocument } from '../../../electron/host/documents/open.ts'
import { saveDocument } from '../../../electron/host/documents/save.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const shared = process.env['SLIPWAY_SHARED']
const folder = shared === undefined ? null : join(shared, 'corpus/files')

test(
  'every Dockerfile of the corpus is byte for byte the same after opening and saving',
  { timeout: 120_000 },
  async () => {
    const names = folder === null ? [] : readdirSync(folder)
    const copy = join(temporaryFolder(), 'Dockerfile')
    for (const name of names) {
      const original = join(folder ?? '', name)
      copyFileSync(original, copy)
      const { text, fingerprint } = await readDocument(copy)
      await saveDocument(copy, text, fingerprint)
      if (!readFileSync(copy).equals(readFileSync(original))) expect.fail(`${name} is not the same after saving.`)
    }
    console.log(
      `Opened and saved: ${names.length} Dockerfiles of the corpus${folder === null ? ' (SLIPWAY_SHARED is not set)' : ''}.`,
    )
    expect(names.length).toBeGreaterThan(folder === null ? -1 : 1_000)
  },
)
