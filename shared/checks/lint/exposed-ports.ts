import type { TextRange } from '../../text/text-edit.ts'
import type { BuiltInstruction } from '../../graph/environment.ts'

/** One port of EXPOSE after expansion: `127.0.0.1:80:80/tcp`. */
export interface ExposedPort {
  readonly text: string
  readonly protocol: string
  /** Whether an address or a port of the host stands before it. */
  readonly isMapped: boolean
  readonly range: TextRange
}

export function exposedPorts({ instruction, expanded }: BuiltInstruction): ExposedPort[] {
  if (instruction.keyword !== 'EXPOSE') return []
  return instruction.arguments.flatMap(({ text: written, range }) => {
    const words = expanded.find(word => word.range.from === range.from)?.words ?? [written]
    return words.map(text => {
      const colon = text.lastIndexOf(':')
      const slash = text.indexOf('/', colon + 1)
      const protocol = slash < 0 ? '' : text.slice(slash + 1)
      return { text, protocol, isMapped: colon > 0, range }
    })
  })
}
