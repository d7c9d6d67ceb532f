import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const hook = fileURLToPath(new URL('hook.mjs', import.meta.url))

const answerSchema = z.object({ id: z.number(), result: z.unknown(), error: z.string().optional() })

/** What main asked of Electron, as far as the tests look at it. */
export const recordSchema = z.object({
  sandboxEnabled: z.boolean(),
  schemes: z.array(z.object({ scheme: z.string(), privileges: z.record(z.string(), z.boolean()) })),
  lock: z.object({ path: z.string().nullable() }).nullable(),
  windows: z.array(
    z.object({
      shown: z.boolean(),
      closed: z.boolean().optional(),
      edited: z.boolean().optional(),
      focused: z.boolean().optional(),
      show: z.boolean(),
      backgroundColor: z.string(),
      webPreferences: z.record(z.string(), z.union([z.string(), z.boolean()])),
    }),
  ),
  openedLinks: z.array(z.string()),
  dialogs: z.array(z.object({ kind: z.string(), options: z.record(z.string(), z.unknown()) })),
  menu: z
    .array(
      z.object({
        label: z.string().optional(),
        role: z.string().optional(),
        submenu: z.array(z.object({ id: z.string().optional() })).optional(),
      }),
    )
    .nullable(),
  errors: z.array(z.string()),
})

/** The built main process, running against the stand-in for Electron with Chromium pages as its windows. */
export interface StandIn {
  readonly ask: (action: string, values?: Readonly<Record<string, unknown>>) => Promise<unknown>
  record(): Promise<z.infer<typeof recordSchema>>
  /** Runs an expression in the page of a window. */
  evaluate(expression: string, window?: number): Promise<unknown>
  /** The exit code, once main has ended. */
  readonly exited: Promise<number | null>
  /** Everything main has printed. */
  output(): string
  stop(): Promise<void>
}

/** Starts `dist/electron/main.js` with the given words after the program's name. */
export const startStandIn = async (words: readonly string[] = []): Promise<StandIn> => {
  const state = await mkdtemp(join(tmpdir(), 'slipway-stand-in-'))
  const child: ChildProcess = spawn(
    process.execPath,
    ['--import', hook, join(root, 'dist/electron/main.js'), ...words],
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe', 'ipc'], env: { ...process.env, SLIPWAY_STATE: state } },
  )
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text: Buffer) => (output += text.toString()))
  const exited = new Promise<number | null>(resolve => child.once('exit', resolve))

  let nextId = 0
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  child.on('message', (message: unknown) => {
    const { id, result, error } = answerSchema.parse(message)
    const asked = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) asked?.resolve(result)
    else asked?.reject(new Error(error))
  })
  void exited.then(code => {
    for (const asked of waiting.values()) asked.reject(new Error(`Main ended with ${String(code)}.\n${output}`))
  })
  const ask = (action: string, values: Readonly<Record<string, unknown>> = {}): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = nextId++
      waiting.set(id, { resolve, reject })
      child.send({ ...values, id, action })
    })

  return {
    ask,
    record: async () => recordSchema.parse(await ask('record')),
    evaluate: (expression, window = 0) => ask('evaluate', { window, expression }),
    exited,
    output: () => output,
    async stop() {
      if (child.connected) child.disconnect()
      const impatient = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await exited
      clearTimeout(impatient)
      await rm(state, { recursive: true, force: true })
    },
  }
}
