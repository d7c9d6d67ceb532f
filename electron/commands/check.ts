import { parseArgs } from 'node:util'
import { describeRule } from '../../shared/checks/descriptions/describe-rule.ts'
import { foundByBuild } from '../../shared/checks/rules.ts'
import { fixesFor } from '../../shared/fixes/fixes-for.ts'
import { diagnosticsJson } from '../../shared/graph/graph-json.ts'
import type { Command } from './command.ts'
import { forEachFile } from './each-file.ts'
import { type LookAround, lookingAround } from './look-around.ts'
import { sourceExcerpt, visible } from './source-excerpt.ts'
import { buildInputs, type NamedDockerfile, oneOf } from './words.ts'

export const check: Command = {
  name: 'check',
  summary: 'print what is wrong or doubtful in a Dockerfile',
  help: `Usage: slipway check FILE… [--format text|json] [--target STAGE] [--build-arg NAME=value]…
       [--platform PLATFORM] [--context FOLDER] [--no-engine]

Prints errors, warnings and hints on standard output, BuildKit's own under BuildKit's names, each with its line, with why
it matters where the rule is met first, and with the fix that the window offers.

  --format     text (the default), or json: an array, one a line with "file" where there are several FILEs
  --target     the stage that would be built, so that lint leaves out what it does not need; all where it is not given
  --build-arg  a value for an ARG; NAME alone takes it from the environment
  --platform   what is built for, such as linux/arm64; the engine's own, else linux/amd64, where it is not given
  --context    the build context, for its .dockerignore; the folder of FILE where it is not given
  --no-engine  ask no engine; one that answers within a second tells its platform and what the base images it holds set

Exit status: 0 no error, 1 errors found in a Dockerfile, 2 a file could not be read.
`,
  async run(args, context) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        format: { type: 'string', default: 'text' },
        target: { type: 'string' },
        'build-arg': { type: 'string', multiple: true, default: [] },
        platform: { type: 'string' },
        context: { type: 'string' },
        'no-engine': { type: 'boolean', default: false },
      },
    })
    const format = oneOf('--format', values.format, ['text', 'json'])
    const inputs = buildInputs(values, context.environment)
    const alone = positionals.length === 1
    /** Rules whose why was told: it is the same every time. */
    const explained = new Set<string>()
    const around = { inputs, folder: values.context ?? null, asksEngine: !values['no-engine'] }
    const checkFile = async (look: LookAround, file: string, dockerfile: NamedDockerfile) => {
      const analysis = await look(dockerfile)
      // As with docker build --check: a target is checked with what it needs, a file as a whole.
      const told = format === 'json' ? analysis.findings : analysis.diagnostics
      const found = inputs.target === null ? told : foundByBuild(told, analysis.graph)
      const diagnostics = diagnosticsJson(found)
      switch (format) {
        case 'json':
          await context.stdout.write(
            alone ? `${JSON.stringify(diagnostics, null, 2)}\n` : `${JSON.stringify({ file, diagnostics })}\n`,
          )
          break
        case 'text':
          for (const diagnostic of found) {
            const { severity, rule, line, message, range } = diagnostic
            await context.stdout.write(
              `${file}:${line}: ${severity}: ${visible(message)} (${rule})\n${sourceExcerpt(analysis.file, range)}` +
                (explained.has(rule) ? '' : explanation(rule)) +
                fixesFor(analysis, diagnostic)
                  .slice(0, 1)
                  .map(({ title }) => `  fix: ${visible(title)}\n`)
                  .join(''),
            )
            explained.add(rule)
          }
      }
      return diagnostics.some(({ severity }) => severity === 'error') ? 1 : 0
    }
    return await lookingAround(around, context, look =>
      forEachFile(positionals, context, (file, dockerfile) => checkFile(look, file, dockerfile)),
    )
  },
}

/** Why a rule matters, on one line; where that is BuildKit's to say, what the rule says and the page that says why. */
function explanation(rule: string): string {
  const described = describeRule(rule)
  if (described === null) return ''
  const why = described.by === 'slipway' ? described.why : [described.sentence, described.page ?? ''].join(' ').trim()
  return `  why: ${why}\n`
}
