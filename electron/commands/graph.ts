import { parseArgs } from 'node:util'
import { type Analysis, analyze } from '../../shared/analysis.ts'
import { fileSvg } from '../../shared/drawing/svg.ts'
import { toDot } from '../../shared/graph/dot.ts'
import { graphJson } from '../../shared/graph/graph-json.ts'
import { toMermaid } from '../../shared/graph/mermaid.ts'
import { type Command, UsageError } from './command.ts'
import { forEachFile } from './each-file.ts'
import { noSuchStage, oneOf, buildInputs } from './words.ts'

const formats = ['json', 'mermaid', 'dot', 'svg'] as const
const themes = ['light', 'dark'] as const
type Format = (typeof formats)[number]

export const graph: Command = {
  name: 'graph',
  summary: 'print the stages of a Dockerfile and what goes from one to another',
  help: `Usage: slipway graph FILE… [--format json|mermaid|dot|svg] [--theme light|dark]
       [--target STAGE] [--build-arg NAME=value]… [--platform PLATFORM]

Prints the stage graph on standard output. Nothing is built and no engine is needed.

  --format     json (the default), mermaid, dot or svg
  --theme      the colours of an SVG: light (the default) or dark
  --target     the stage that would be built; the last one where it is not given
  --build-arg  a value for an ARG; NAME alone takes it from the environment
  --platform   what is built for, such as linux/arm64; linux/amd64 where it is not given

With several FILEs there is one JSON object a line, with "file" added. An SVG is drawn of one FILE.
Exit status: 0 no error, 1 errors found in a Dockerfile, 2 a file could not be read.
`,
  async run(args, context) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        format: { type: 'string', default: 'json' },
        theme: { type: 'string', default: 'light' },
        target: { type: 'string' },
        'build-arg': { type: 'string', multiple: true, default: [] },
        platform: { type: 'string' },
      },
    })
    const format = oneOf('--format', values.format, formats)
    const inputs = buildInputs(values, context.environment)
    const { target } = inputs
    const theme = oneOf('--theme', values.theme, themes)
    const alone = positionals.length === 1
    if (format === 'svg' && !alone) throw new UsageError('--format svg draws one file. Name one FILE.')
    return await forEachFile(positionals, context, async (file, { text }) => {
      const analysis = analyze(text, inputs)
      await context.stdout.write(
        format === 'svg' ? fileSvg(analysis, theme) : written(analysis, format, alone ? null : file),
      )
      if (target !== null && analysis.graph.target === null)
        await context.stderr.write(`${file}: ${noSuchStage(analysis.graph, target)}\n`)
      return analysis.diagnostics.some(({ severity }) => severity === 'error') ? 1 : 0
    })
  },
}

/** `file` is named where there are several. */
function written({ graph, findings }: Analysis, format: Exclude<Format, 'svg'>, file: string | null): string {
  switch (format) {
    case 'json': {
      const json = graphJson(graph, findings)
      return file === null ? `${JSON.stringify(json, null, 2)}\n` : `${JSON.stringify({ file, ...json })}\n`
    }
    case 'mermaid':
      return (file === null ? '' : `%% ${file}\n`) + toMermaid(graph)
    case 'dot':
      return (file === null ? '' : `// ${file}\n`) + toDot(graph)
  }
}
