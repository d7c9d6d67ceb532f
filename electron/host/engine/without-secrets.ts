import type { BuildEvent } from '../../../shared/builds/build-events.ts'
import type { Secrets } from './services/secrets.ts'

type LogEvent = Extract<BuildEvent, { kind: 'log' }>

const shown = '•••••'
/** Shorter values stand in any text by chance; hiding them would hide the log. */
const shortestValue = 4
const shortestLine = 8

/**
 * The events of a build without the values of its secrets, which a step may print: neither the window nor the history
 * may hold them. The engine cuts output anywhere, so an end that may begin a secret waits for what follows it.
 */
export async function* withoutSecrets(events: AsyncIterable<BuildEvent>, secrets: Secrets): AsyncGenerator<BuildEvent> {
  const hidden = wordsToHide(secrets)
  if (hidden.length === 0) {
    yield* events
    return
  }
  const waiting = new Map<string, LogEvent>()
  function* flush(vertex: string | null): Generator<BuildEvent> {
    for (const [key, event] of waiting) {
      if (vertex !== null && event.vertex !== vertex) continue
      waiting.delete(key)
      yield event
    }
  }
  for await (const event of events) {
    switch (event.kind) {
      case 'log': {
        const key = `${event.stream} ${event.vertex}`
        const text = hide((waiting.get(key)?.text ?? '') + event.text, hidden)
        const kept = text.length - possibleBeginning(text, hidden)
        if (kept < text.length) waiting.set(key, { ...event, text: text.slice(kept) })
        else waiting.delete(key)
        if (kept > 0) yield { ...event, text: text.slice(0, kept) }
        break
      }
      case 'step':
        if (event.state !== 'running' && event.state !== 'queued') yield* flush(event.vertex)
        yield event.error === null ? event : { ...event, error: hide(event.error, hidden) }
        break
      case 'failed':
        yield* flush(null)
        yield { ...event, message: hide(event.message, hidden), detail: hide(event.detail, hidden) }
        break
      case 'succeeded':
      case 'cancelled':
        yield* flush(null)
        yield event
        break
      case 'started':
      case 'planned':
      case 'progress':
      case 'warning':
        yield event
    }
  }
}

/** Values without the white space around them, and their longer lines; the longest first. */
function wordsToHide(secrets: Secrets): readonly string[] {
  const words = new Set<string>()
  for (const bytes of secrets.values()) {
    const value = new TextDecoder().decode(bytes).trim()
    if (value.length >= shortestValue) words.add(value)
    for (const line of value.split('\n').map(line => line.trim())) if (line.length >= shortestLine) words.add(line)
  }
  return [...words].sort((a, b) => b.length - a.length)
}

function hide(text: string, hidden: readonly string[]): string {
  return hidden.reduce((rest, word) => rest.replaceAll(word, shown), text)
}

/** Length of the longest end of the text with which a word begins. */
function possibleBeginning(text: string, hidden: readonly string[]): number {
  let longest = 0
  for (const word of hidden)
    for (let length = Math.min(word.length - 1, text.length); length > longest; length--)
      if (text.endsWith(word.slice(0, length))) longest = length
  return longest
}
