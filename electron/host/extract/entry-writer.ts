import { chmod, chown, type FileHandle, lchown, mkdir, open, symlink, utimes } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { FileEntry } from '../../../shared/files/file-listing.ts'
import { systemCode } from '../documents/refusals.ts'
import type { Left, Placed } from './place-entries.ts'
import { isSafeLink } from './safe-path.ts'

interface OpenFile {
  readonly handle: FileHandle
  length: number
}

const zeros = Buffer.alloc(1 << 16)

/**
 * Writes entries into a folder that nobody else writes to. Links are made last, so that nothing is ever written through
 * one. Owners are kept where root runs it, as tar does, else those of whoever runs it; setuid and the like are left off.
 */
export class EntryWriter {
  readonly #folder: string
  #entries: Placed['entries'][number][] = []
  #left: Left[] = []
  readonly #open = new Map<number, OpenFile>()
  readonly #keepsOwners = process.getuid?.() === 0
  #progress = { files: 0, bytes: 0, totalFiles: 0, totalBytes: 0 }

  constructor(folder: string) {
    this.#folder = folder
  }

  get left(): readonly Left[] {
    return this.#left
  }

  get progress() {
    return { ...this.#progress }
  }

  /** Makes the folders; returns the places of those entries whose contents are needed. */
  async begin({ entries, left }: Placed): Promise<readonly number[]> {
    this.#entries = [...entries]
    this.#left = [...left]
    const wanted: number[] = []
    for (const [at, placed] of entries.entries()) {
      if (placed === null) continue
      const [path, { kind, size }] = placed
      if (kind === 'directory') await mkdir(join(this.#folder, path), { recursive: true })
      else if (kind === 'file' || kind === 'hardlink') {
        wanted.push(at)
        this.#progress.totalBytes += size
      } else if (kind !== 'symlink') this.#leave(at, `is a ${kind}, which is made by the system that runs it`)
    }
    this.#progress.totalFiles = wanted.length
    return wanted
  }

  async write(at: number, content: Uint8Array): Promise<void> {
    const file = await this.#file(at)
    if (file === null) return
    this.#progress.bytes += content.length
    // Where there are only zeros, a hole: a sparse file stays one.
    if (content.length > zeros.length || Buffer.compare(content, zeros.subarray(0, content.length)) !== 0)
      await file.handle.write(content, 0, content.length, file.length)
    file.length += content.length
  }

  async end(at: number): Promise<void> {
    const file = await this.#file(at)
    const entry = this.#entries[at]?.[1]
    if (file === null || entry === undefined) return
    this.#open.delete(at)
    try {
      await file.handle.truncate(file.length)
      if (this.#keepsOwners) await file.handle.chown(entry.uid, entry.gid)
      await file.handle.chmod((entry.mode & 0o777) | 0o600)
      await file.handle.utimes(entry.modified / 1000, entry.modified / 1000)
    } finally {
      await file.handle.close()
    }
    this.#progress.files += 1
  }

  /** Links, then what belongs to folders, from the innermost. */
  async finish(): Promise<void> {
    for (const [at, placed] of this.#entries.entries()) if (placed?.[1].kind === 'symlink') await this.#link(at, placed)
    for (const placed of this.#entries.toReversed()) {
      if (placed?.[1].kind !== 'directory') continue
      const [path, { mode, modified, uid, gid }] = placed
      if (this.#keepsOwners) await chown(join(this.#folder, path), uid, gid)
      await chmod(join(this.#folder, path), (mode & 0o777) | 0o700)
      await utimes(join(this.#folder, path), modified / 1000, modified / 1000)
    }
  }

  /** Closes what was broken off. */
  async close(): Promise<void> {
    for (const { handle } of this.#open.values()) await handle.close()
    this.#open.clear()
  }

  async #link(at: number, [path, { link, uid, gid }]: readonly [string, FileEntry]): Promise<void> {
    if (!isSafeLink(path, link)) {
      this.#leave(at, `is a link to ${link}, out of what was extracted`)
      return
    }
    await this.#once(at, async place => {
      await symlink(link, place)
      if (this.#keepsOwners) await lchown(place, uid, gid)
      this.#progress.files += 1
    })
  }

  async #file(at: number): Promise<OpenFile | null> {
    const known = this.#open.get(at)
    if (known !== undefined) return known
    return this.#once(at, async place => {
      const file = { handle: await open(place, 'wx', 0o600), length: 0 }
      this.#open.set(at, file)
      return file
    })
  }

  /** Null where another entry has that name already, as far as this file system tells names apart. */
  async #once<Value>(at: number, make: (place: string) => Promise<Value>): Promise<Value | null> {
    const placed = this.#entries[at]
    if (placed === null || placed === undefined) return null
    const place = join(this.#folder, placed[0])
    try {
      await mkdir(dirname(place), { recursive: true })
      return await make(place)
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error
      this.#leave(at, 'cannot be told here from another of nearly that name')
      return null
    }
  }

  #leave(at: number, reason: string): void {
    const placed = this.#entries[at]
    if (placed !== null && placed !== undefined) this.#left.push({ path: placed[1].path, reason })
    this.#entries[at] = null
  }
}
