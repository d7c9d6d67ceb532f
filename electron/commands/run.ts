import { HostError } from '../../shared/bridge/host-error.ts'
import { systemCode } from '../host/documents/refusals.ts'
import { build } from './build.ts'
import { check } from './check.ts'
import { type Command, type CommandContext, type ExitStatus, UsageError } from './command.ts'
import { edit } from './edit.ts'
import { graph } from './graph.ts'
import { serve } from './serve.ts'
import { tree } from './tree.ts'

const commands: readonly Command[] = [graph, check, edit, build, tree, serve]

/** Runs `slipway …words`. Every failure that can be foreseen ends as a sentence on stderr and a status. */
export async function runCli(words: readonly string[], context: CommandContext): Promise<ExitStatus> {
  const [word, ...rest] = words
  if (word === undefined) {
    await context.stderr.write(overview)
    return 2
  }
  if (word === '--version' || word === '-V') {
    await context.stdout.write(`${context.version}\n`)
    return 0
  }
  if (word === '--help' || word === '-h' || (word === 'help' && rest.length === 0)) {
    await context.stdout.write(overview)
    return 0
  }
  const name = word === 'help' ? (rest[0] ?? '') : word
  const command = commands.find(each => each.name === name)
  if (command === undefined) {
    const known = commands.map(each => each.name).join(', ')
    await context.stderr.write(`There is no command "${name}". The commands are: ${known}.\n`)
    return 2
  }
  if (word === 'help' || asksForHelp(rest)) {
    await context.stdout.write(command.help)
    return 0
  }
  try {
    return await command.run(rest, context)
  } catch (error) {
    await context.stderr.write(sentence(error, command))
    return 2
  }
}

const overview = `Slipway: multi-stage Dockerfiles as text and as a graph of stages.

Usage: slipway COMMAND …

${commands.map(({ name, summary }) => `  ${name.padEnd(6)} ${summary}`).join('\n')}

slipway COMMAND --help tells more; slipway --version prints the version.
`

function asksForHelp(words: readonly string[]): boolean {
  const end = words.indexOf('--')
  const options = end < 0 ? words : words.slice(0, end)
  return options.includes('--help') || options.includes('-h')
}

function sentence(error: unknown, command: Command): string {
  const pointer = `See slipway ${command.name} --help.`
  if (error instanceof HostError) return `${error.message}\n`
  if (error instanceof UsageError) return `${error.message} ${pointer}\n`
  // parseArgs says what is wrong in its first sentence; the rest is about quoting.
  if (error instanceof Error && systemCode(error).startsWith('ERR_PARSE_ARGS'))
    return `${error.message.split('. ')[0] ?? ''}. ${pointer}\n`
  const words = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return `slipway ${command.name} failed, which is a fault of Slipway's own: ${words}\n`
}
