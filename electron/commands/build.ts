import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { analyze, defaultInputs } from '../../shared/analysis.ts'
import type { Command } from './command.ts'
import { inWords, runBuild } from './run-build.ts'
import { readExpectations, verifyBuild } from './verify.ts'
import { buildArguments, chooseStage, onlyFile, readDockerfile } from './words.ts'
import { stageTitle } from '../../shared/graph/stage-graph.ts'

export const build: Command = {
  name: 'build',
  summary: 'build a stage of a Dockerfile on the local engine',
  help: `Usage: slipway build FILE [--target STAGE] [--tag NAME]… [--build-arg NAME=value]… [--context FOLDER] [--no-cache]
                     [--verify] [--expect EXPECTATIONS]

Builds on the engine that the docker command would use. Progress goes to standard error, the image id to standard
output; without --tag no image is kept and nothing is printed there.

  --target     the stage to build, by name or 0-based index; the last one where it is not given
  --tag, -t    a name for the image
  --build-arg  a value for an ARG; NAME alone takes it from the environment
  --context    the build context; the folder of FILE where it is not given
  --no-cache   run every step, whatever was built before
  --verify     look at the files that came out, and tell a sentence for each that is not as expected by FILE.expect.json,
               or else by what was chosen in the window
  --expect     the same, by this file: {"stages": {"final": [{"path": "/app", "mode": "0755", "owner": "0:0",
               "largest": 20000000}, {"path": "/usr/bin/gcc", "absent": true}]}}; "#2" is a stage without a name

Ctrl-C cancels the build on the engine as well.
Exit status: 0 built, 1 the build failed, was cancelled or is not as expected, 2 it could not begin.
`,
  async run(args, context) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        target: { type: 'string' },
        tag: { type: 'string', short: 't', multiple: true, default: [] },
        'build-arg': { type: 'string', multiple: true, default: [] },
        context: { type: 'string' },
        'no-cache': { type: 'boolean', default: false },
        verify: { type: 'boolean', default: false },
        expect: { type: 'string' },
      },
    })
    const { path, text } = await readDockerfile(onlyFile(positionals), context)
    const buildArgs = buildArguments(values['build-arg'], context.environment)
    const { graph } = analyze(text, { ...defaultInputs, buildArgs })
    const { stage, target } = chooseStage(graph, values.target)
    const expectations =
      values.verify || values.expect !== undefined ? await readExpectations(path, values.expect, context) : null
    const engine = context.createEngine()
    try {
      const folder = values.context === undefined ? dirname(path) : resolve(context.workingDirectory, values.context)
      const finished = await runBuild(
        engine,
        { text, path, contextDirectory: folder, target, tags: values.tag, buildArgs, noCache: values['no-cache'] },
        context,
      )
      if (finished === null) return 1
      const { image, tags, milliseconds } = finished.succeeded
      const tagged = tags.length === 0 ? '' : ` and tagged ${tags.join(', ')}`
      await context.stderr.write(`Built ${stageTitle(stage)} in ${inWords(milliseconds)}${tagged}.\n`)
      if (image !== null) await context.stdout.write(`${image}\n`)
      return expectations === null
        ? 0
        : await verifyBuild(engine, { build: finished.build, graph, stage, expectations }, context)
    } finally {
      await engine.close()
    }
  },
}
