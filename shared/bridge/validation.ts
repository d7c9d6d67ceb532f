import { type z } from '../schema.ts'
import { type Contract, contract, type MethodName } from './contract.ts'

type Verdict = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly sentence: string }

/** Own names only: `toString` and `__proto__` are not methods of the contract. */
export function isMethodName(name: string): name is MethodName {
  return Object.hasOwn(contract, name)
}

/** What a caller sent, checked at the host. The sentence names the method and the first field that is wrong. */
export function checkArgument(method: MethodName, argument: unknown): Verdict {
  return check(contract[method], 'argument', argument, `The argument of ${method} is not valid`)
}

/** What the host sent, checked on arrival: a result, or one event of a stream. */
export function checkResult(method: MethodName, value: unknown): Verdict {
  return check(contract[method], 'result', value, `The answer to ${method} is not what was agreed`)
}

function check(spec: Contract[MethodName], part: 'argument' | 'result', value: unknown, opening: string): Verdict {
  const schema: z.ZodType = spec[part]
  const parsed = schema.safeParse(value)
  if (parsed.success) return { ok: true, value: parsed.data }
  const issue = parsed.error.issues[0]
  if (issue === undefined) return { ok: false, sentence: `${opening}.` }
  const field = issue.path.length === 0 ? 'the whole of it' : `field "${issue.path.join('.')}"`
  return { ok: false, sentence: `${opening}: ${field}: ${issue.message}.` }
}
