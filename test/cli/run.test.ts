import { expect, test } from 'vitest'
import { slipway } from './command-line.ts'

test('version and help go to stdout; no command is a question that could not be answered', async () => {
  expect(await slipway(['--version'])).toEqual({ status: 0, stdout: '1.2.3\n', stderr: '' })
  const help = await slipway(['--help'])
  expect([help.status, help.stderr]).toEqual([0, ''])
  for (const command of ['graph', 'check', 'edit', 'build', 'tree', 'serve']) {
    expect(help.stdout).toContain(`  ${command} `)
    for (const words of [
      [command, '--help'],
      [command, '-h'],
      ['help', command],
    ])
      expect((await slipway(words)).stdout).toContain(`Usage: slipway ${command} `)
  }
  expect(await slipway([])).toEqual({ status: 2, stdout: '', stderr: help.stdout })
})

test.each([
  [['paint'], 'There is no command "paint". The commands are: graph, check, edit, build, tree, serve.\n'],
  [['graph'], 'No Dockerfile is named. See slipway graph --help.\n'],
  [['graph', '--fromat', 'json', 'x'], "Unknown option '--fromat'. See slipway graph --help.\n"],
  [['graph', '--format', 'png', 'x'], '--format takes json, mermaid, dot, svg; not "png". See slipway graph --help.\n'],
  [['graph', 'x', '--build-arg', '=v'], /^--build-arg =v has no name\./],
  [['build', 'x', 'y'], /^One Dockerfile is taken, not 2\./],
  [['check', 'x', '--no-engine'], /^There is no file at .*x\.\n$/],
  [['edit', 'x', 'rename', 'a', 'b'], /^There is no file at .*x\.\n$/],
  [['edit', 'x', 'paint'], /^There is no operation "paint"\./],
  [['build', 'x'], /^There is no file at .*x\.\n$/],
  [['serve', '--port', '70000'], /^--port takes a number/],
  [['serve', 'x'], /^There is no file at /],
])('%j cannot run and says why in a sentence', async (words, stderr) => {
  const finished = await slipway(words)
  expect([finished.status, finished.stdout]).toEqual([2, ''])
  if (typeof stderr === 'string') expect(finished.stderr).toBe(stderr)
  else expect(finished.stderr).toMatch(stderr)
})
