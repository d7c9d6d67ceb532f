import { stageAtLine, type Check } from './check.ts'

/** What BuildKit's parser refuses. */
export const syntaxError: Check = {
  rule: 'syntax-error',
  run: ({ file, graph }) =>
    file.errors.map(({ message, line, endLine, range }) => ({
      severity: 'error',
      rule: 'syntax-error',
      message,
      line,
      endLine,
      range,
      stage: stageAtLine(graph, line),
    })),
}
