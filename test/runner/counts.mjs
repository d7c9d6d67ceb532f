/** Adds up what vitest reports. */
import { existsSync, readFileSync } from 'node:fs'

/**
 * Counts of a vitest JSON report. A file that could not even be loaded, or a run that failed with no failed test
 * (an error outside any test), counts as one failure: nothing is lost silently.
 */
export const countReport = (file, exitCode) => {
  if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 }
  const report = JSON.parse(readFileSync(file, 'utf8'))
  const counts = { passed: 0, failed: 0, skipped: 0 }
  for (const { status, assertionResults } of report.testResults) {
    const before = counts.failed
    for (const test of assertionResults) {
      if (test.status === 'passed') counts.passed++
      else if (test.status === 'failed') counts.failed++
      else counts.skipped++
    }
    if (status === 'failed' && counts.failed === before) counts.failed++
  }
  if (exitCode !== 0 && counts.failed === 0) counts.failed++
  return counts
}
