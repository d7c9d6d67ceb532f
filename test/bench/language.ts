import { DockerfileParser } from 'dockerfile-ast'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { analyze, defaultInputs, type Analysis } from '../../shared/analysis.ts'
import { checks } from '../../shared/checks/rules.ts'
import { checkRunner } from '../../shared/checks/run-checks.ts'
import { parseDockerfile } from '../../shared/dockerfile/parse.ts'
import { neededWhen } from '../../shared/graph/needed-when.ts'
import { applyEdits, mapThrough } from '../../shared/text/text-edit.ts'
import { milliseconds, printSizes } from './measure.ts'

/** A file of ordinary stages: comments, flags, continuations, heredocs nowhere; about 330 characters each. */
function dockerfile(stages: number): string {
  let text = '# syntax=docker/dockerfile:1\n'
  for (let index = 0; index < stages; index++)
    text += `
# Stage ${index}
FROM ${index % 3 === 0 ? 'alpine:3.20' : `stage-${index - 1}`} AS stage-${index}
WORKDIR /src
COPY --chown=1000:1000 package.json package-lock.json ./
RUN --mount=type=cache,target=/root/.npm \\
    npm ci && \\
    npm run build -- --out "/out/$TARGETARCH"
${index === 0 ? '' : `COPY --from=stage-${index - 1} /out /out\n`}ENV NODE_ENV=production PORT=8080
CMD ["node", "server.js"]
`
  return inOnePiece(text)
}

/** A text put together is a tree of pieces until someone reads it: that must not count for the first who does. */
function inOnePiece(text: string): string {
  return Buffer.from(text).toString()
}

/** One look at every character: less than this no reader of the text can do. */
function lookAtEveryCharacter(text: string): number {
  let sum = 0
  for (let position = 0; position < text.length; position++) sum += text.charCodeAt(position)
  return sum
}

function printCorpus(shared: string): void {
  const folder = join(shared, 'corpus', 'files')
  const texts = readdirSync(folder).map(name => readFileSync(join(folder, name), 'utf8'))
  const most = (size: (text: string) => number): string =>
    texts.reduce((largest, text) => (size(text) > size(largest) ? text : largest), '')
  printAgainstOthers(
    'the file of the corpus with the most characters',
    most(text => text.length),
  )
  const instructions = (text: string): number => parseDockerfile(text).instructions.length
  printAgainstOthers('the file of the corpus with the most instructions', most(instructions))
}

function printAgainstOthers(title: string, text: string): void {
  const instructions = parseDockerfile(text).instructions.length
  const size = `${text.length.toLocaleString('en')} characters, ${instructions.toLocaleString('en')} instructions`
  console.log(`\n${title}, ${size}`)
  const pass = milliseconds(() => lookAtEveryCharacter(text))
  const other = milliseconds(() => DockerfileParser.parse(text))
  const rows: readonly [string, () => unknown][] = [
    ['outline', () => parseDockerfile(text)],
    [
      'every instruction read',
      () => parseDockerfile(text).instructions.map(({ unplaced: { flags, arguments: words } }) => [flags, words]),
    ],
    ['outline, graph', () => analyze(text).graph.edges],
    ['outline, graph, checks', () => analyze(text).diagnostics],
  ]
  const cells = ['', 'ms', '× one pass over its text', 'dockerfile-ast takes ×']
  console.log(cells.map(cell => cell.padStart(26)).join(''))
  for (const [name, run] of rows) {
    const time = milliseconds(run)
    const row = [name, time.toFixed(2), (time / pass).toFixed(1), (other / time).toFixed(1)]
    console.log(row.map(cell => cell.padStart(26)).join(''))
  }
}

/** Types a character behind `part` of the text, or takes it back, in turn. */
function typist(stages: number, part: number): () => Analysis {
  const text = dockerfile(stages)
  const place = text.indexOf('server.js', Math.floor(text.length * part))
  const typing = [{ from: place, to: place, insert: 'x' }]
  const erasing = [{ from: place, to: place + 1, insert: '' }]
  const longer = inOnePiece(applyEdits(text, typing))
  let analysis = analyze(text)
  return () => {
    const isTyping = analysis.file.text === text
    const mapOffset = mapThrough(isTyping ? typing : erasing)
    analysis = analyze(isTyping ? longer : text, defaultInputs, { analysis, mapOffset })
    return analysis
  }
}

function keystrokes(stages: number, part: number, withChecks: boolean): () => unknown {
  const type = typist(stages, part)
  return withChecks ? () => type().diagnostics : () => type().graph
}

/** What each rule adds to the checks of a text: all of it, and after a character typed in its middle. */
function printRules(stages: number): void {
  const type = typist(stages, 0.5)
  const [before, after] = [type(), type()]
  const costs = (rules: typeof checks): readonly [number, number] => {
    const run = checkRunner(rules)
    const known = run(before, null)
    return [milliseconds(() => run(after, null), 60), milliseconds(() => run(after, known), 60)]
  }
  const [whole, typed] = costs([])
  const rows = checks.map(check => {
    const [wholeOfRule, typedOfRule] = costs([check])
    return { rule: check.rule, whole: wholeOfRule - whole, typed: typedOfRule - typed }
  })
  for (const key of ['whole', 'typed'] as const) {
    const when = key === 'whole' ? 'a whole file' : 'after a character typed in the middle'
    const rest = `${(key === 'whole' ? whole : typed).toFixed(2)} without rules`
    const dearest = rows.toSorted((a, b) => b[key] - a[key]).slice(0, 10)
    const told = dearest.map(row => `${row.rule} ${Math.max(0, row[key]).toFixed(2)}`).join(', ')
    console.log(`\nchecks per rule, ${when} of ${stages.toLocaleString('en')} stages, ms: ${rest}; ${told}`)
  }
}

/** Every fourth stage stands on one of two others, as an argument has it. */
function withVariants(stages: number): string {
  let [text, body] = ['', '']
  for (let index = 0; index < stages; index++) {
    if (index % 4 === 3) text += `ARG KIND_${index}=1\n`
    const base =
      index % 4 === 3 ? `kind-${index}-\${KIND_${index}}` : index < 4 ? 'alpine' : `stage-${index - (index % 4) - 1}`
    const name = index % 4 === 3 ? `stage-${index}` : `kind-${index - (index % 4) + 3}-${index % 4}`
    body += `FROM ${base} AS ${name}\nRUN make\n`
  }
  return inOnePiece(text + body)
}

printAgainstOthers('a generated file of 1,000 stages', dockerfile(1_000))
const shared = process.env['SLIPWAY_SHARED']
if (shared === undefined) console.log('\nSLIPWAY_SHARED is not set: no file of the corpus is read.')
else printCorpus(shared)

printSizes(
  'analyze: a whole file, by stages',
  'one pass over its text',
  [125, 250, 500, 1_000, 2_000, 4_000, 8_000].map(size => {
    const text = dockerfile(size)
    return { size, run: () => analyze(text).graph.edges, yardstick: () => lookAtEveryCharacter(text) }
  }),
)

for (const withChecks of [false, true])
  for (const [where, part] of [
    ['start', 0.02],
    ['middle', 0.5],
    ['end', 0.98],
  ] as const)
    printSizes(
      `analyze${withChecks ? ' and check' : ''}: after a character typed near the ${where}, by stages`,
      'one pass over its text',
      [1_000].map(size => {
        const text = dockerfile(size)
        return { size, run: keystrokes(size, part, withChecks), yardstick: () => lookAtEveryCharacter(text) }
      }),
    )

printRules(1_000)

printSizes(
  'neededWhen: stages that other values of arguments would need, by stages',
  'the analysis',
  [16, 32, 64, 128, 256].map(size => {
    const analysis = analyze(withVariants(size))
    return {
      size,
      run: () => neededWhen(analysis.within(analysis.surroundings)),
      yardstick: () => analyze(analysis.file.text),
    }
  }),
)
