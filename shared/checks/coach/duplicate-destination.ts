import type { Instruction } from '../../dockerfile/syntax.ts'
import { coachCheck, type Advice } from './coach-rule.ts'
import { namesFile } from './paths.ts'

/** One file copied onto another with nothing run between: the first copy is for nothing. Told at the later one. */
export const duplicateDestination = coachCheck('duplicate-destination', {
  stage: ({ draft: { instructions } }) => {
    const found: Advice[] = []
    const earlier = new Map<string, Instruction>()
    for (const instruction of instructions) {
      if (instruction.keyword === 'RUN') earlier.clear()
      const destination = fileDestination(instruction)
      if (destination === null) continue
      const first = earlier.get(destination)
      earlier.set(destination, instruction)
      if (first === undefined) continue
      const message = (movedLines: number): string =>
        `Line ${first.line + movedLines} puts a file at ${destination}, too: this one takes its place.`
      found.push({ message, instruction, range: instruction.arguments.at(-1)?.range })
    }
    return found
  },
})

/** Where one file is copied to; null where it may be a folder. */
function fileDestination(instruction: Instruction): string | null {
  if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') return null
  const [source, destination, ...others] = instruction.arguments.map(({ text }) => text)
  if (instruction.heredocs.length > 0 || others.length > 0) return null
  if (source === undefined || destination?.startsWith('/') !== true) return null
  return namesFile(source) && namesFile(destination) ? destination : null
}
