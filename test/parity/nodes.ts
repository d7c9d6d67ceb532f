import { flagText } from '../../shared/dockerfile/flags.ts'
import { parseDockerfile } from '../../shared/dockerfile/parse.ts'
import type { Dockerfile, Instruction } from '../../shared/dockerfile/syntax.ts'

/** A node as BuildKit's parser has it, with everything optional that its answers leave out. */
export interface ReferenceNode {
  readonly cmd: string
  readonly start?: number
  readonly end?: number
  readonly startLine?: number
  readonly endLine?: number
  readonly flags?: readonly string[] | null
  readonly args?: readonly string[] | null
  readonly json?: boolean
  readonly heredocs?: readonly ReferenceHeredoc[] | null
  readonly comments?: readonly string[] | null
  readonly sub?: ReferenceNode | null
}

export interface ReferenceHeredoc {
  readonly name: string
  readonly fd: number
  readonly expand: boolean
  readonly chomp: boolean
  readonly content: string
}

/** One shape for both sides. */
function comparable(node: ReferenceNode, withComments: boolean): unknown {
  return {
    cmd: node.cmd,
    lines: [node.start ?? node.startLine, node.end ?? node.endLine],
    flags: node.flags ?? [],
    args: node.args ?? [],
    json: node.json ?? false,
    heredocs: (node.heredocs ?? []).map(({ name, fd, expand, chomp, content }) => [name, fd, expand, chomp, content]),
    comments: withComments ? (node.comments ?? []) : [],
    sub: subNode(node.sub ?? null),
  }
}

function subNode(node: ReferenceNode | null): unknown {
  if (node === null) return null
  return { cmd: node.cmd, flags: node.flags ?? [], args: node.args ?? [], sub: subNode(node.sub ?? null) }
}

/** BuildKit's argument list: a pair counts as key, value and the sign between them; unknown keywords have one empty argument. */
function argumentTexts(instruction: Instruction): string[] {
  if (instruction.keyword === 'ENV' || instruction.keyword === 'LABEL')
    return instruction.pairs.flatMap(({ key, value, equals }) => [key.text, value?.text ?? '', equals ? '=' : ''])
  if (instruction.arguments.length === 0 && !knownKeywords.has(instruction.keyword)) return ['']
  return instruction.arguments.map(word => word.text)
}

const knownKeywords = new Set(
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(
    ' ',
  ),
)

function asNode(instruction: Instruction): ReferenceNode {
  return {
    cmd: instruction.writtenKeyword,
    start: instruction.line,
    end: instruction.endLine,
    flags: instruction.flags.map(flagText),
    args: argumentTexts(instruction),
    json: instruction.isJson,
    heredocs: instruction.heredocs.map(({ name, fileDescriptor, expand, chomp, content }) => ({
      name,
      fd: fileDescriptor,
      expand,
      chomp,
      content,
    })),
    comments: instruction.comment?.lines ?? [],
    sub: instruction.trigger === null ? null : asNode(instruction.trigger),
  }
}

/** What Slipway and BuildKit make of a text, in one shape. */
export function slipwayNodes(text: string, withComments = false): { file: Dockerfile; nodes: unknown[] } {
  const file = parseDockerfile(text)
  return { file, nodes: file.instructions.map(instruction => comparable(asNode(instruction), withComments)) }
}

export function referenceNodes(nodes: readonly ReferenceNode[] | null, withComments = false): unknown[] {
  return (nodes ?? []).map(node => comparable(node, withComments))
}
