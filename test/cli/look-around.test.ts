import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { scriptedEngine } from '../host/scripted-engine.ts'
import { temporaryFolder } from '../host/temporary-folder.ts'
import { slipway } from './command-line.ts'

const ignored = (path: string, line = 2) =>
  `Dockerfile:${line}: warning: Attempting to Copy file "${path}" that is excluded by .dockerignore (CopyIgnoredFile)`

const findings = (stdout: string) => stdout.split('\n').filter(line => line.startsWith('Dockerfile:'))

test('check goes by the .dockerignore beside the file, comments left out', async () => {
  const files = { Dockerfile: 'FROM scratch\nCOPY dist kept /\n', '.dockerignore': '# kept\ndist\n' }
  expect(findings((await slipway(['check', 'Dockerfile'], files)).stdout)).toEqual([ignored('dist')])
})

test('the ignore file of the Dockerfile’s own wins', async () => {
  const files = {
    ...{ Dockerfile: 'FROM scratch\nCOPY a /\nCOPY b /\n' },
    ...{ '.dockerignore': 'a', 'Dockerfile.dockerignore': 'b' },
  }
  expect(findings((await slipway(['check', 'Dockerfile'], files)).stdout)).toEqual([ignored('b', 3)])
})

test('--context names the folder whose .dockerignore counts', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'app'))
  writeFileSync(join(folder, 'app/.dockerignore'), 'a')
  writeFileSync(join(folder, 'Dockerfile'), 'FROM scratch\nCOPY a /\n')
  const found = async (...words: string[]) =>
    findings((await slipway(['check', 'Dockerfile', ...words], {}, { workingDirectory: folder })).stdout)
  expect([await found(), await found('--context', 'app')]).toEqual([[], [ignored('a')]])
})

const image = { platform: 'linux/arm64', environment: ['HOME=/root'], triggers: [], workingDirectory: '', user: '' }

/** An engine on arm64 that holds `held` and counts how often it is asked. */
function engineHolding() {
  const asked: (readonly string[])[] = []
  const engine = scriptedEngine({
    inspectImages: references => {
      asked.push(references)
      return Promise.resolve({ platform: 'linux/arm64', images: { held: image } })
    },
  })
  return { asked, createEngine: () => engine }
}

test('check asks the engine for the bases, and takes its platform for the build’s', async () => {
  const { asked, createEngine } = engineHolding()
  const files = {
    Dockerfile: 'FROM held AS a\nCOPY x $HOME/ \nCOPY y $MISSING/\nFROM held\nFROM absent\nFROM scratch\n',
  }
  const { stdout } = await slipway(['check', 'Dockerfile'], files, { createEngine })
  expect(asked).toEqual([['held', 'absent']])
  expect(findings(stdout).filter(line => line.includes('UndefinedVar') || line.includes('Platform'))).toEqual([
    "Dockerfile:3: warning: Usage of undefined variable '$MISSING' (UndefinedVar)",
  ])
})

test('an image is asked for once, however many files stand on it', async () => {
  const { asked, createEngine } = engineHolding()
  const files = { a: 'FROM held\n', b: 'FROM held\nCOPY x $HOME/\nFROM absent\n', c: 'FROM absent\nFROM held\n' }
  const { stdout } = await slipway(['check', 'a', 'b', 'c'], files, { createEngine })
  expect(asked).toEqual([['held'], ['absent']])
  expect(stdout).not.toContain('UndefinedVar')
})

const triggered = { ...image, platform: 'linux/amd64', triggers: ['COPY --from=tools /a /b'] }
const onbuild = {
  Dockerfile: 'FROM alpine AS tools\nFROM held AS app\nFROM scratch AS tools-2\nCOPY --from=app /a /a\n',
}
const holding = {
  createEngine: () =>
    scriptedEngine({
      inspectImages: () => Promise.resolve({ platform: 'linux/amd64', images: { held: triggered } }),
    }),
}

test('REF-26 graph and edit know the triggers of images that the engine holds', async () => {
  const edges = async (...words: string[]) => {
    const { stdout } = await slipway(['graph', 'Dockerfile', ...words], onbuild, holding)
    return (JSON.parse(stdout) as { edges: { from: unknown; to: number; kind: string }[] }).edges
  }
  const triggerEdge = expect.objectContaining({ kind: 'copy', to: 1, from: { stage: 0 } }) as unknown
  expect(await edges()).toContainEqual(triggerEdge)
  expect(await edges('--no-engine')).not.toContainEqual(triggerEdge)

  const rename = async (...words: string[]) =>
    await slipway(['edit', 'Dockerfile', 'rename', 'tools', 'other', ...words], onbuild, holding)
  expect(await rename()).toMatchObject({ status: 1, stdout: '' })
  expect((await rename()).stderr).toContain('trigger')
  expect(await rename('--no-engine')).toMatchObject({ status: 0, stderr: '' })
})

test('--no-engine asks none, and what images set stays unknown', async () => {
  const { asked, createEngine } = engineHolding()
  const files = { Dockerfile: 'FROM held\nCOPY x $HOME/\n' }
  const { stdout } = await slipway(['check', 'Dockerfile', '--no-engine'], files, { createEngine })
  expect(asked).toEqual([])
  expect(stdout).toContain("hint: Usage of undefined variable '$HOME'")
})

test('an engine that does not answer is given up, once for all files', async () => {
  let asked = 0
  const engine = scriptedEngine({
    inspectImages: (_references, signal) => {
      asked++
      return new Promise((_resolve, reject) =>
        signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true }),
      )
    },
  })
  const files = { a: 'FROM held\n', b: 'FROM held\n' }
  const { status, stderr } = await slipway(['check', 'a', 'b'], files, { createEngine: () => engine })
  expect({ status, stderr, asked }).toEqual({ status: 0, stderr: '', asked: 1 })
})
