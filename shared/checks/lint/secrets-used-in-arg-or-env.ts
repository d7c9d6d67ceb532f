import { goQuote } from '../../dockerfile/go-quote.ts'
import { eachBuilt, lintCheck } from './lint-rule.ts'

const secret = new Set('apikey auth credential credentials key password pword passwd secret token'.split(' '))
const harmless = new Set(['public', 'file', 'version'])

/** By the words of a name, parted by `_`: values are not looked at. */
export const secretsUsedInArgOrEnv = lintCheck({
  rule: 'SecretsUsedInArgOrEnv',
  found: 'building',
  stage: eachBuilt(({ instruction, expanded }) => {
    const { keyword, pairs } = instruction
    if (keyword !== 'ARG' && keyword !== 'ENV') return null
    return pairs.flatMap(({ key }) => {
      const name =
        keyword === 'ENV' ? (expanded.find(({ range }) => range.from === key.range.from)?.text ?? key.text) : key.text
      if (!namesSecret(name)) return []
      const message = `Do not use ARG or ENV instructions for sensitive data (${keyword} ${goQuote(name)})`
      return [{ message, range: key.range }]
    })
  }),
})

function namesSecret(name: string): boolean {
  const words = name.toLowerCase().split('_')
  return words.some(word => secret.has(word)) && !words.some(word => harmless.has(word))
}
