import { addSources } from '../../shared/edits/add-sources.ts'
import { connectContext } from '../../shared/edits/connect-context.ts'
import { connectImage } from '../../shared/edits/connect-image.ts'
import { connectStages } from '../../shared/edits/connect-stages.ts'
import { disconnect, disconnectSource } from '../../shared/edits/disconnect.ts'
import { extractImage } from '../../shared/edits/extract-image.ts'
import type { ConnectionSource } from '../../shared/edits/reconnect.ts'
import { reconnectEnd } from '../../shared/edits/reconnect-end.ts'
import { nameForIndex } from '../../shared/edits/name-for-index.ts'
import { indexToName, nameToIndex } from '../../shared/edits/reference-form.ts'
import { setCopy, type CopyChanges } from '../../shared/edits/set-copy.ts'
import { stageForVariable } from '../../shared/edits/stage-for-variable.ts'
import { UsageError } from './command.ts'
import type { EditOperation, EditRequest } from './edit-operation.ts'

export const connectionOperations: readonly EditOperation[] = [
  {
    name: 'connect',
    usage: 'STAGE STAGE SOURCE DEST',
    summary: 'copy from the first stage to the second',
    words: [4, 4],
    run: request =>
      connectStages(request.analysis, {
        from: request.stage(0),
        to: request.stage(1),
        source: request.word(2),
        destination: request.word(3),
      }),
  },
  {
    name: 'connect-image',
    usage: 'IMAGE STAGE SOURCE DEST',
    summary: 'copy from an image to a stage',
    words: [4, 4],
    run: request =>
      connectImage(request.analysis, {
        reference: request.word(0),
        to: request.stage(1),
        source: request.word(2),
        destination: request.word(3),
      }),
  },
  {
    name: 'connect-context',
    usage: 'STAGE SOURCE DEST',
    summary: 'copy from the build context to a stage',
    words: [3, 3],
    run: request =>
      connectContext(request.analysis, {
        to: request.stage(0),
        source: request.word(1),
        destination: request.word(2),
      }),
  },
  {
    name: 'reconnect',
    usage: 'LINE --from STAGE|--image IMAGE|--to STAGE [--mount TARGET]',
    summary: "take from or stand on another (--from '' is the build context), or move the line to another stage",
    words: [1, 1],
    options: ['from', 'image', 'to', 'mount'],
    run: request => {
      const edge = request.edge(0, request.option('mount'))
      const to = request.stageOption('to')
      return to === null
        ? reconnectEnd(request.analysis, edge, 'source', sourceOf(request))
        : reconnectEnd(request.analysis, edge, 'target', { kind: 'stage', stage: to })
    },
  },
  {
    name: 'disconnect',
    usage: 'LINE [PATH]',
    summary: 'take away a COPY, one source of it, or the mount with that target',
    words: [1, 2],
    run: request => {
      const { analysis, words } = request
      const [, path = null] = words
      const edge = request.edge(0, path)
      const isMount = analysis.graph.edges.some(({ id, kind }) => id === edge && kind === 'mount')
      return path === null || isMount ? disconnect(analysis, edge) : disconnectSource(analysis, edge, path)
    },
  },
  {
    name: 'add-sources',
    usage: 'LINE PATH…',
    summary: 'let a COPY --from into a folder take more paths',
    words: [2, Infinity],
    run: request => addSources(request.analysis, request.edge(0), request.words.slice(1)),
  },
  {
    name: 'set-copy',
    usage:
      'LINE [--source PATH]… [--dest PATH] [--chown OWNER] [--chmod MODE] [--link on|off] [--parents on|off] [--exclude PATTERN]…',
    summary: 'change paths and flags of a COPY or ADD; an empty value takes a flag away',
    words: [1, 1],
    options: ['source', 'dest', 'chown', 'chmod', 'link', 'parents', 'exclude'],
    run: request => setCopy(request.analysis, request.instruction(0), copyChanges(request)),
  },
  {
    name: 'by-name',
    usage: 'LINE',
    summary: 'write the name of a stage where a COPY has its index',
    words: [1, 1],
    run: request => indexToName(request.analysis, request.edge(0)),
  },
  {
    name: 'by-index',
    usage: 'LINE',
    summary: 'write the index of a stage where a COPY has its name',
    words: [1, 1],
    run: request => nameToIndex(request.analysis, request.edge(0)),
  },
  {
    name: 'name-index',
    usage: 'LINE NAME',
    summary: 'name the stage that a COPY counts to, and write the name wherever one does',
    words: [2, 2],
    run: request => nameForIndex(request.analysis, request.edge(0), request.word(1)),
  },
  {
    name: 'extract-image',
    usage: 'LINE [--name NAME] [--mount TARGET]',
    summary: 'make a stage of the image that a line takes from',
    words: [1, 1],
    options: ['name', 'mount'],
    run: request => extractImage(request.analysis, request.edge(0, request.option('mount')), request.option('name')),
  },
  {
    name: 'extract-variable',
    usage: 'LINE [--name NAME] [--mount TARGET]',
    summary: 'make a stage of the variable that a line takes from',
    words: [1, 1],
    options: ['name', 'mount'],
    run: request =>
      stageForVariable(request.analysis, request.edge(0, request.option('mount')), request.option('name')),
  },
]

function sourceOf(request: EditRequest): ConnectionSource {
  if (request.option('from') === '') return { kind: 'context' }
  const stage = request.stageOption('from')
  if (stage !== null) return { kind: 'stage', stage }
  const image = request.option('image')
  if (image !== null) return { kind: 'image', reference: image }
  throw new UsageError('reconnect needs --from, --image or --to.')
}

/** What is not said stays as it is. */
function copyChanges(request: EditRequest): CopyChanges {
  const said = {
    sources: request.list('source'),
    destination: request.option('dest'),
    link: request.switched('link'),
    parents: request.switched('parents'),
    exclude: request.list('exclude'),
  }
  const owners = ['chown', 'chmod'].flatMap(name => {
    const value = request.option(name)
    return value === null ? [] : [[name, value === '' ? null : value] as const]
  })
  return Object.fromEntries([...owners, ...Object.entries(said).filter(([, value]) => value !== null)])
}
