/**
 * Runs every check there is: types, lint, format, bundles, then the tests against a real engine and a real browser.
 * The last line is `N passed, N failed, N skipped`.
 *
 *   npm test [-- static unit engine e2e]
 */
import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { countReport } from './runner/counts.mjs'
import { runningEngine, startEngine } from './runner/engine.mjs'
import { prerequisites, Unmet } from './runner/prerequisites.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const parts = ['static', 'unit', 'engine', 'e2e']
const asked = process.argv.slice(2)
const unknown = asked.filter(part => !parts.includes(part))
if (unknown.length > 0) {
  console.error(`There is no part named ${unknown.join(', ')}; there are ${parts.join(', ')}.`)
  process.exit(2)
}
const wants = part => asked.length === 0 || asked.includes(part)
const tool = (name, file) => [process.execPath, join(root, 'node_modules', name, file)]
const tsc = project => [...tool('typescript', 'bin/tsc'), '--project', project]

/** Each counts as one test. */
const staticSteps = [
  { name: 'types of shared', command: tsc('shared') },
  { name: 'types of electron', command: tsc('electron') },
  { name: 'types of the preload', command: tsc('electron/tsconfig.preload.json') },
  { name: 'types of renderer', command: tsc('renderer') },
  { name: 'types of the tests', command: tsc('test') },
  { name: 'format', command: [...tool('prettier', 'bin/prettier.cjs'), '--check', '.'] },
]
const lintStep = { name: 'lint', command: [...tool('eslint', 'bin/eslint.js'), '.', '--max-warnings', '0'] }
const bundleStep = { name: 'bundles', command: [process.execPath, 'build/bundle.mjs'] }

const total = { passed: 0, failed: 0, skipped: 0 }
const children = new Set()
const ownGroups = process.platform !== 'win32'
let stopEngine = async () => {}
/** Set once the run ends, for whatever reason. */
let ending = null
/** What the tests leave in temporary folders goes with this one. */
const scratch = mkdtempSync(join(tmpdir(), 'slipway-tests-'))
chmodSync(scratch, 0o711) // Tests of permissions go on as another user.

/** Runs a program; its exit code, 1 where a signal ended it. `heard` takes its output, which is shown at once otherwise. */
const run = ([program, ...rest], environment = {}, heard = null) =>
  new Promise((resolve, reject) => {
    if (ending !== null) return // The run is being ended: nothing more starts.
    const out = heard === null ? 'inherit' : 'pipe'
    const child = spawn(program, rest, {
      cwd: root,
      stdio: ['ignore', out, out],
      // A group of its own, so that what the tests themselves have started can be ended with them.
      detached: ownGroups,
      env: { ...process.env, TMPDIR: scratch, ...environment },
    })
    children.add(child)
    for (const stream of heard === null ? [] : [child.stdout, child.stderr]) stream.on('data', heard)
    child.on('error', reject)
    child.on('close', code => {
      children.delete(child)
      resolve(code ?? 1)
    })
  })

const step = async ({ name, command }) => {
  const started = performance.now()
  let output = ''
  const code = await run(command, {}, text => (output += text))
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${output}${code === 0 ? 'passed' : 'FAILED'}  ${name} (${seconds} s)`)
  if (code === 0) total.passed++
  else total.failed++
}
/** One after the other. */
const lane = async steps => {
  for (const each of steps) await step(each)
}

const vitest = async (projects, environment) => {
  const report = join(root, 'test-results/vitest.json')
  rmSync(report, { force: true })
  mkdirSync(join(root, 'test-results'), { recursive: true })
  const code = await run(
    [
      ...tool('vitest', 'vitest.mjs'),
      'run',
      ...projects.flatMap(project => ['--project', project]),
      '--passWithNoTests',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    environment,
  )
  const counts = countReport(report, code)
  for (const kind of ['passed', 'failed', 'skipped']) total[kind] += counts[kind]
}

const runAll = async () => {
  const projects = ['unit', 'engine', 'e2e'].filter(wants)
  const needsEngine = wants('engine') || wants('e2e')
  const environment = {}
  // Set up first: a machine that cannot run the tests is told so in seconds, not after them.
  if (needsEngine) {
    let endpoint = await runningEngine()
    const { browser, dockerd } = prerequisites({
      browser: wants('e2e'),
      engine: true,
      engineAnswers: endpoint !== null,
    })
    endpoint ??= await runningEngine()
    if (endpoint === null) {
      const engine = await startEngine(dockerd)
      stopEngine = engine.stop
      endpoint = engine.endpoint
      console.log(`Started a Docker Engine for the tests at ${endpoint}.`)
    } else console.log(`Testing with the Docker Engine at ${endpoint}.`)
    environment.DOCKER_HOST = endpoint
    if (browser !== null) {
      environment.CHROME_PATH = browser
      console.log(`Testing with the browser ${browser}.`)
    }
  }
  // Lint takes as long as all the others.
  if (wants('static')) await Promise.all([lane(staticSteps), lane([lintStep])])
  if (wants('static') || wants('e2e')) await step(bundleStep)
  if (projects.length > 0) await vitest(projects, environment)
}

const endGroup = async child => {
  const ended = new Promise(resolve => child.once('close', resolve))
  const kill = signal => {
    try {
      if (ownGroups) process.kill(-child.pid, signal)
      else child.kill(signal)
    } catch {
      return // Nobody of the group is left.
    }
  }
  kill('SIGTERM')
  await Promise.race([ended, wait(5000, undefined, { ref: false })])
  kill('SIGKILL')
}

/** Ends what was started, once, however the run ends. */
const finish = () =>
  (ending ??= (async () => {
    await Promise.all([...children].map(endGroup))
    await stopEngine()
    rmSync(scratch, { recursive: true, force: true })
  })())

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
])
  process.on(signal, () => void finish().then(() => process.exit(code)))

try {
  await runAll()
} catch (error) {
  console.error(error instanceof Unmet ? error.message : error)
  total.failed++
} finally {
  await finish()
}
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
process.exitCode = total.failed === 0 ? 0 : 1
