import { instructionCheck } from './check.ts'

/** What must not stand after ONBUILD. */
export const onbuildTrigger = instructionCheck('onbuild-trigger', instruction => {
  const { trigger } = instruction
  if (instruction.keyword !== 'ONBUILD' || trigger === null) return null
  const range = trigger.keywordRange
  if (trigger.keyword === 'ONBUILD') return { message: "Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed", range }
  if (trigger.keyword === 'FROM' || trigger.keyword === 'MAINTAINER')
    return { message: `${trigger.keyword} isn't allowed as an ONBUILD trigger`, range }
  return null
})
