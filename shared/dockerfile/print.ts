import type { Dockerfile } from './syntax.ts'

/** The text again, from the pieces of the tree. */
export function printDockerfile(file: Dockerfile): string {
  const pieces = [
    ...file.trivia.map(trivia => trivia.range),
    ...file.instructions.map(instruction => instruction.range),
  ]
  pieces.sort((a, b) => a.from - b.from || a.to - b.to)
  let text = ''
  for (const piece of pieces) text += file.text.slice(piece.from, piece.to)
  return text
}
