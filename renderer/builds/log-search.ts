import { plainText } from '../../shared/builds/ansi.ts'
import { logLength, logLine, type LogBuffer } from '../../shared/builds/log-buffer.ts'

/** Finds the lines that hold a text in any case; while the log only grows, just its new lines are looked at. */
export class LogSearch {
  /** The number of the first line that was looked at. */
  began = 0
  #query = ''
  #vertex = ''
  /** Numbers of matching lines since the step began. */
  #found: number[] = []
  #until = 0

  /** Numbers of the matching lines since the step began, oldest first; also of some that `log` has forgotten since. */
  find(log: LogBuffer, vertex: string, query: string): readonly number[] {
    const wanted = query.toLowerCase()
    const end = log.tail.first + log.tail.lines.length
    if (wanted !== this.#query || vertex !== this.#vertex || end < this.#until) {
      this.#query = wanted
      this.#vertex = vertex
      this.#found = []
      this.#until = this.began = log.dropped
    }
    if (wanted === '') return []
    const matches = (position: number) =>
      plainText(logLine(log, position)?.text ?? '')
        .toLowerCase()
        .includes(wanted)
    for (; this.#until < end; this.#until++) if (matches(this.#until - log.dropped)) this.#found.push(this.#until)
    const numbers = [...this.#found]
    for (let position = end - log.dropped; position < logLength(log); position++)
      if (matches(position)) numbers.push(log.dropped + position)
    return numbers
  }
}
