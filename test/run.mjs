/**
 * Runs every check there is: types, lint, format, bundles, then the tests against a real engine and a real browser.
 * The last line is `N passed, N failed, N skipped`.
 *
 *   npm test [-- static unit engine e2e]
 */
import { spawn } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
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
  { name: 'lint', command: [...tool('eslint', 'bin/eslint.js'), '.', '--max-warnings', '0'] },
  { name: 'format', command: [...tool('prettier', 'bin/prettier.cjs'), '--check', '.'] },
]
const bundleStep = { name: 'bundles', command: [process.execPath, 'build/bundle.mjs'] }

const total = { passed: 0, failed: 0, skipped: 0 }
let child = null
let stopEngine = async () => {}

/** Runs a program with our output; its exit code, 1 where a signal ended it. */
const run = ([program, ...rest], environment = {}) =>
  new Promise((resolve, reject) => {
    child = spawn(program, rest, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...environment },
    })
    child.on('error', reject)
    child.on('exit', code => {
      child = null
      resolve(code ?? 1)
    })
  })

const step = async ({ name, command }) => {
  const started = performance.now()
  const code = await run(command)
  console.log(`${code === 0 ? 'passed' : 'FAILED'}  ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`)
  if (code === 0) total.passed++
  else total.failed++
  return code === 0
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
  if (wants('static')) for (const each of staticSteps) await step(each)
  if (wants('static') || wants('e2e')) await step(bundleStep)
  if (projects.length > 0) await vitest(projects, environment)
}

let ending = null
/** Ends what was started, once, however the run ends. */
const finish = () =>
  (ending ??= (async () => {
    child?.kill('SIGTERM')
    await stopEngine()
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
