import type { Instruction } from '../dockerfile/syntax.ts'
import { isDigit } from '../dockerfile/characters.ts'
import { builtInstructionCheck } from './check.ts'

/** Sources and modes that COPY and ADD refuse. */
export const copySource = builtInstructionCheck('copy-source', instruction => {
  if (instruction.keyword !== 'COPY' && instruction.keyword !== 'ADD') return null
  const message = sourceProblem(instruction) ?? modeProblem(flagValue(instruction, 'chmod'))
  return message === null ? null : { message }
})

function sourceProblem(instruction: Instruction): string | null {
  const sources = instruction.arguments.slice(0, -1).map(word => word.text)
  if (instruction.keyword === 'COPY') {
    if (flagValue(instruction, 'from') !== '') return null
    if (sources.some(isUrl)) return "source can't be a URL for COPY"
    return sources.some(isGitReference) ? "source can't be a git ref for COPY" : null
  }
  if (flagValue(instruction, 'checksum') === '') return null
  if (sources.length > 1) return "checksum can't be specified for multiple sources"
  const [source = ''] = sources
  if (source.includes('$') || isUrl(source) || isGitReference(source)) return null
  return 'checksum requires HTTP(S) or Git sources'
}

function flagValue(instruction: Instruction, name: string): string {
  return instruction.flags.find(flag => flag.name === name)?.value ?? ''
}

function isUrl(source: string): boolean {
  return source.startsWith('http://') || source.startsWith('https://')
}

function isGitReference(source: string): boolean {
  return source.startsWith('git@') || source.startsWith('git://') || source.startsWith('ssh://')
}

/** Octal up to 07777. Symbolic modes (`u=rwX`) and variables are left to BuildKit. */
function modeProblem(mode: string): string | null {
  if (!isDigit(mode.charCodeAt(0)) || mode.includes('$')) return null
  let value = 0
  for (const digit of mode) value = digit >= '0' && digit <= '7' ? value * 8 + Number(digit) : Infinity
  return value <= 0o7777
    ? null
    : `invalid chmod parameter: '${mode}'. it should be octal string and between 0 and 07777`
}
