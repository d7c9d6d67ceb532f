import { goQuote } from '../../dockerfile/go-quote.ts'
import { expandWord } from '../../dockerfile/variables.ts'
import { readPlatform } from '../../graph/platforms.ts'
import { lintCheck } from './lint-rule.ts'

/** A stage whose name tells the platform is meant to have that one. */
export const fromPlatformFlagConstDisallowed = lintCheck({
  rule: 'FromPlatformFlagConstDisallowed',
  found: 'reading',
  stage: ({ draft: { from, platform, name } }, { escape, globals }) => {
    if (platform === null || platform === '' || platform.includes('$')) return []
    const result = expandWord(platform, globals.values, escape)
    if (result.kind === 'failed') return []
    const read = readPlatform(result.lexed.text)
    if (read.kind === 'invalid') return []
    const { system, architecture } = read.platform
    if (name.includes(system) || name.includes(architecture)) return []
    const message = `FROM --platform flag should not use constant value ${goQuote(result.lexed.text)}`
    return [{ message, instruction: from, range: from.flags.find(flag => flag.name === 'platform')?.range }]
  },
})
