/**
 * Runs the tests of the engine module against every engine that `engines/` in SLIPWAY_SHARED can start, one after the
 * other, and prints a row for each. Words after `--` choose test files: `npm run test:engines -- places classic`.
 * SLIPWAY_ENGINES names some of the engines only.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { countReport } from './runner/counts.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
/** By the name of their script; what `stop.sh` calls them. */
const engines = {
  docker26: 'd26',
  'docker26-containerd': 'd26c',
  docker28: 'd28',
  'docker28-containerd': 'd28c',
  'docker28-minapi144': 'd28m',
  podman43: 'p43',
  podman54: 'p54',
  podman58: 'p58',
}
const scripts = join(process.env.SLIPWAY_SHARED ?? '', 'engines')
if (!existsSync(join(scripts, 'setup.sh'))) {
  console.log('No engine was started: SLIPWAY_SHARED names no folder with engines/setup.sh.')
  process.exit(0)
}
const wanted = process.env.SLIPWAY_ENGINES?.split(' ') ?? Object.keys(engines)
const quiet = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }
execFileSync('bash', [join(scripts, 'setup.sh')], quiet)
const scratch = mkdtempSync(join(tmpdir(), 'slipway-engines-'))
const rows = []
for (const name of wanted) {
  try {
    const start = join(scripts, `start-${name}.sh`)
    const socket = execFileSync('bash', [start], quiet).trim().split('\n').at(-1)
    const report = join(scratch, `${name}.json`)
    const vitest = join(root, 'node_modules/vitest/vitest.mjs')
    const files = process.argv.slice(2).map(word => `test/engine/${word}`)
    const { status } = spawnSync(
      process.execPath,
      [
        vitest,
        'run',
        '--project',
        'engine',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
        ...files,
      ],
      {
        cwd: root,
        stdio: 'inherit',
        env: { ...process.env, DOCKER_HOST: `unix://${socket}`, SLIPWAY_ENGINE_START: start },
      },
    )
    rows.push({ engine: name, ...countReport(report, status ?? 1) })
  } catch (error) {
    rows.push({
      engine: name,
      failed: `did not start: ${error instanceof Error ? error.message.split('\n')[0] : error}`,
    })
  } finally {
    spawnSync('bash', [join(scripts, 'stop.sh'), engines[name]])
  }
}
rmSync(scratch, { recursive: true, force: true })
console.table(rows)
process.exitCode = rows.every(({ failed }) => failed === 0) ? 0 : 1
