import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { analyze } from '../../shared/analysis.ts'
import { displayName } from '../../shared/files/display-name.ts'
import type { FileBatch } from '../../shared/files/file-listing.ts'
import { modeString } from '../../shared/files/file-mode.ts'
import { FileTree, rootId } from '../../shared/files/file-tree.ts'
import { FileOrder } from '../../shared/files/tree-view.ts'
import { type Stage, stageTitle } from '../../shared/graph/stage-graph.ts'
import { type ExtractionRequest, extractedWords } from '../../shared/files/extraction.ts'
import { cleanPath } from '../../shared/files/ignore-pattern.ts'
import type { Engine } from '../host/engine/engine-interface.ts'
import { extractFiles } from '../host/extract/extract.ts'
import { type Command, type CommandContext, type ExitStatus, type Output, UsageError } from './command.ts'
import { runBuild } from './run-build.ts'
import { buildArguments, chooseStage, oneOf, onlyFile, readDockerfile } from './words.ts'

export const tree: Command = {
  name: 'tree',
  summary: 'build a stage and list every file in it',
  help: `Usage: slipway tree FILE [--target STAGE] [--format text|json] [--build-arg NAME=value]… [--context FOLDER]
       slipway tree FILE --extract PATH… --to FOLDER [--replace] [--target STAGE] …

Builds a stage and prints its whole file system on standard output, or writes files of it to disk; progress goes
to standard error.

  --target     the stage, by name or 0-based index; the last one where it is not given
  --format     text (the default): mode, owner, size, path, folders with the size of all that is in them;
               json: {"stage", "entries": [{"path", "kind", "size", "mode", "uid", "gid", "link", "modified"}]}
  --extract    a file or folder of the stage, / for all of it; may be given several times
  --to         the folder to write them into, each by its own name; all are written or none, and nothing outside it
  --replace    replace what has that name there; without it, that is refused
  --build-arg  a value for an ARG; NAME alone takes it from the environment
  --context    the build context; the folder of FILE where it is not given

Exit status: 0 done, 1 the build failed or was cancelled, or something was in the way, 2 it could not begin.
`,
  async run(args, context) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        target: { type: 'string' },
        format: { type: 'string', default: 'text' },
        'build-arg': { type: 'string', multiple: true, default: [] },
        context: { type: 'string' },
        extract: { type: 'string', multiple: true, default: [] },
        to: { type: 'string' },
        replace: { type: 'boolean', default: false },
      },
    })
    const format = oneOf('--format', values.format, ['text', 'json'])
    if (values.extract.length > 0 !== (values.to !== undefined))
      throw new UsageError('--extract says what to write and --to where: give both.')
    const { path, text } = await readDockerfile(onlyFile(positionals), context)
    const buildArgs = buildArguments(values['build-arg'], context.environment)
    const { stage, target } = chooseStage(analyze(text).graph, values.target)
    const engine = context.createEngine()
    try {
      const folder = values.context === undefined ? dirname(path) : resolve(context.workingDirectory, values.context)
      const request = { text, path, contextDirectory: folder, target, tags: [], buildArgs, noCache: false }
      const finished = await runBuild(engine, request, context)
      if (finished === null) return 1
      if (values.to !== undefined) {
        const paths = values.extract.map(each => cleanPath(each).join('/'))
        const to = resolve(context.workingDirectory, values.to)
        const reference = { build: finished.build, stage: stage.index }
        return await extract(engine, { ...reference, paths, folder: to, replace: values.replace }, context)
      }
      const batches = engine.listFiles({ build: finished.build, stage: stage.index }, context.signal)
      switch (format) {
        case 'json':
          await writeJson(stage, batches, context.stdout)
          break
        case 'text':
          await writeText(batches, context.stdout)
      }
      if (context.signal.aborted) return 1
      await engine.release(finished.build)
      return 0
    } finally {
      await engine.close()
    }
  },
}

/** Tells what was written and, a line each, what could not be. */
async function extract(engine: Engine, request: ExtractionRequest, context: CommandContext): Promise<ExitStatus> {
  for await (const event of extractFiles(engine, request, context.signal))
    switch (event.kind) {
      case 'progress':
        break
      case 'taken':
        await context.stderr.write(
          `${event.names.join(', ')} already in ${request.folder}: give --replace to replace it.\n`,
        )
        return 1
      case 'extracted':
        await context.stderr.write(extractedWords(event, request.folder) + '\n')
        for (const { path, reason } of event.left) await context.stderr.write(displayName(`/${path} ${reason}.`) + '\n')
    }
  return 0
}

/** As the entries come: nothing is held back, however many there are. */
async function writeJson(stage: Stage, batches: AsyncIterable<FileBatch>, stdout: Output): Promise<void> {
  const named = JSON.stringify({ index: stage.index, name: stage.name, title: stageTitle(stage) })
  await stdout.write(`{"stage": ${named}, "entries": [`)
  let separator = '\n'
  for await (const { entries } of batches) {
    if (entries.length === 0) continue
    await stdout.write(separator + entries.map(entry => JSON.stringify(entry)).join(',\n'))
    separator = ',\n'
  }
  await stdout.write('\n]}\n')
}

/** Folders bear the size of all that is in them, which is known at the end only. */
async function writeText(batches: AsyncIterable<FileBatch>, stdout: Output): Promise<void> {
  const files = new FileTree()
  for await (const { entries } of batches) files.add(entries)
  const order = new FileOrder(files)
  const total = files.row(rootId)
  const sizeWidth = String(total.size).length

  const write = async (folder: number, path: string): Promise<void> => {
    let lines = ''
    for (const id of order.children(folder, 'name')) {
      const { kind, mode, uid, gid, size, link, name } = files.row(id)
      const isFolder = kind === 'directory'
      const shown = `${path}${displayName(name)}${isFolder ? '/' : ''}${link === '' ? '' : ` → ${displayName(link)}`}`
      const owner = `${uid}:${gid}`.padEnd(11)
      lines += `${modeString(kind, mode)} ${owner} ${String(size).padStart(sizeWidth)} ${shown}\n`
      if (!isFolder) continue
      await stdout.write(lines)
      lines = ''
      await write(id, `${path}${displayName(name)}/`)
    }
    if (lines !== '') await stdout.write(lines)
  }
  await write(rootId, '/')
  await stdout.write(`${total.files} files, ${total.size} bytes.\n`)
}
