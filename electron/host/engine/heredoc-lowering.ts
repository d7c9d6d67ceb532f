import { createHash } from 'node:crypto'
import { chompedContent, readHeredocWord } from '../../../shared/dockerfile/heredocs.ts'
import { parseDockerfile } from '../../../shared/dockerfile/parse.ts'
import type { Heredoc, Instruction } from '../../../shared/dockerfile/syntax.ts'
import { applyEdits, type TextEdit } from '../../../shared/text/text-edit.ts'

// Docker 20.10's built-in frontend is older than heredocs: it reads their bodies as instructions and refuses them, and the
// frontend that knows them would have to be pulled from a registry. So the text it is given has a placeholder instead of
// each heredoc and empty lines instead of each body, and heredoc-definition.ts puts the real thing into the definition it
// makes of that: what then runs is what a newer engine would have run. Newer engines never come this way.

/** A file that stands in for `<<NAME` of a COPY or ADD. */
export interface InlineFile {
  readonly kind: 'file'
  /** The source path that the frontend sees. */
  readonly placeholder: string
  readonly name: string
  readonly content: string
  /** Whether variables in the content are to be expanded; false where there are none. */
  readonly expand: boolean
  readonly shown: string
}

/** A command that stands in for a RUN with heredocs. */
export interface InlineScript {
  readonly kind: 'script'
  readonly placeholder: string
  /** What the shell is given. */
  readonly script: string
  /** A file that is mounted at /dev/pipes, for a heredoc that begins with #!. */
  readonly file: { readonly name: string; readonly content: string } | null
  readonly shown: string
}

export type InlineDocument = InlineFile | InlineScript

export interface LoweredText {
  /** Without heredocs; every other line stands where it stood. */
  readonly text: string
  /**
   * The same with a RUN in place of each instruction whose heredocs expand variables, named by its first placeholder: the
   * frontend gives a RUN the environment, which is what they expand against. Null where none does.
   */
  readonly probe: string | null
  /** By placeholder. */
  readonly documents: ReadonlyMap<string, InlineDocument>
  /** First placeholder of an instruction for each of its files. */
  readonly probeOf: ReadonlyMap<string, string>
  /** Last line of each instruction that had heredocs, by its first line. */
  readonly lastLines: ReadonlyMap<number, number>
}

/** Null where the text has no heredocs. */
export function lowerHeredocs(text: string): LoweredText | null {
  const instructions = parseDockerfile(text).instructions.filter(
    instruction => instruction.heredocs.length > 0 && instruction.heredocs.every(heredoc => heredoc.terminatorRange),
  )
  if (instructions.length === 0) return null
  const prefix = `slipway-heredoc-${createHash('sha256').update(text).digest('hex').slice(0, 12)}`
  const documents = new Map<string, InlineDocument>()
  const probeOf = new Map<string, string>()
  const edits: TextEdit[] = []
  const probeEdits: TextEdit[] = []
  let probing = false
  for (const instruction of instructions) {
    const blanks = instruction.heredocs.map(heredoc => blankLines(text, heredoc))
    if (instruction.keyword === 'RUN') {
      const script = inlineScript(instruction, `${prefix}-${documents.size}`)
      documents.set(script.placeholder, script)
      const edit = replaceArguments(text, instruction, script.placeholder)
      edits.push(edit, ...blanks)
      probeEdits.push(edit, ...blanks)
      continue
    }
    const files = instruction.heredocs.map((heredoc, index) =>
      inlineFile(heredoc, `${prefix}-${documents.size + index}`),
    )
    for (const file of files) documents.set(file.placeholder, file)
    const sources = instruction.heredocs.map(({ operatorRange }, index) => ({
      ...operatorRange,
      insert: files[index]?.placeholder ?? '',
    }))
    edits.push(...sources, ...blanks)
    const [first] = files
    if (first && files.some(file => file.expand)) {
      probing = true
      for (const file of files) probeOf.set(file.placeholder, first.placeholder)
      probeEdits.push(replaceInstruction(text, instruction, `RUN ${first.placeholder}`), ...blanks)
    } else probeEdits.push(...sources, ...blanks)
  }
  return {
    text: applyEdits(text, edits),
    probe: probing ? applyEdits(text, probeEdits) : null,
    documents,
    probeOf,
    lastLines: new Map(instructions.map(({ line, endLine }) => [line, endLine])),
  }
}

function inlineFile(heredoc: Heredoc, placeholder: string): InlineFile {
  const content = heredoc.chomp ? chompedContent(heredoc.content) : heredoc.content
  const expand = heredoc.expand && (content.includes('$') || content.includes('\\'))
  return { kind: 'file', placeholder, name: heredoc.name, content, expand, shown: `<<${heredoc.name}` }
}

function inlineScript(instruction: Instruction, placeholder: string): InlineScript {
  const shown = instruction.argumentsText
  const [first] = instruction.heredocs
  if (first && readHeredocWord(shown) !== null) {
    const content = first.chomp ? chompedContent(first.content) : first.content
    const file = first.content.startsWith('#!') ? { name: first.name, content } : null
    return { kind: 'script', placeholder, script: file ? `/dev/pipes/${file.name}` : content, file, shown }
  }
  // Mixed with other words it is for the shell to read: it gets the heredocs back as they were.
  const script = instruction.heredocs.reduce((line, { content, name }) => `${line}\n${content}${name}`, shown)
  return { kind: 'script', placeholder, script, file: null, shown }
}

/** The line ends of a body and its terminator, and nothing else of them. */
function blankLines(text: string, heredoc: Heredoc): TextEdit {
  const { from } = heredoc.body
  const to = heredoc.terminatorRange?.to ?? heredoc.body.to
  return { from, to, insert: lineEnds(text, from, to) }
}

function replaceArguments(text: string, instruction: Instruction, placeholder: string): TextEdit {
  const { from, to } = instruction.argumentsRange
  return { from, to, insert: placeholder + lineEnds(text, from, to) }
}

function replaceInstruction(text: string, instruction: Instruction, replacement: string): TextEdit {
  const { from } = instruction.range
  const { to } = instruction.argumentsRange
  return { from, to, insert: replacement + lineEnds(text, from, to) }
}

function lineEnds(text: string, from: number, to: number): string {
  return '\n'.repeat(text.slice(from, to).split('\n').length - 1)
}
