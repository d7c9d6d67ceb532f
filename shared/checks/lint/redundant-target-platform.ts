import { expandWord } from '../../dockerfile/variables.ts'
import { lintCheck } from './lint-rule.ts'

export const redundantTargetPlatform = lintCheck({
  rule: 'RedundantTargetPlatform',
  found: 'reading',
  stage: ({ draft: { from, platform } }, { escape, globals }) => {
    if (platform?.includes('$') !== true) return []
    const result = expandWord(platform, globals.values, escape)
    if (result.kind === 'failed') return []
    const { matched, unmatched, text } = result.lexed
    if (matched.length !== 1 || matched[0] !== 'TARGETPLATFORM' || unmatched.length > 0) return []
    if (text !== globals.values.get('TARGETPLATFORM')) return []
    const message = `Setting platform to predefined ${platform} in FROM is redundant as this is the default behavior`
    return [{ message, instruction: from, range: from.flags.find(({ name }) => name === 'platform')?.range }]
  },
})
