import { connectContext } from '../../shared/edits/connect-context.ts'
import { connectImage } from '../../shared/edits/connect-image.ts'
import { connectStages } from '../../shared/edits/connect-stages.ts'
import { disconnect, disconnectSource } from '../../shared/edits/disconnect.ts'
import { extractImage } from '../../shared/edits/extract-image.ts'
import { reconnectSource, reconnectTarget, type ConnectionSource } from '../../shared/edits/reconnect.ts'
import { indexToName, nameToIndex } from '../../shared/edits/reference-form.ts'
import { setCopy, type CopyChanges } from '../../shared/edits/set-copy.ts'
import { stageForVariable } from '../../shared/edits/stage-for-variable.ts'
import { UsageError } from './command.ts'
import {
  edgeOn,
  instructionOn,
  onOrOff,
  option,
  stageOf,
  word,
  type EditOperation,
  type OperationWords,
} from './edit-operation.ts'

export const connectionOperations: readonly EditOperation[] = [
  {
    name: 'connect',
    usage: 'STAGE STAGE SOURCE DEST',
    summary: 'copy from the first stage to the second',
    words: [4, 4],
    run: request =>
      connectStages(request.analysis, {
        from: stageOf(request, word(request, 0)),
        to: stageOf(request, word(request, 1)),
        source: word(request, 2),
        destination: word(request, 3),
      }),
  },
  {
    name: 'connect-image',
    usage: 'IMAGE STAGE SOURCE DEST',
    summary: 'copy from an image to a stage',
    words: [4, 4],
    run: request =>
      connectImage(request.analysis, {
        reference: word(request, 0),
        to: stageOf(request, word(request, 1)),
        source: word(request, 2),
        destination: word(request, 3),
      }),
  },
  {
    name: 'connect-context',
    usage: 'STAGE SOURCE DEST',
    summary: 'copy from the build context to a stage',
    words: [3, 3],
    run: request =>
      connectContext(request.analysis, {
        to: stageOf(request, word(request, 0)),
        source: word(request, 1),
        destination: word(request, 2),
      }),
  },
  {
    name: 'reconnect',
    usage: 'LINE --from STAGE|--image IMAGE|--to STAGE [--mount TARGET]',
    summary: "take from elsewhere (--from '' is the build context), or move the line to another stage",
    words: [1, 1],
    options: ['from', 'image', 'to', 'mount'],
    run: request => {
      const edge = edgeOn(request, word(request, 0), option(request, 'mount'))
      const to = option(request, 'to')
      return to === null
        ? reconnectSource(request.analysis, edge, sourceOf(request))
        : reconnectTarget(request.analysis, edge, stageOf(request, to))
    },
  },
  {
    name: 'disconnect',
    usage: 'LINE [PATH]',
    summary: 'take away a COPY, one source of it, or the mount with that target',
    words: [1, 2],
    run: request => {
      const { analysis } = request
      const [line = '', path = null] = request.words
      const edge = analysis.graph.edges.find(each => each.id === edgeOn(request, line, path))
      if (edge === undefined || path === null || edge.kind === 'mount')
        return disconnect(analysis, edgeOn(request, line, path))
      return disconnectSource(analysis, edge.id, path)
    },
  },
  {
    name: 'set-copy',
    usage:
      'LINE [--source PATH]… [--dest PATH] [--chown OWNER] [--chmod MODE] [--link on|off] [--parents on|off] [--exclude PATTERN]…',
    summary: 'change paths and flags of a COPY or ADD; an empty value takes a flag away',
    words: [1, 1],
    options: ['source', 'dest', 'chown', 'chmod', 'link', 'parents', 'exclude'],
    run: request => setCopy(request.analysis, instructionOn(request, word(request, 0)), copyChanges(request)),
  },
  {
    name: 'by-name',
    usage: 'LINE',
    summary: 'write the name of a stage where a COPY has its index',
    words: [1, 1],
    run: request => indexToName(request.analysis, edgeOn(request, word(request, 0))),
  },
  {
    name: 'by-index',
    usage: 'LINE',
    summary: 'write the index of a stage where a COPY has its name',
    words: [1, 1],
    run: request => nameToIndex(request.analysis, edgeOn(request, word(request, 0))),
  },
  {
    name: 'extract-image',
    usage: 'LINE [--name NAME] [--mount TARGET]',
    summary: 'make a stage of the image that a line takes from',
    words: [1, 1],
    options: ['name', 'mount'],
    run: request =>
      extractImage(
        request.analysis,
        edgeOn(request, word(request, 0), option(request, 'mount')),
        option(request, 'name'),
      ),
  },
  {
    name: 'extract-variable',
    usage: 'LINE [--name NAME] [--mount TARGET]',
    summary: 'make a stage of the variable that a line takes from',
    words: [1, 1],
    options: ['name', 'mount'],
    run: request =>
      stageForVariable(
        request.analysis,
        edgeOn(request, word(request, 0), option(request, 'mount')),
        option(request, 'name'),
      ),
  },
]

function sourceOf(request: OperationWords): ConnectionSource {
  const from = option(request, 'from')
  const image = option(request, 'image')
  if (from === '') return { kind: 'context' }
  if (from !== null) return { kind: 'stage', stage: stageOf(request, from) }
  if (image !== null) return { kind: 'image', reference: image }
  throw new UsageError('reconnect needs --from, --image or --to.')
}

function copyChanges(request: OperationWords): CopyChanges {
  const { options } = request
  const destination = option(request, 'dest')
  const [chown, chmod] = [option(request, 'chown'), option(request, 'chmod')]
  const [link, parents] = [option(request, 'link'), option(request, 'parents')]
  const excluded = options['exclude']?.filter(pattern => pattern !== '')
  return {
    ...(options['source'] === undefined ? {} : { sources: options['source'] }),
    ...(destination === null ? {} : { destination }),
    ...(chown === null ? {} : { chown: chown === '' ? null : chown }),
    ...(chmod === null ? {} : { chmod: chmod === '' ? null : chmod }),
    ...(link === null ? {} : { link: onOrOff('link', link) }),
    ...(parents === null ? {} : { parents: onOrOff('parents', parents) }),
    ...(excluded === undefined ? {} : { exclude: excluded }),
  }
}
