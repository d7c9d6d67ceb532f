/** `node --import` this: `import 'electron'` then means the stand-in beside it. */
import { register } from 'node:module'

const standIn = new URL('electron.mjs', import.meta.url).href
const hooks = `export const resolve = (specifier, context, next) =>
  specifier === 'electron' ? { url: ${JSON.stringify(standIn)}, shortCircuit: true } : next(specifier, context)`
register(`data:text/javascript,${encodeURIComponent(hooks)}`)

if (process.send !== undefined) await import('./control.mjs')
