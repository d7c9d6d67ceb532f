import { dirname, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { analyze } from '../../shared/analysis.ts'
import { splitPlatforms } from '../../shared/builds/build-options.ts'
import type { BuildRequest } from '../../shared/builds/build-events.ts'
import { inputsOf } from '../../shared/builds/request-inputs.ts'
import { buildOptionWords, readBuildOptions } from './build-options.ts'
import { HostError } from '../../shared/bridge/host-error.ts'
import type { Command } from './command.ts'
import { inWords, runBuild } from './run-build.ts'
import { readExpectations, verifyBuild } from './verify.ts'
import { buildArguments, chooseStage, onlyFile, noSuchStage, oneOf, platformNamed, readDockerfile } from './words.ts'
import { stageTitle } from '../../shared/graph/stage-graph.ts'

export const build: Command = {
  name: 'build',
  summary: 'build a stage of a Dockerfile on the local engine',
  help: `Usage: slipway build FILE [--target STAGE] [--tag NAME]… [--build-arg NAME=value]… [--context FOLDER]
                     [--platform PLATFORM] [--secret id=NAME,src=FILE|env=VARIABLE]… [--ssh ID[=SOCKET]]…
                     [--build-context NAME=PLACE]… [--label NAME=value]… [--no-cache] [--no-cache-filter STAGE]…
                     [--pull] [--network default|none|host] [--add-host HOST:ADDRESS]… [--progress plain] [--verify]
                     [--expect EXPECTATIONS]

Builds on the engine that the docker command would use. Progress goes to standard error, the image id to standard
output; without --tag no image is kept and nothing is printed there.

  --target     the stage to build, by name or 0-based index; the last one where it is not given
  --tag, -t    a name for the image
  --build-arg  a value for an ARG; NAME alone takes it from the environment
  --context    the build context; the folder of FILE where it is not given
  --platform   what is built for, such as linux/arm64, or several with commas; what the engine runs
               on where it is not given
  --secret     what RUN --mount=type=secret,id=NAME reads: a file or a variable; id=NAME alone is the variable NAME where
               there is one, else the file
  --ssh        an agent for RUN --mount=type=ssh; --ssh default is the one of $SSH_AUTH_SOCK
  --build-context
               a named context: a folder, docker-image://…, or the address of a repository or archive
  --label      a label of the image
  --no-cache   run every step, whatever was built before
  --no-cache-filter
               the same for the steps of a stage; several with commas between
  --pull       ask the registry for newer base images
  --network    what RUN steps reach: default, none or host
  --add-host   an address that RUN steps find under a name
  --progress   plain: the only kind there is
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
        platform: { type: 'string' },
        ...buildOptionWords,
        progress: { type: 'string', default: 'plain' },
        'no-cache': { type: 'boolean', default: false },
        verify: { type: 'boolean', default: false },
        expect: { type: 'string' },
      },
    })
    const { path, text } = await readDockerfile(onlyFile(positionals), context)
    const buildArgs = buildArguments(values['build-arg'], context.environment)
    oneOf('--progress', values.progress, ['plain'])
    const { platform, otherPlatforms } = splitPlatforms(values.platform ?? '')
    for (const each of [platform ?? [], otherPlatforms].flat()) platformNamed(each)
    const request: BuildRequest = {
      ...{ text, path, target: null, tags: values.tag, buildArgs, noCache: values['no-cache'] },
      contextDirectory:
        values.context === undefined ? dirname(path) : resolve(context.workingDirectory, values.context),
      ...(platform !== null && { platform }),
      options: { ...readBuildOptions(values, context), otherPlatforms },
    }
    const { graph } = analyze(text, inputsOf(request))
    const { stage, target } = chooseStage(graph, values.target)
    // The engine would go on without a word.
    for (const name of request.options?.noCacheStages ?? [])
      if (!graph.stages.some(each => each.name === name.toLowerCase()))
        throw new HostError('not-found', noSuchStage(graph, name))
    const expectations =
      values.verify || values.expect !== undefined ? await readExpectations(path, values.expect, context) : null
    const engine = context.createEngine()
    try {
      const finished = await runBuild(engine, { ...request, target }, context)
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
