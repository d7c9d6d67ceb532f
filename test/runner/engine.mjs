/** A Docker Engine for the tests: the one that answers, or one of our own that is gone again afterwards. */
import { spawn } from 'node:child_process'
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Unmet } from './prerequisites.mjs'

const defaultEndpoint = 'unix:///var/run/docker.sock'

/** Whether an engine answers at an endpoint as DOCKER_HOST writes it. */
export const answers = endpoint =>
  new Promise(resolve => {
    const url = new URL(endpoint)
    const where =
      url.protocol === 'unix:' ? { socketPath: url.pathname } : { host: url.hostname, port: url.port || 2375 }
    const ping = request({ ...where, path: '/_ping', timeout: 3000 }, response => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    ping.on('timeout', () => ping.destroy())
    ping.on('error', () => resolve(false))
    ping.end()
  })

/** The endpoint of an engine that runs already, or null. A DOCKER_HOST that does not answer is an error of the user's. */
export const runningEngine = async () => {
  const named = process.env.DOCKER_HOST
  if (named !== undefined && named !== '') {
    if (!/^(unix|tcp|http):/.test(named)) return named
    if (await answers(named)) return named
    throw new Unmet(`DOCKER_HOST names ${named}, where no engine answers.`)
  }
  return (await answers(defaultEndpoint)) ? defaultEndpoint : null
}

/** Ways to start, plainest first: containers and virtual machines often lack iptables or a file system for overlays. */
const ways = [
  [],
  ['--iptables=false', '--ip6tables=false'],
  ['--iptables=false', '--ip6tables=false', '--storage-driver=vfs'],
]

/**
 * Starts a dockerd with its own socket, process id file and folders: all in `folder`, which stays where it was given. Such a
 * folder may be an earlier engine's.
 */
export const startEngine = async (dockerd, options = {}) => {
  let why = ''
  for (const way of ways) {
    const outcome = await attempt(dockerd, way, options)
    if (outcome.engine !== undefined) return outcome.engine
    why = outcome.why
    console.log(`dockerd ${way.join(' ')} did not start: ${why}`)
  }
  throw new Unmet(`No Docker Engine could be started for the tests: ${why}`)
}

const attempt = async (dockerd, way, options) => {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'slipway-engine-'))
  const endpoint = `unix://${folder}/docker.sock`
  const log = join(folder, 'dockerd.log')
  const output = openSync(log, 'a')
  // A group of its own: Ctrl-C reaches us alone, and we end it in order.
  const process_ = spawn(
    dockerd,
    [
      `--host=${endpoint}`,
      `--data-root=${folder}/data`,
      `--exec-root=${folder}/exec`,
      `--pidfile=${folder}/docker.pid`,
      ...way,
    ],
    { detached: true, stdio: ['ignore', output, output], env: { ...process.env, ...options.environment } },
  )
  closeSync(output)
  let ended = null
  const end = new Promise(resolve => {
    process_.on('error', error => resolve((ended = error.message)))
    process_.on('exit', code => resolve((ended = `it ended with ${code}`)))
  })

  /** As a crash does. */
  const kill = async () => {
    process.kill(-process_.pid, 'SIGKILL')
    await end
    // The next dockerd would wait for the containerd of this one where nobody reaps the dead.
    rmSync(join(folder, 'exec/containerd/containerd.pid'), { force: true })
  }
  const stop = async () => {
    if (ended === null) {
      process_.kill('SIGTERM')
      await Promise.race([end, wait(20_000, undefined, { ref: false })])
      if (ended === null) process.kill(-process_.pid, 'SIGKILL')
      await Promise.race([end, wait(5000, undefined, { ref: false })])
    }
    // What was mounted for containers may linger a moment after the daemon.
    const isOurs = options.folder === undefined
    for (let round = 0; isOurs && round < 5 && existsSync(folder); round++) {
      try {
        rmSync(folder, { recursive: true, force: true })
      } catch {
        await wait(500)
      }
    }
    if (isOurs && existsSync(folder)) console.log(`${folder} could not be removed.`)
  }

  for (let waited = 0; waited < 60_000 && ended === null; waited += 200) {
    if (await answers(endpoint)) return { engine: { endpoint, stop, kill, log } }
    await wait(200)
  }
  const lines = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []
  const why = ended === null ? 'its socket did not answer within 60 s' : (lines.at(-1) ?? ended)
  await stop()
  return { why }
}
