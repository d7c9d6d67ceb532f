import { exposedPorts } from './exposed-ports.ts'
import { eachBuilt, lintCheck } from './lint-rule.ts'

export const exposeProtoCasing = lintCheck({
  rule: 'ExposeProtoCasing',
  found: 'building',
  stage: eachBuilt(built =>
    exposedPorts(built)
      .filter(({ protocol }) => protocol !== protocol.toLowerCase())
      .map(({ text, range }) => ({
        message: `Defined protocol '${text}' in EXPOSE instruction should be lowercase`,
        range,
      })),
  ),
})
