import { expect } from 'vitest'
import { analyze, type Analysis } from '../../shared/analysis.ts'
import { addInstruction } from '../../shared/edits/add-instruction.ts'
import { addSources } from '../../shared/edits/add-sources.ts'
import { connectContext } from '../../shared/edits/connect-context.ts'
import { disconnectSource } from '../../shared/edits/disconnect.ts'
import { duplicateStage } from '../../shared/edits/duplicate-stage.ts'
import { extractImage } from '../../shared/edits/extract-image.ts'
import { inlineImage } from '../../shared/edits/inline-image.ts'
import { moveInstruction } from '../../shared/edits/move-instruction.ts'
import { moveStageDown, moveStageUp } from '../../shared/edits/move-stage.ts'
import { nameForIndex } from '../../shared/edits/name-for-index.ts'
import { reconnectEnd } from '../../shared/edits/reconnect-end.ts'
import { reconnectSource, reconnectTarget } from '../../shared/edits/reconnect.ts'
import { indexToName, nameToIndex } from '../../shared/edits/reference-form.ts'
import { makerOf } from '../../shared/edits/references.ts'
import { removeInstruction } from '../../shared/edits/remove-instruction.ts'
import { setCopy } from '../../shared/edits/set-copy.ts'
import { setDescription } from '../../shared/edits/set-description.ts'
import { setFlags } from '../../shared/edits/set-flags.ts'
import { setInstruction } from '../../shared/edits/set-instruction.ts'
import { addMount, removeMount, setMount } from '../../shared/edits/set-mount.ts'
import { setPlatform } from '../../shared/edits/set-platform.ts'
import { stageForVariable } from '../../shared/edits/stage-for-variable.ts'
import { stageTitle, type GraphEdge, type Stage } from '../../shared/graph/stage-graph.ts'
import { applyEdits } from '../../shared/text/text-edit.ts'
import { expectLaws } from './expect-edit.ts'
import { expectOne, perform, type GestureTally } from './gesture-tally.ts'

/** Gestures on a stage as a whole, each of which leaves the connections of every other stage alone. */
export function performStageChanges(analysis: Analysis, stage: Stage, tally: GestureTally): void {
  const title = stageTitle(stage)
  const alone = analysis.graph.stages.filter(each => each.name === stage.name).length === 1
  for (const [gesture, outcome] of [
    ['platform', setPlatform(analysis, stage.id, 'linux/riscv64')],
    ['no platform', setPlatform(analysis, stage.id, null)],
    ['describe', setDescription(analysis, stage.id, 'what it is for')],
  ] as const)
    perform(gesture, outcome, tally, ({ edits }) => expect(expectLaws(analysis, edits)).toEqual([]))
  for (const [gesture, outcome] of [
    ['move up', moveStageUp(analysis, stage.id)],
    ['move down', moveStageDown(analysis, stage.id)],
  ] as const)
    perform(gesture, outcome, tally, ({ edits }) => {
      // A stage without a name, or one of several, is a new one to whoever watches the text.
      const below = analysis.graph.stages[stage.index + 1]
      if (alone && stage.name !== '' && (gesture === 'move up' || (below?.name ?? '') !== ''))
        expect(expectLaws(analysis, edits)).toEqual([])
    })
  perform('duplicate', duplicateStage(analysis, stage.id, 'copied'), tally, ({ edits }) => {
    const own = analysis.graph.edges.filter(edge => edge.to === stage.id)
    const changes = expectLaws(analysis, edits)
    expect(changes.filter(change => !change.startsWith('+ '))).toEqual([])
    expect(changes).toHaveLength(own.length)
    expect(changes.every(change => change.includes('-> copied'))).toBe(true)
  })
  perform(
    'connect context',
    connectContext(analysis, { to: stage.id, source: 'from', destination: '/to' }),
    tally,
    ({ edits }) => expectOne(expectLaws(analysis, edits), `+ context: -context-> ${title}`, ' from /to'),
  )
}

/** Gestures on the steps of a stage: what it builds on, and every other stage, stay as they are. */
export function performStepChanges(analysis: Analysis, stage: Stage, tally: GestureTally): void {
  const title = stageTitle(stage)
  const [first] = stage.steps
  const last = stage.steps.at(-1)
  perform('add instruction', addInstruction(analysis, stage.id, 'RUN added'), tally, ({ edits }) =>
    expect(expectLaws(analysis, edits)).toEqual([]),
  )
  if (first === undefined || last === undefined) return
  perform('move instruction', moveInstruction(analysis, last.instruction, first.instruction), tally, ({ edits }) =>
    expect(expectLaws(analysis, edits)).toEqual([]),
  )
  const made = (index: number) => analysis.graph.edges.filter(edge => makerOf(analysis, edge)?.index === index).length
  for (const [gesture, outcome] of [
    ['set instruction', setInstruction(analysis, last.instruction, 'RUN changed')],
    ['remove instruction', removeInstruction(analysis, last.instruction)],
  ] as const)
    perform(gesture, outcome, tally, ({ edits }) => {
      const changes = expectLaws(analysis, edits)
      expect(changes.every(change => change.startsWith('- '))).toBe(true)
      expect(changes.length).toBeLessThanOrEqual(made(last.instruction))
    })
  for (const { instruction, keyword } of stage.steps) {
    if (keyword === 'RUN') performRunChanges(analysis, instruction, title, tally)
    if (keyword !== 'COPY' && keyword !== 'ADD') continue
    const flags = setCopy(analysis, instruction, { chown: '7:7', chmod: null, link: true, exclude: ['*.md'] })
    perform('copy flags', flags, tally, ({ edits }) => expect(expectLaws(analysis, edits)).toEqual([]))
    const paths = setCopy(analysis, instruction, { sources: ['one', 'two'], destination: '/a b/' })
    perform('copy paths', paths, tally, ({ edits }) => {
      const changes = expectLaws(analysis, edits)
      expect(changes).toHaveLength(2)
      expectOne(
        changes.filter(change => change.startsWith('+')),
        '+ ',
        ' one two /a b/',
      )
    })
  }
}

/** A cache comes and changes; nothing of it is an edge. */
function performRunChanges(analysis: Analysis, run: number, title: string, tally: GestureTally): void {
  const last = (analysis.file.instructions[run]?.flags.filter(flag => flag.name === 'mount').length ?? 0) - 1
  for (const [gesture, outcome] of [
    ['flags', setFlags(analysis, run, { network: 'none' })],
    ['add mount', addMount(analysis, run, { type: 'cache', target: '/added here' })],
    ...(last < 0 ? [] : [['set mount', setMount(analysis, run, last, { readonly: true })] as const]),
  ] as const)
    perform(gesture, outcome, tally, ({ edits }) => expect(expectLaws(analysis, edits)).toEqual([]))
  if (last < 0) return
  perform('remove mount', removeMount(analysis, run, last), tally, ({ edits }) => {
    const changes = expectLaws(analysis, edits)
    expect(changes.length).toBeLessThanOrEqual(1)
    expect(changes.every(change => change.startsWith('- ') && change.includes(title))).toBe(true)
  })
}

/** Takes the extracted image back. */
function performBackwards(analysis: Analysis, tally: GestureTally): void {
  const stage = analysis.graph.stages.find(each => each.name === 'extracted')
  if (stage === undefined) throw new Error('Nothing was extracted.')
  perform('inline image', inlineImage(analysis, stage.id), tally, ({ edits }) => {
    const changes = expectLaws(analysis, edits)
    expect(changes.filter(change => change.includes(' -base-> '))).toHaveLength(1)
    expect(changes.every(change => change.includes('extracted') || change.startsWith('+ image:'))).toBe(true)
  })
}

/** Gestures on one connection; `other` is the stage it is dragged to. */
export function performEdgeChanges(
  analysis: Analysis,
  edge: GraphEdge,
  other: Stage | undefined,
  tally: GestureTally,
): void {
  perform(
    'reconnect end',
    reconnectEnd(analysis, edge.id, 'source', { kind: 'image', reference: 'added:1' }),
    tally,
    ({ edits }) => {
      const added = expectLaws(analysis, edits).filter(
        change => change.startsWith('+') && !change.endsWith('(onbuild)'),
      )
      expect(added.every(change => change.startsWith('+ image:added:1 '))).toBe(true)
    },
  )
  if (edge.kind === 'base') return
  perform('name for index', nameForIndex(analysis, edge.id, 'named'), tally, ({ edits }) =>
    expect(expectLaws(analysis, edits)).toEqual([]),
  )
  perform('add sources', addSources(analysis, edge.id, ['/added', '/more']), tally, ({ edits }) => {
    const added = expectLaws(analysis, edits).filter(change => change.startsWith('+'))
    expect(added.length).toBeGreaterThan(0)
    expect(added.every(change => change.includes(' /added /more '))).toBe(true)
  })
  for (const [gesture, outcome] of [
    ['index to name', indexToName(analysis, edge.id)],
    ['name to index', nameToIndex(analysis, edge.id)],
  ] as const)
    perform(gesture, outcome, tally, ({ edits }) => expect(expectLaws(analysis, edits)).toEqual([]))
  perform('extract image', extractImage(analysis, edge.id, 'extracted'), tally, ({ edits }) => {
    const changes = expectLaws(analysis, edits)
    expect(changes.filter(change => change.includes(' -base-> '))).toHaveLength(1)
    expect(changes.every(change => change.includes('extracted') || change.startsWith('- image:'))).toBe(true)
    performBackwards(analyze(applyEdits(analysis.file.text, edits), analysis.inputs), tally)
  })
  if (edge.from.kind === 'unresolved' && edge.from.text.includes('$'))
    perform('stage for variable', stageForVariable(analysis, edge.id, 'extracted'), tally, ({ edits }) => {
      const changes = expectLaws(analysis, edits)
      expect(changes.every(change => change.includes('extracted') || change.startsWith('- unresolved'))).toBe(true)
    })
  const [source] = edge.sources
  if (source !== undefined && edge.sources.length > 1)
    perform('disconnect source', disconnectSource(analysis, edge.id, source), tally, ({ edits }) => {
      const changes = expectLaws(analysis, edits)
      expect(changes.filter(change => change.startsWith('+'))).toHaveLength(edge.onbuild ? changes.length / 2 : 1)
    })
  perform(
    'reconnect to image',
    reconnectSource(analysis, edge.id, { kind: 'image', reference: 'added:1' }),
    tally,
    ({ edits }) => {
      const added = expectLaws(analysis, edits).filter(change => change.startsWith('+'))
      expect(added.length).toBeGreaterThan(0)
      expect(added.every(change => change.startsWith('+ image:added:1 '))).toBe(true)
    },
  )
  if (other === undefined) return
  // A stage that moves is known by its name.
  const names = analysis.graph.stages.map(stage => stage.name)
  const named = !names.includes('') && new Set(names).size === names.length
  const isFrom = edge.from.kind === 'stage' && edge.from.stage === other.id
  const reconnected = reconnectSource(analysis, edge.id, { kind: 'stage', stage: other.id })
  perform('reconnect source', reconnected, tally, ({ edits }) => {
    if (!named) return
    const added = expectLaws(analysis, edits).filter(change => change.startsWith('+'))
    expect(added.every(change => change.startsWith(`+ ${stageTitle(other)}`))).toBe(true)
    expect(added.length > 0).toBe(!isFrom)
  })
  perform('reconnect target', reconnectTarget(analysis, edge.id, other.id), tally, ({ edits }) => {
    if (!named) return
    const changes = expectLaws(analysis, edits).filter(change => !change.endsWith('(onbuild)'))
    expect(changes).toHaveLength(edge.to === other.id ? 0 : 2)
  })
}
