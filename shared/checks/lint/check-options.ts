import type { Check } from '../check.ts'

/** A `# check=` that BuildKit cannot read, over which it refuses the file. */
export const checkOptions: Check = {
  rule: 'check-options',
  file: ({ settingsProblem: problem }) =>
    problem === null
      ? []
      : [
          {
            severity: 'error',
            rule: 'check-options',
            message: problem.message,
            line: problem.line,
            endLine: problem.line,
            range: problem.range,
            stage: null,
          },
        ],
}
