import { DockerfileParser } from 'dockerfile-ast'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { analyze, defaultInputs } from '../../shared/analysis.ts'
import { parseDockerfile } from '../../shared/dockerfile/parse.ts'
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

function largestOfCorpus(shared: string): string {
  const folder = join(shared, 'corpus', 'files')
  const texts = readdirSync(folder).map(name => readFileSync(join(folder, name), 'utf8'))
  return texts.reduce((largest, text) => (text.length > largest.length ? text : largest), '')
}

function printAgainstOthers(title: string, text: string): void {
  console.log(`\n${title}, ${text.length.toLocaleString('en')} characters`)
  const pass = milliseconds(() => lookAtEveryCharacter(text))
  const other = milliseconds(() => DockerfileParser.parse(text))
  const rows: readonly [string, () => unknown][] = [
    ['outline', () => parseDockerfile(text)],
    ['outline, graph', () => analyze(text)],
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

/** A run types a character behind `part` of the text, or takes it back, in turn. */
function keystrokes(stages: number, part: number, withChecks: boolean): () => unknown {
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
    return withChecks ? analysis.diagnostics : analysis.graph
  }
}

printAgainstOthers('a generated file of 1,000 stages', dockerfile(1_000))
const shared = process.env['SLIPWAY_SHARED']
if (shared === undefined) console.log('\nSLIPWAY_SHARED is not set: no file of the corpus is read.')
else printAgainstOthers('the largest file of the corpus', largestOfCorpus(shared))

printSizes(
  'analyze: a whole file, by stages',
  'one pass over its text',
  [125, 250, 500, 1_000, 2_000, 4_000, 8_000].map(size => {
    const text = dockerfile(size)
    return { size, run: () => analyze(text), yardstick: () => lookAtEveryCharacter(text) }
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
