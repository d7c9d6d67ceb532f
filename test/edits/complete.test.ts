import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')

/** What gestures are made of: they answer as gestures do. */
const parts = new Set([
  ...['edits', 'inSequence', 'refused', 'stageForReference'],
  ...['withInstructions', 'withoutSideEffects', 'withStepEdits'],
])

/** Gestures that the command line has within another, which takes one or several, or either end. */
const withinOthers = {
  removeStage: 'removeStages',
  reconnectSource: 'reconnectEnd',
  reconnectTarget: 'reconnectEnd',
}

function sources(folder: string, start = ''): readonly string[] {
  return readdirSync(join(root, folder))
    .filter(name => name.startsWith(start) && name.endsWith('.ts'))
    .map(name => readFileSync(join(root, folder, name), 'utf8'))
}

/** Functions whose head ends with the type of an outcome. */
const gestures = sources('shared/edits')
  .flatMap(text => text.split('\nexport function ').slice(1))
  .filter(each => each.slice(0, each.indexOf(' {\n')).endsWith('): EditOutcome'))
  .map(each => each.slice(0, each.indexOf('(')))
  .filter(name => !parts.has(name))

/** What is imported is used: the compiler sees to that. */
function missingIn(texts: readonly string[], within: Readonly<Record<string, string>> = {}): readonly string[] {
  const imported = new Set(
    texts.flatMap(text =>
      [...text.matchAll(/^import \{([^}]*)\}/gm)].flatMap(([, names = '']) => names.match(/\w+/g) ?? []),
    ),
  )
  return gestures.filter(name => !imported.has(name) && !imported.has(within[name] ?? name))
}

test('EDIT-42 every gesture is tried on real and random files, and can be asked for on the command line', () => {
  expect(gestures.length).toBeGreaterThan(40)
  expect({
    laws: missingIn(sources('test/edits', 'every-')),
    fuzz: missingIn(sources('test/fuzz', 'random-edit')),
    commands: missingIn(sources('electron/commands', 'edit-'), withinOthers),
  }).toEqual({ laws: [], fuzz: [], commands: [] })
})
