import { parseArgs } from 'node:util'
import type { Analysis } from '../../shared/analysis.ts'
import { fileSvg } from '../../shared/drawing/svg.ts'
import { toDot } from '../../shared/graph/dot.ts'
import { graphJson } from '../../shared/graph/graph-json.ts'
import { toMermaid } from '../../shared/graph/mermaid.ts'
import { type Command, UsageError } from './command.ts'
import { forEachFile } from './each-file.ts'
import { type LookAround, lookingAround } from './look-around.ts'
import { buildInputs, type NamedDockerfile, noSuchStage, oneOf } from './words.ts'

const formats = ['json', 'mermaid', 'dot', 'svg'] as const
const themes = ['light', 'dark'] as const
type Format = (typeof formats)[number]

export const graph: Command = {
  name: 'graph',
  summary: 'print the stages of a Dockerfile and what goes from one to another',
  help: `Usage: slipway graph FILE… [--format json|mermaid|dot|svg] [--theme light|dark]
       [--target STAGE] [--build-arg NAME=value]… [--platform PLATFORM] [--no-engine]

Prints the stage graph on standard output. Nothing is built and no engine is needed; one that answers within a second
tells its platform and what the base images it holds set and run first.

  --format     json (the default), mermaid, dot or svg
  --theme      the colours of an SVG: light (the default) or dark
  --target     the stage that would be built; the last one where it is not given
  --build-arg  a value for an ARG; NAME alone takes it from the environment
  --platform   what is built for, such as linux/arm64; the engine's own, else linux/amd64, where it is not given
  --no-engine  ask no engine

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
        'no-engine': { type: 'boolean', default: false },
      },
    })
    const format = oneOf('--format', values.format, formats)
    const inputs = buildInputs(values, context.environment)
    const { target } = inputs
    const theme = oneOf('--theme', values.theme, themes)
    const alone = positionals.length === 1
    if (format === 'svg' && !alone) throw new UsageError('--format svg draws one file. Name one FILE.')
    const drawFile = async (look: LookAround, file: string, dockerfile: NamedDockerfile) => {
      const analysis = await look(dockerfile)
      await context.stdout.write(
        format === 'svg' ? fileSvg(analysis, theme) : written(analysis, format, alone ? null : file),
      )
      if (target !== null && analysis.graph.target === null)
        await context.stderr.write(`${file}: ${noSuchStage(analysis.graph, target)}\n`)
      return analysis.diagnostics.some(({ severity }) => severity === 'error') ? 1 : 0
    }
    return await lookingAround({ inputs, folder: null, asksEngine: !values['no-engine'] }, context, look =>
      forEachFile(positionals, context, (file, dockerfile) => drawFile(look, file, dockerfile)),
    )
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
