import react from '@vitejs/plugin-react'
import { readFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string }

const tests = '*.test.{ts,tsx}'
/** Tests that drive a real engine, a real browser or the packager: one file at a time, one group after the other. */
const engine = [`test/engine/**/${tests}`]
const browser = [
  `test/e2e/**/${tests}`,
  `test/electron/${tests}`,
  `test/packaging/**/${tests}`,
  `test/build/**/${tests}`,
]

export default defineConfig({
  plugins: [react()],
  define: { __VERSION__: JSON.stringify(version) },
  test: {
    // In the order they are set up: a picture of what failed is taken before the test closes its window.
    sequence: { hooks: 'list' },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [`test/**/${tests}`],
          exclude: [...engine, ...browser],
          // Two of these take seconds on a busy machine of two cores.
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'engine',
          include: engine,
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: browser,
          setupFiles: ['test/e2e/failure-pictures.ts'],
          // A machine of two cores that does other work besides is late now and then; what was tried again is printed.
          retry: process.env['CI'] === undefined ? 0 : 1,
          fileParallelism: false,
          testTimeout: 90_000,
          hookTimeout: 120_000,
          // A window takes its time to open on a busy machine of two cores.
          expect: { poll: { timeout: 15_000 } },
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
