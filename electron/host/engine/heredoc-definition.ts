import { create, toBinary } from '@bufbuild/protobuf'
import type { VertexDigest } from '../../../shared/builds/build-events.ts'
import type { Environment } from '../../../shared/dockerfile/variables.ts'
import { cutDefinition, decodeOperation, digestOf } from './definition.ts'
import { expandHeredoc } from './heredoc-expansion.ts'
import type { InlineDocument, InlineFile, LoweredText } from './heredoc-lowering.ts'
import {
  type Definition,
  DefinitionSchema,
  type FileOp,
  type Locations,
  LocationsSchema,
  type Op,
  type OperationMetadata,
  OperationMetadataSchema,
  OpSchema,
} from './protocol/generated/ops_pb.ts'

const preparing = { 'llb.customname': '[internal] preparing inline document' }

/**
 * Puts the heredocs back into a definition that was made without them. Operations that change get another digest, and so
 * does all that is built on them.
 */
export function restoreHeredocs(
  definition: Definition,
  lowered: LoweredText,
  environments: ReadonlyMap<string, Environment>,
): Definition {
  const operations: Uint8Array[] = []
  const metadata: Record<string, OperationMetadata> = {}
  const locations: Record<string, Locations> = {}
  const renamed = new Map<VertexDigest, VertexDigest>()

  const addFile = (name: string, mode: number, content: string, like: Op): VertexDigest => {
    const action = { input: -1n, secondaryInput: -1n, output: 0n }
    const makeFile = { path: `/${name}`, mode, content: Buffer.from(content, 'utf8'), timestamp: -1n }
    const op = create(OpSchema, {
      ...(like.platform && { platform: like.platform }),
      operation: { case: 'file', value: { actions: [{ ...action, action: { case: 'makeFile', value: makeFile } }] } },
    })
    const bytes = toBinary(OpSchema, op)
    const digest = digestOf(bytes)
    if (metadata[digest]) return digest
    operations.push(bytes)
    metadata[digest] = create(OperationMetadataSchema, { description: preparing, capabilities: { 'file.base': true } })
    return digest
  }

  let result = ''
  for (const bytes of definition.operations) {
    const op = decodeOperation(bytes)
    const before = digestOf(bytes)
    let changed = false
    for (const input of op.inputs) {
      const digest = renamed.get(input.digest)
      if (digest === undefined || digest === input.digest) continue
      input.digest = digest
      changed = true
    }
    if (op.operation.case === undefined) {
      result = op.inputs[0]?.digest ?? ''
      continue
    }
    if (op.operation.case === 'file')
      changed = restoreCopies(op, op.operation.value, lowered, environments, addFile) || changed
    else if (op.operation.case === 'exec') changed = restoreScript(op, lowered, addFile) || changed
    else changed = forgetPlaceholders(op, lowered) || changed
    const kept = changed ? toBinary(OpSchema, op) : bytes
    const digest = changed ? digestOf(kept) : before
    renamed.set(before, digest)
    operations.push(kept)
    const described = definition.metadata[before]
    if (described) metadata[digest] = withShownNames(described, lowered.documents)
    const located = definition.source?.locations[before]
    if (located) locations[digest] = withLastLines(located, lowered.lastLines)
  }
  const source = { infos: definition.source?.infos ?? [], locations }
  return cutDefinition(create(DefinitionSchema, { operations, metadata, source }), result)
}

type AddFile = (name: string, mode: number, content: string, like: Op) => VertexDigest

function restoreCopies(
  op: Op,
  fileOp: FileOp,
  lowered: LoweredText,
  environments: ReadonlyMap<string, Environment>,
  addFile: AddFile,
): boolean {
  const inputsBefore = op.inputs.length
  const files = fileOp.actions.flatMap(({ action }, index) => {
    const document = action.case === 'copy' ? lowered.documents.get(action.value.source.slice(1)) : undefined
    return document?.kind === 'file' ? [[index, document] as const] : []
  })
  if (files.length === 0) return false
  const inputs = op.inputs.map(({ digest, index }) => ({ digest, index }))
  for (const [index, file] of files) {
    const fileAction = fileOp.actions[index]
    if (fileAction?.action.case !== 'copy') continue
    const digest = addFile(file.name, 0o644, contentOf(file, lowered, environments), op)
    let input = inputs.findIndex(candidate => candidate.digest === digest)
    if (input < 0) input = inputs.push({ digest, index: 0n }) - 1
    // Negative until the inputs are numbered anew, so as not to be mistaken for the output of an action.
    fileAction.secondaryInput = BigInt(-2 - input)
    fileAction.action.value.source = `/${file.name}`
    fileAction.action.value.unpackArchives = false
  }
  renumber(op, fileOp, inputs, inputsBefore)
  return true
}

function contentOf(file: InlineFile, lowered: LoweredText, environments: ReadonlyMap<string, Environment>): string {
  if (!file.expand) return file.content
  return expandHeredoc(file.content, environments.get(lowered.probeOf.get(file.placeholder) ?? '') ?? new Map())
}

/** Drops inputs that nothing refers to any more. Numbers beyond the inputs mean outputs of earlier actions. */
function renumber(op: Op, fileOp: FileOp, inputs: readonly { digest: string; index: bigint }[], before: number): void {
  const inputOf = (reference: bigint) => (reference <= -2n ? Number(-2n - reference) : Number(reference))
  const isInput = (reference: bigint) => reference <= -2n || (reference >= 0n && reference < BigInt(before))
  const used = new Set(
    fileOp.actions.flatMap(({ input, secondaryInput }) => [input, secondaryInput].filter(isInput).map(inputOf)),
  )
  const kept = inputs.flatMap((_, index) => (used.has(index) ? [index] : []))
  const numbered = (reference: bigint): bigint => {
    if (isInput(reference)) return BigInt(kept.indexOf(inputOf(reference)))
    return reference === -1n ? reference : reference - BigInt(before) + BigInt(kept.length)
  }
  for (const action of fileOp.actions) {
    action.input = numbered(action.input)
    action.secondaryInput = numbered(action.secondaryInput)
  }
  op.inputs = create(OpSchema, { inputs: kept.flatMap(index => inputs[index] ?? []) }).inputs
}

function restoreScript(op: Op, lowered: LoweredText, addFile: AddFile): boolean {
  if (op.operation.case !== 'exec') return false
  const exec = op.operation.value
  const commandLine = exec.meta?.arguments ?? []
  const document = lowered.documents.get(commandLine.at(-1) ?? '')
  if (document?.kind !== 'script') return false
  commandLine[commandLine.length - 1] = document.script
  if (document.file) {
    const digest = addFile(document.file.name, 0o755, document.file.content, op)
    const file = create(OpSchema, {
      inputs: [{ digest, index: 0n }],
      operation: {
        case: 'exec',
        value: {
          mounts: [
            { input: BigInt(op.inputs.length), selector: '/', destination: '/dev/pipes/', output: -1n, readOnly: true },
          ],
        },
      },
    })
    op.inputs.push(...file.inputs)
    if (file.operation.case === 'exec') exec.mounts.push(...file.operation.value.mounts)
  }
  return true
}

/** The context is asked for the paths that are copied from it; placeholders are none of them. */
function forgetPlaceholders(op: Op, lowered: LoweredText): boolean {
  if (op.operation.case !== 'source') return false
  const { attributes } = op.operation.value
  const followed: unknown = attributes['local.followpaths'] ? JSON.parse(attributes['local.followpaths']) : null
  if (!Array.isArray(followed)) return false
  const kept = followed.filter(
    path => !lowered.documents.has(String(path)) && !lowered.documents.has(String(path).slice(1)),
  )
  if (kept.length === followed.length) return false
  attributes['local.followpaths'] = JSON.stringify(kept)
  return true
}

function withShownNames(
  metadata: OperationMetadata,
  documents: ReadonlyMap<string, InlineDocument>,
): OperationMetadata {
  const description = Object.entries(metadata.description).map(([key, text]) => [key, showHeredocs(text, documents)])
  return { ...metadata, description: Object.fromEntries(description) as Record<string, string> }
}

function withLastLines(locations: Locations, lastLines: ReadonlyMap<number, number>): Locations {
  const copy = create(LocationsSchema, locations)
  for (const location of copy.locations)
    for (const { start, end } of location.ranges) {
      const last = start ? lastLines.get(start.line) : undefined
      if (end && last !== undefined) end.line = last
    }
  return copy
}

/** What the user wrote, in place of the placeholders. */
function showHeredocs(text: string, documents: ReadonlyMap<string, InlineDocument>): string {
  let shown = text
  for (const document of documents.values()) shown = shown.replaceAll(document.placeholder, () => document.shown)
  return shown
}

/** The image's configuration with what was run in its history, as a newer engine writes it. */
export function restoreConfiguration(
  configuration: Uint8Array,
  documents: ReadonlyMap<string, InlineDocument>,
): Uint8Array {
  let text = new TextDecoder().decode(configuration)
  for (const document of documents.values()) {
    const written = document.kind === 'script' ? document.script : document.shown
    text = text.replaceAll(document.placeholder, () => JSON.stringify(written).slice(1, -1))
  }
  return Buffer.from(text, 'utf8')
}
