import { describe, test } from 'vitest'
import { addSources } from '../../shared/edits/add-sources.ts'
import { expectEdit, expectRefusal, type Gesture } from './expect-edit.ts'

/** To the first COPY --from. */
const add =
  (...paths: readonly string[]): Gesture =>
  analysis => {
    const edge = analysis.graph.edges.find(({ kind }) => kind === 'copy')
    if (edge === undefined) throw new Error('The text has no COPY --from.')
    return addSources(analysis, edge.id, paths)
  }
const file = (copy: string) => `FROM alpine AS build\nFROM scratch AS last\n${copy}\n`
const edges = (before: string, after: string) =>
  `- build -copy-> last ${before} /bin/\n+ build -copy-> last ${after} /bin/`

describe('EDIT-41 more sources', () => {
  test('join those that a COPY has, in its own form', () => {
    expectEdit(
      file('COPY --from=build /app \\\n  /bin/'),
      add('/tool', '/app'),
      file('COPY --from=build /app /tool \\\n  /bin/'),
      { edges: edges('/app', '/app /tool') },
    )
    expectEdit(
      file('COPY --from=build ["/app", "/bin/"]'),
      add('/a tool'),
      file('COPY --from=build ["/app", "/a tool", "/bin/"]'),
      { edges: edges('/app', '/app /a tool') },
    )
  })
  test('that are there already, or would need a folder, are refused', () => {
    expectRefusal(file('COPY --from=build /a /bin/'), add('/a'), 'Line 3 copies that already.')
    expectRefusal(
      file('COPY --from=build /a /b'),
      add('/c'),
      'Line 3 copies to `/b`, which may be one file: several sources need a folder, with `/` at its end.',
    )
  })
})
