import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { countReport } from './counts.mjs'

describe('what npm test counts', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'slipway-counts-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  const file = (status: 'passed' | 'failed', ...tests: string[]) => ({
    status,
    assertionResults: tests.map(each => ({ status: each })),
  })
  const count = async (exitCode: number, ...files: ReturnType<typeof file>[]) => {
    const report = join(folder, 'report.json')
    await writeFile(report, JSON.stringify({ testResults: files }))
    return countReport(report, exitCode)
  }

  test('every test of every file, and skipped ones apart', async () => {
    expect(
      await count(1, file('failed', 'passed', 'failed'), file('passed', 'passed', 'skipped', 'pending', 'todo')),
    ).toEqual({ passed: 2, failed: 1, skipped: 3 })
  })

  test('a file that could not be loaded has failed', async () => {
    expect(await count(1, file('failed'), file('passed', 'passed'))).toEqual({ passed: 1, failed: 1, skipped: 0 })
  })

  test('a run that failed although no test did has failed', async () => {
    expect(await count(1, file('passed', 'passed'))).toEqual({ passed: 1, failed: 1, skipped: 0 })
  })

  test('a run that left no report has failed', () => {
    expect(countReport(join(folder, 'none.json'), 0)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  })
})
