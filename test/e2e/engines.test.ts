import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { symlink } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openWorkshop, type Workshop } from './harness.ts'
import { windowOn } from './window-on.ts'

const view = windowOn('FROM scratch AS only\nWORKDIR /x\n')
let workshop: Workshop
const servers: Server[] = []

beforeAll(async () => {
  workshop = await openWorkshop()
})
afterAll(async () => {
  for (const server of servers) server.close()
  await workshop.remove()
})

async function listen(name: string, answer: string): Promise<string> {
  const path = `${workshop.folder}/${name}`
  const server = createServer(connection => connection.end(answer))
  servers.push(server)
  await new Promise<void>(resolve => server.listen(path, resolve))
  return path
}

test('the picker says what is wrong at an address, and uses the one that works', async () => {
  const { page } = view
  const engine = process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock'
  await page.locator('.engine-chip[data-state="ready"]').click()
  const picker = page.getByRole('dialog', { name: 'Engine' })
  const add = picker.locator('form')
  const said = async (url: string) => {
    await add.getByLabel('Another address').fill(url)
    await add.getByRole('button', { name: 'Test address' }).click()
    const state = add.locator('.engine-state[data-kind]')
    await state.waitFor()
    return state.innerText()
  }

  const dead = `${workshop.folder}/dead.sock`
  const die = `require('net').createServer().listen(${JSON.stringify(dead)}, () => process.kill(process.pid, 'SIGKILL'))`
  spawnSync(process.execPath, ['-e', die])
  expect(await said(`unix://${dead}`)).toMatch(/^Nobody listens at .*dead\.sock\. Docker is not running/)
  expect(await said(`unix://${workshop.folder}/none.sock`)).toMatch(/^There is no such file as .*none\.sock/)
  expect(await said(`unix://${await listen('mail.sock', '220 mail ready\r\n')}`)).toMatch(/does not speak HTTP/)
  expect(await said('mail.sock')).toMatch(/must begin with unix:/)

  expect(await said(engine)).toMatch(/^Docker Engine .*, API 1\.\d+/)
  await picker.getByText('Files of stages').first().waitFor()
  await add.getByRole('button', { name: 'Use address' }).click()
  await picker.locator('.engine-place[data-chosen]', { hasText: engine }).waitFor()
  await page.reload()
  await page.locator('.engine-chip[data-state="ready"]').click()
  await picker.locator('.engine-place[data-chosen]', { hasText: engine }).waitFor()
  await picker.getByRole('radio', { name: /^Automatic/ }).check()
  await picker.locator('.engine-place[data-chosen]', { hasText: 'Automatic' }).waitFor()
})

describe('an engine that starts after the window', () => {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-late-'))
  const late = join(folder, 'docker.sock')
  const view = windowOn('FROM scratch\n', { environment: { DOCKER_HOST: `unix://${late}` } })
  afterAll(() => rmSync(folder, { recursive: true }))

  test('is found without being asked for', async () => {
    const { page } = view
    await page.locator('.engine-chip[data-state="unavailable"]').waitFor()
    await symlink(new URL(process.env.DOCKER_HOST ?? 'unix:///var/run/docker.sock').pathname, late)
    await page.locator('.engine-chip[data-state="ready"]').waitFor()
    expect(await page.getByRole('banner').getByRole('button', { name: 'Build', exact: true }).isEnabled()).toBe(true)
  })
})
