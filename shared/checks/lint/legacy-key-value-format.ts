import { eachBuilt, lintCheck } from './lint-rule.ts'

export const legacyKeyValueFormat = lintCheck({
  rule: 'LegacyKeyValueFormat',
  found: 'building',
  stage: eachBuilt(({ instruction }) => {
    const { keyword, writtenKeyword, pairs } = instruction
    if ((keyword !== 'ENV' && keyword !== 'LABEL') || pairs.every(({ equals }) => equals)) return null
    const message = `"${writtenKeyword} key=value" should be used instead of legacy "${writtenKeyword} key value" format`
    return [{ message }]
  }),
})
