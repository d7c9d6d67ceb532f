import { isDigit } from '../dockerfile/characters.ts'
import { goQuote } from '../dockerfile/go-quote.ts'
import { builtInstructionCheck } from './check.ts'

/** EXPOSE with what is no port, STOPSIGNAL with what is no signal. Variables are left alone. */
export const portsAndSignals = builtInstructionCheck('ports-and-signals', instruction => {
  const { keyword } = instruction
  if (keyword !== 'EXPOSE' && keyword !== 'STOPSIGNAL') return null
  for (const { text, range } of instruction.arguments) {
    if (text.includes('$') || text.includes('"') || text.includes("'")) continue
    const message = keyword === 'EXPOSE' ? portProblem(text) : signalProblem(text)
    if (message !== null) return { message, range }
  }
  return null
})

/** `80`, `80-90`, `80/udp`; what stands before the last colon is for publishing. */
function portProblem(text: string): string | null {
  const slash = text.indexOf('/')
  const protocol = slash < 0 ? '' : text.slice(slash + 1)
  const ports = (slash < 0 ? text : text.slice(0, slash)).split(':').at(-1) ?? ''
  if (!['', 'tcp', 'udp', 'sctp'].includes(protocol.toLowerCase()))
    return `invalid port: ${goQuote(text)}: invalid proto: ${protocol}`
  const [first = '', ...rest] = ports.split('-')
  const last = rest.length === 0 ? first : rest.join('-')
  const isRange = isPort(first) && isPort(last) && Number(first) <= Number(last)
  return isRange ? null : `invalid containerPort: ${ports}`
}

function isPort(text: string): boolean {
  for (let position = 0; position < text.length; position++) if (!isDigit(text.charCodeAt(position))) return false
  return text !== '' && Number(text) <= 65_535
}

function signalProblem(text: string): string | null {
  if (isPort(text)) return Number(text) === 0 ? `invalid signal: ${text}` : null
  const name = text.toUpperCase()
  return signals.has(name.startsWith('SIG') ? name.slice(3) : name) ? null : `invalid signal: ${text}`
}

const named =
  'ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP TTIN ' +
  'TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX'
const realTime = Array.from({ length: 15 }, (_, index) => [`RTMIN+${index + 1}`, `RTMAX-${index + 1}`]).flat()
const signals = new Set([...named.split(' '), ...realTime])
