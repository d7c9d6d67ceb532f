import { expect, test, vi } from 'vitest'
import { analyze } from '../../shared/analysis.ts'

vi.setConfig({ testTimeout: 60_000 })

function stages(count: number): string {
  let text = '# syntax=docker/dockerfile:1\n'
  for (let index = 0; index < count; index++)
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
  return text
}

/** Processor time of one analysis: the median of a few, after warming up. Other work on the machine counts for little. */
function milliseconds(text: string): number {
  for (let run = 0; run < 10; run++) analyze(text)
  const times = Array.from({ length: 15 }, () => {
    const start = process.cpuUsage()
    analyze(text)
    const { user, system } = process.cpuUsage(start)
    return (user + system) / 1000
  }).sort((a, b) => a - b)
  return times[7] ?? Infinity
}

test('1,000 stages are read, derived and checked while a key is held down', () => {
  const small = milliseconds(stages(100))
  const large = milliseconds(stages(1000))
  console.log(`analyze: 100 stages ${small.toFixed(2)} ms, 1,000 stages ${large.toFixed(2)} ms`)
  expect(analyze(stages(1000)).graph.stages).toHaveLength(1000)
  // Generous, because other work may share the machine; growth must stay in proportion.
  expect(large).toBeLessThan(150)
  expect(large / small).toBeLessThan(30)
})
