import { randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { z } from '../../shared/schema.ts'
import { inTurn } from './in-turn.ts'

/** One of Slipway's own files as JSON, readable by its user only. Written whole or not at all. */
export interface PrivateFile<T> {
  /** Null where there is none. One that cannot be understood is moved aside (`….corrupt`) and counts as none. */
  read(): Promise<T | null>
  write(content: T): Promise<void>
  /** Read and write as one step; `change` returns null to leave the file as it is. */
  update(change: (content: T | null) => T | null): Promise<void>
  remove(): Promise<void>
}

export function privateFile<T>(path: string, schema: z.ZodType<T>): PrivateFile<T> {
  const read = async (): Promise<T | null> => {
    const text = await readIfThere(path)
    if (text === null) return null
    const parsed = schema.safeParse(parseJson(text))
    if (parsed.success) return parsed.data
    await rename(path, `${path}.corrupt`)
    return null
  }
  const write = async (content: T): Promise<void> => {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`
    try {
      const file = await open(temporary, 'wx', 0o600)
      try {
        await file.writeFile(JSON.stringify(content))
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(temporary, path)
    } catch (error) {
      await rm(temporary, { force: true })
      throw error
    }
  }
  return {
    read: () => inTurn(path, read),
    write: content => inTurn(path, () => write(content)),
    update: change =>
      inTurn(path, async () => {
        const changed = change(await read())
        if (changed !== null) await write(changed)
      }),
    remove: () => inTurn(path, () => rm(path, { force: true })),
  }
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
