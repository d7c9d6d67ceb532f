import type { Checked } from '../checks/check.ts'
import type { StageGraph, Stage, StageId } from '../graph/stage-graph.ts'
import { formatBytes } from '../quantities.ts'
import { z } from '../schema.ts'
import { followAsFar, followPath } from './follow-path.ts'
import type { FileId, FileTree } from './file-tree.ts'
import { cleanPath } from './ignore-pattern.ts'
import { nearPaths } from './near-paths.ts'

/** What is to be true of one path of a stage. With nothing but a path: that something is there. */
export const expectationSchema = z.strictObject({
  /** From the root, `/app/server`; links on the way and at its end are followed. */
  path: z.string().regex(/^\/./, 'a path begins with /'),
  /** Nothing may be there, not even a link. */
  absent: z.literal(true).optional(),
  /** Octal, as chmod takes it. */
  mode: z
    .string()
    .regex(/^[0-7]{3,4}$/, 'a mode is three or four octal digits')
    .optional(),
  /** Numbers, `1000` or `1000:1000`. */
  owner: z
    .string()
    .regex(/^\d+(:\d+)?$/, 'an owner is a number, or two with a colon')
    .optional(),
  /** The most bytes that it may have; of a folder, all below it. */
  largest: z.number().int().nonnegative().optional(),
})
export type Expectation = Readonly<z.infer<typeof expectationSchema>>

/** By stage: its name, or `#` and its 0-based index where it has none. */
export const expectationsSchema = z.strictObject({ stages: z.record(z.string(), z.array(expectationSchema)) })
export type Expectations = Readonly<z.infer<typeof expectationsSchema>>

/** Each expectation of a stage with what is wrong, in a sentence; null where nothing is. */
export type Expected = readonly (readonly [Expectation, string | null])[]

export type ExpectedByStage = ReadonlyMap<StageId, Expected>

export function expectationKey({ name, index }: Stage): string {
  return name === '' ? `#${index}` : name
}

/** The last stage of that name, as for COPY --from; or the one of that number. */
export function expectedStage({ stages }: StageGraph, key: string): Stage | undefined {
  return stages.findLast(stage => expectationKey(stage) === key || `#${stage.index}` === key)
}

/** What was found of the stages that still read as they did when they were built. */
export function expectedOf({ surroundings }: Checked, current: ReadonlyMap<StageId, unknown>): ExpectedByStage {
  const found = new Map<StageId, Expected>()
  for (const [stage, expectations] of surroundings.expected) {
    const tree = surroundings.listed?.trees.get(stage)
    if (tree !== undefined && current.has(stage) && expectations.length > 0)
      found.set(stage, verify(tree, expectations))
  }
  return found
}

export function verify(tree: FileTree, expectations: readonly Expectation[]): Expected {
  return expectations.map(expectation => [expectation, missOf(tree, expectation)])
}

function missOf(tree: FileTree, { path, absent, ...wanted }: Expectation): string | null {
  if (absent === true) return isThere(tree, path) ? `${path} is there, and must not be.` : null
  const id = followPath(tree, path)
  if (id === null) {
    const [near] = nearPaths(tree, path)
    if (isThere(tree, path)) return `${path} is a link that leads nowhere.`
    return `${path} is not there.${near === undefined ? '' : ` Did you mean ${near}?`}`
  }
  const faults = faultsOf(tree, id, wanted)
  return faults.length === 0 ? null : `${path} ${faults.join(', and ')}.`
}

/** The path itself, also where it is a link that leads nowhere. */
function isThere(tree: FileTree, path: string): boolean {
  const names = cleanPath(path)
  const last = names.pop()
  const folder = followAsFar(tree, names.join('/'))
  return folder.rest.length === 0 && (last === undefined || tree.child(folder.at, last) !== null)
}

function faultsOf(tree: FileTree, id: FileId, wanted: Omit<Expectation, 'path' | 'absent'>): readonly string[] {
  const { mode, uid, gid } = tree.row(id)
  const size = tree.kind(id) === 'hardlink' ? tree.size(followPath(tree, tree.link(id)) ?? id) : tree.size(id)
  const owner = wanted.owner?.includes(':') === true ? `${uid}:${gid}` : String(uid)
  const faults: string[] = []
  if (wanted.mode !== undefined && Number.parseInt(wanted.mode, 8) !== mode)
    faults.push(`has mode ${octal(mode)}, not ${octal(Number.parseInt(wanted.mode, 8))}`)
  if (wanted.owner !== undefined && wanted.owner !== owner) faults.push(`belongs to ${owner}, not ${wanted.owner}`)
  if (wanted.largest !== undefined && size > wanted.largest)
    faults.push(`has ${formatBytes(size)}, more than ${formatBytes(wanted.largest)}`)
  return faults
}

/** As chmod takes it: `0755`. */
export function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0')
}

/** What is expected beside the path: `mode 0755, owner 0:0, at most 10.0 MB`. */
export function expectationWords({ absent, mode, owner, largest }: Expectation): string {
  if (absent === true) return 'must not be there'
  const words = [
    ...(mode === undefined ? [] : [`mode ${mode}`]),
    ...(owner === undefined ? [] : [`owner ${owner}`]),
    ...(largest === undefined ? [] : [`at most ${formatBytes(largest)}`]),
  ]
  return words.length === 0 ? 'is there' : words.join(', ')
}

/** `10 MB`, `512 kB` or `4096`; null for what is no size. */
export function readBytes(words: string): number | null {
  const [, number = '', unit = ''] = /^\s*(\d+(?:\.\d+)?)\s*(bytes?|b|kb|mb|gb)?\s*$/i.exec(words) ?? []
  if (number === '') return null
  const powers: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, g: 1e9 }
  return Math.round(Number(number) * (powers[unit.charAt(0).toLowerCase()] ?? 1))
}
