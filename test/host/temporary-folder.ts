import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'

/** A folder of this test's own, gone after it. Also an unprivileged user may work in it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), `slipway-${randomBytes(3).toString('hex')}-`))
  chmodSync(folder, 0o777)
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

const nobody = 65_534

/** Permissions mean nothing to root: where the tests run as root, `work` runs as nobody. */
export async function asOrdinaryUser<T>(work: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return await work()
  process.setegid?.(nobody)
  process.seteuid?.(nobody)
  try {
    return await work()
  } finally {
    process.seteuid?.(0)
    process.setegid?.(0)
  }
}
