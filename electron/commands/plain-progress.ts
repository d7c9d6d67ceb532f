import { plainText } from '../../shared/builds/ansi.ts'
import type { BuildEvent, VertexDigest } from '../../shared/builds/build-events.ts'

interface StepLines {
  readonly number: number
  readonly name: string
  /** What was said of it last. */
  said: string
  /** Output since the last line break, by stream. */
  readonly unfinished: Map<string, string>
}

/** Tells of a build line by line, for a terminal, a log file or a pipe: every line begins with the number of its step. */
export function createPlainProgress(): (event: BuildEvent) => readonly string[] {
  const steps = new Map<VertexDigest, StepLines>()
  const names = new Map<VertexDigest, string>()
  const stepOf = (vertex: VertexDigest, name: string): StepLines => {
    const known = steps.get(vertex)
    if (known !== undefined) return known
    const step = { number: steps.size + 1, name, said: '', unfinished: new Map<string, string>() }
    steps.set(vertex, step)
    return step
  }

  /** One line about a step, unless it says what was said before. The first one names the step. */
  const say = (step: StepLines, words: string): string[] => {
    if (step.said === words) return []
    const named = step.said === '' && words !== step.name ? [`#${step.number} ${step.name}`] : []
    step.said = words
    return [...named, `#${step.number} ${words}`]
  }
  const rest = (step: StepLines): string[] => {
    const lines = [...step.unfinished.values()].filter(text => text !== '').map(text => logLine(step, text))
    step.unfinished.clear()
    return lines
  }

  const stepLines = (event: Extract<BuildEvent, { kind: 'step' }>): string[] => {
    if (event.state === 'queued') return []
    const step = stepOf(event.vertex, names.get(event.vertex) ?? event.name)
    switch (event.state) {
      case 'running':
        return step.said === '' ? say(step, step.name) : []
      case 'cached':
        return say(step, 'CACHED')
      case 'done':
        // The engine completes some steps several times, each time a little later.
        return step.said.startsWith('DONE')
          ? rest(step)
          : [...rest(step), ...say(step, `DONE${elapsed(event.started, event.completed)}`)]
      case 'failed':
        return [...rest(step), ...say(step, `ERROR: ${event.error ?? 'the step failed'}`)]
      case 'cancelled':
        return [...rest(step), ...say(step, 'CANCELLED')]
    }
  }

  return event => {
    switch (event.kind) {
      case 'started':
        return [`Building on ${event.engine}.`]
      case 'planned':
        for (const { vertex, name } of event.steps) names.set(vertex, name)
        return []
      case 'step':
        return stepLines(event)
      case 'log': {
        const step = stepOf(event.vertex, names.get(event.vertex) ?? '')
        const lines = ((step.unfinished.get(event.stream) ?? '') + event.text).split('\n')
        step.unfinished.set(event.stream, lines.pop() ?? '')
        const named = step.said === '' ? say(step, step.name) : []
        return [...named, ...lines.map(line => logLine(step, line))]
      }
      case 'warning': {
        const first = event.lines[0]
        return [`warning: ${event.message}${first === undefined ? '' : ` (line ${first.start})`}`]
      }
      case 'progress':
      case 'succeeded':
      case 'failed':
      case 'cancelled':
        return []
    }
  }
}

/** Without colours and cursor movements; of a line that was drawn over and over, as progress bars are, the last state. */
function logLine(step: StepLines, text: string): string {
  const line = text.endsWith('\r') ? text.slice(0, -1) : text
  return `#${step.number} | ${plainText(line.slice(line.lastIndexOf('\r') + 1))}`
}

function elapsed(started: number | null, completed: number | null): string {
  return started === null || completed === null ? '' : ` ${((completed - started) / 1000).toFixed(1)}s`
}
