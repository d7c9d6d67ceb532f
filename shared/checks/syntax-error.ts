import type { Check } from './check.ts'

/** What BuildKit's parser refuses. */
export const syntaxError: Check = {
  rule: 'syntax-error',
  file: ({ file }) => file.errors.map(error => ({ ...error, severity: 'error', rule: 'syntax-error' })),
}
