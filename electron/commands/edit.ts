import { parseArgs } from 'node:util'
import { defaultInputs } from '../../shared/analysis.ts'
import { applyEdits } from '../../shared/text/text-edit.ts'
import { readDocument } from '../host/documents/open.ts'
import { saveDocument } from '../host/documents/save.ts'
import { resolve } from 'node:path'
import { type Command, UsageError } from './command.ts'
import { connectionOperations } from './edit-connections.ts'
import { EditRequest, type EditOperation } from './edit-operation.ts'
import { stageOperations } from './edit-stages.ts'
import { stepOperations } from './edit-steps.ts'
import { lookingAround } from './look-around.ts'
import { unifiedDiff } from './unified-diff.ts'
import { buildArguments } from './words.ts'

const operations: readonly EditOperation[] = [...stageOperations, ...connectionOperations, ...stepOperations]

export const edit: Command = {
  name: 'edit',
  summary: 'change a Dockerfile by one gesture of the canvas',
  help: `Usage: slipway edit FILE OPERATION … [--write] [--target STAGE] [--build-arg NAME=value]… [--no-engine]

Prints what would change as a unified diff on standard output; with --write the file is saved as well. Only what must
change does. A gesture that would break something is refused with its reason on standard error.

${operations.map(described).join('\n')}

STAGE is a name or a 0-based index, LINE the 1-based number of any line of an instruction. BASE is a stage, an image or
scratch. Words that begin with a dash go behind --.

  --write      save the file, all at once, unless it changed meanwhile
  --target     the stage that would be built; the last one where it is not given
  --build-arg  a value for an ARG; NAME alone takes it from the environment
  --no-engine  ask no engine; one that answers within a second tells what the base images it holds set and run first

Exit status: 0 done or nothing to do, 1 refused, 2 the file could not be read or the words are not understood.
`,
  async run(args, context) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        ...operationOptions(),
        write: { type: 'boolean', default: false },
        target: { type: 'string' },
        'build-arg': { type: 'string', multiple: true, default: [] },
        'no-engine': { type: 'boolean', default: false },
      },
    })
    const [file, name, ...words] = positionals
    if (file === undefined) throw new UsageError('No Dockerfile is named.')
    const operation = operations.find(each => each.name === name)
    if (operation === undefined)
      throw new UsageError(name === undefined ? 'No operation is named.' : `There is no operation "${name}".`)
    const options = chosenOptions(operation, values)
    const [fewest, most] = operation.words
    if (words.length < fewest || words.length > most)
      throw new UsageError(`Write: slipway edit FILE ${operation.name} ${operation.usage}.`)
    const path = resolve(context.workingDirectory, file)
    const { text, fingerprint } = await readDocument(path)
    const buildArgs = buildArguments(listOf(values['build-arg']), context.environment)
    const target = typeof values.target === 'string' ? values.target : null
    const inputs = { ...defaultInputs, target, buildArgs }
    const around = { inputs, folder: null, asksEngine: !values['no-engine'] }
    const analysis = await lookingAround(around, context, look => look({ path, text }))
    const outcome = operation.run(new EditRequest(analysis, words, options))
    if (outcome.kind === 'refused') {
      await context.stderr.write(`${outcome.reason}\n`)
      return 1
    }
    const changed = applyEdits(text, outcome.edits)
    if (values.write && changed !== text) await saveDocument(path, changed, fingerprint)
    await context.stdout.write(unifiedDiff(file.startsWith('/') ? file.slice(1) : file, text, changed))
    for (const warning of outcome.warnings) await context.stderr.write(`${warning}\n`)
    return 0
  },
}

function described({ name, usage, summary }: EditOperation): string {
  return `  ${name} ${usage}\n      ${summary}`
}

/** All of them: which belong to the operation is known only when it is found. */
function operationOptions(): Record<string, { type: 'string'; multiple: true }> {
  const names = new Set(operations.flatMap(operation => operation.options ?? []))
  return Object.fromEntries([...names].map(name => [name, { type: 'string', multiple: true }]))
}

function chosenOptions(
  operation: EditOperation,
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, readonly string[]>> {
  const chosen: Record<string, readonly string[]> = {}
  for (const [name, value] of Object.entries(values)) {
    if (['write', 'target', 'build-arg', 'no-engine'].includes(name)) continue
    if (operation.options?.includes(name) !== true) throw new UsageError(`${operation.name} takes no --${name}.`)
    chosen[name] = listOf(value)
  }
  return chosen
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter(each => typeof each === 'string') : []
}
