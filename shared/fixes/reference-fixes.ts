import { nearest } from '../checks/suggest.ts'
import { buildOnLaterStage } from '../edits/build-on-later-stage.ts'
import { pathsOf } from '../edits/build-outputs.ts'
import { disconnect } from '../edits/disconnect.ts'
import { moveStageAbove } from '../edits/move-stage.ts'
import { nameForIndex } from '../edits/name-for-index.ts'
import { reconnectSource } from '../edits/reconnect.ts'
import { indexToName } from '../edits/reference-form.ts'
import { removeInstruction } from '../edits/remove-instruction.ts'
import { removeStage } from '../edits/remove-stage.ts'
import { renameStage } from '../edits/rename-stage.ts'
import { setBase } from '../edits/set-base.ts'
import { setCopy } from '../edits/set-copy.ts'
import { freeName } from '../edits/stage-names.ts'
import { stageForVariable } from '../edits/stage-for-variable.ts'
import { stageById } from '../edits/stage-text.ts'
import { readIndex } from '../graph/references.ts'
import { stageTitle, type Stage } from '../graph/stage-graph.ts'
import { markedEdge, type Fix, type Fixer, type Found } from './fix.ts'

/** Fixes of what stages take from each other. */
export const referenceFixers: Readonly<Record<string, Fixer>> = {
  'unknown-stage': found => {
    const { analysis, stage } = found
    const edge = markedEdge(found)
    const meant = meantStage(found)
    if (edge === null || meant === null) return []
    const source = { kind: 'stage', stage: meant.id } as const
    return edge.kind === 'base'
      ? [
          {
            title: `Build on ${stageTitle(meant)}`,
            outcome: () => setBase(analysis, stage?.id ?? edge.to, source),
          },
        ]
      : [{ title: `Take from ${stageTitle(meant)}`, outcome: () => reconnectSource(analysis, edge.id, source) }]
  },
  'forward-reference': found => {
    const { analysis } = found
    const edge = markedEdge(found)
    const to = edge === null ? null : stageById(analysis, edge.to)
    if (edge === null || to === null) return []
    if (edge.kind === 'base') {
      const later = analysis.graph.stages.findLast(({ name }) => name !== '' && name === to.base)
      if (later === undefined) return []
      return [{ title: `Move ${stageTitle(later)} up`, outcome: () => buildOnLaterStage(analysis, to.id, later.id) }]
    }
    const from = sourceStage(found)
    if (from === null) return []
    return [{ title: `Move ${stageTitle(from)} up`, outcome: () => moveStageAbove(analysis, from.id, to.id) }]
  },
  'self-copy': found => {
    const { analysis, stage } = found
    const edge = markedEdge(found)
    if (edge === null) return []
    const base = stage?.baseSource.kind === 'stage' ? stageById(analysis, stage.baseSource.stage) : null
    const source = base === null ? null : ({ kind: 'stage', stage: base.id } as const)
    return [
      ...(base === null || source === null
        ? []
        : [{ title: `Take from ${stageTitle(base)}`, outcome: () => reconnectSource(analysis, edge.id, source) }]),
      ...takeAway(found),
    ]
  },
  cycle: takeAway,
  'copy-from-ancestor': takeAway,
  'variable-in-from': found => {
    const edge = markedEdge(found)
    if (edge === null) return []
    return [{ title: 'Make a stage of it', outcome: () => stageForVariable(found.analysis, edge.id) }]
  },
  'index-instead-of-name': found => {
    const { analysis } = found
    const edge = markedEdge(found)
    const from = sourceStage(found)
    if (edge === null || from === null) return []
    if (from.writtenName !== null)
      return [{ title: `Write ${from.writtenName}`, outcome: () => indexToName(analysis, edge.id) }]
    const name = freeName(analysis, 'build')
    return [{ title: `Name it ${name}`, outcome: () => nameForIndex(analysis, edge.id, name) }]
  },
  'unused-stage': ({ analysis, stage }) =>
    stage === null ? [] : [{ title: 'Delete the stage', outcome: () => removeStage(analysis, stage.id) }],
  'duplicate-destination': ({ analysis, instruction }) => {
    const destination = instruction.arguments.at(-1)?.text
    const earlier = analysis.file.instructions.findLast(
      ({ index, keyword, arguments: words }) =>
        index < instruction.index && (keyword === 'COPY' || keyword === 'ADD') && words.at(-1)?.text === destination,
    )
    if (earlier === undefined) return []
    return [{ title: `Delete line ${earlier.line}`, outcome: () => removeInstruction(analysis, earlier.index) }]
  },
  'whole-workdir-copy': found => {
    const { analysis, instruction } = found
    const from = sourceStage(found)
    const [source, destination, ...others] = instruction.arguments.map(({ text }) => text)
    if (from === null || source === undefined || destination === undefined || others.length > 0) return []
    const folder = source.endsWith('/') ? source.slice(0, -1) : source
    const { outputs, conventional } = pathsOf(analysis, from)
    const made = [...outputs, ...conventional].find(path => path.startsWith(`${folder}/`))
    if (made === undefined) return []
    const to = `${destination.endsWith('/') ? destination.slice(0, -1) : destination}${made.slice(folder.length)}`
    const changes = { sources: [made], destination: to }
    return [{ title: `Copy ${made} alone`, outcome: () => setCopy(analysis, instruction.index, changes) }]
  },
  StageNameCasing: found => renamed(found, name => name.toLowerCase()),
  DuplicateStageName: found => renamed(found, name => freeName(found.analysis, name.toLowerCase())),
  ReservedStageName: found => renamed(found, name => freeName(found.analysis, `${name.toLowerCase()}-stage`)),
}

function takeAway(found: Found): readonly Fix[] {
  const edge = markedEdge(found)
  if (edge === null || edge.kind === 'base') return []
  const title = edge.kind === 'mount' ? 'Delete the mount' : 'Delete the line'
  return [{ title, outcome: () => disconnect(found.analysis, edge.id) }]
}

function renamed({ analysis, stage }: Found, newName: (name: string) => string): readonly Fix[] {
  if (stage?.writtenName === null || stage === null) return []
  const name = newName(stage.writtenName)
  return [{ title: `Rename to ${name}`, outcome: () => renameStage(analysis, stage.id, name) }]
}

function sourceStage(found: Found): Stage | null {
  const edge = markedEdge(found)
  return edge?.from.kind === 'stage' ? stageById(found.analysis, edge.from.stage) : null
}

/** The stage whose name was likely meant, or which a mount counts to. */
function meantStage(found: Found): Stage | null {
  const { stages } = found.analysis.graph
  const from = markedEdge(found)?.from
  const text = from?.kind === 'image' ? from.reference : from?.kind === 'unresolved' ? from.text : null
  if (text === null) return null
  const index = readIndex(text)
  if (index !== null) return stages[index] ?? null
  const name = nearest(
    text.toLowerCase(),
    stages.map(stage => stage.name).filter(each => each !== ''),
  )
  return stages.findLast(stage => stage.name === name) ?? null
}
