import { exposedPorts } from './exposed-ports.ts'
import { eachBuilt, lintCheck } from './lint-rule.ts'

export const exposeInvalidFormat = lintCheck({
  rule: 'ExposeInvalidFormat',
  found: 'building',
  stage: eachBuilt(built =>
    exposedPorts(built)
      .filter(({ isMapped }) => isMapped)
      .map(({ text, range }) => ({
        message: `EXPOSE instruction should not define an IP address or host-port mapping, found '${text}'`,
        range,
      })),
  ),
})
