import { expect } from 'vitest'
import { baseImage, ensureBaseImageOn } from './base-image.ts'
import { engineUnderTest, requestFor } from './building.ts'
import { startOwnEngine, unlimitedOutput, withOwnEngine } from './own-engine.ts'

withOwnEngine('every line of 60 MB of output arrives, in order, in events of bounded size', async () => {
  const own = await startOwnEngine({ environment: unlimitedOutput })
  const engine = engineUnderTest(own.environment)
  try {
    await ensureBaseImageOn(own.environment)
    const count = 600_000
    const text = `FROM ${baseImage}\nRUN awk 'BEGIN { for (n = 1; n <= ${String(count)}; n++) print n, "${'x'.repeat(92)}" }'\n`
    let rest = ''
    let last = 0
    let longest = 0
    let end = ''
    for await (const event of engine.build(requestFor(text), new AbortController().signal)) {
      end = event.kind
      if (event.kind === 'warning') throw new Error(event.message)
      if (event.kind !== 'log' || event.stream !== 'stdout') continue
      longest = Math.max(longest, event.text.length)
      const lines = (rest + event.text).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) if (Number.parseInt(line) !== ++last) throw new Error(`Line ${last} is ${line}.`)
    }
    expect({ end, last, rest }).toEqual({ end: 'succeeded', last: count, rest: '' })
    // However long the messages are in which the engine sends it.
    expect(longest).toBeLessThan(100_000)
  } finally {
    await engine.close()
    await own.stop()
  }
})
