import { analyze, defaultInputs } from '../../shared/analysis.ts'
import { reduceBuild, startBuild } from '../../shared/builds/build-state.ts'
import type { FileEntry } from '../../shared/files/file-listing.ts'
import { FileTree } from '../../shared/files/file-tree.ts'
import { FileOrder, findFiles, visibleFiles } from '../../shared/files/tree-view.ts'
import { layout, type LayoutEdge, type LayoutNode } from '../../shared/graph/layout.ts'
import { applyEdits, mapThrough } from '../../shared/text/text-edit.ts'
import { printSizes } from './measure.ts'

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
  return text
}

/** One look at every character: less than this no reader of the text can do. */
function lookAtEveryCharacter(text: string): number {
  let sum = 0
  for (let position = 0; position < text.length; position++) sum += text.charCodeAt(position)
  return sum
}

const stageCounts = [50, 260, 1_000, 2_000]

printSizes(
  'analyze: a whole file, by stages',
  'one pass over its text',
  stageCounts.map(size => {
    const text = dockerfile(size)
    return { size, run: () => analyze(text), yardstick: () => lookAtEveryCharacter(text) }
  }),
)

printSizes(
  'analyze: after a character typed in the middle, by stages',
  'one pass over its text',
  stageCounts.map(size => {
    const text = dockerfile(size)
    const place = text.indexOf('server.js', text.length >> 1)
    const typing = [{ from: place, to: place, insert: 'x' }]
    const erasing = [{ from: place, to: place + 1, insert: '' }]
    const longer = applyEdits(text, typing)
    let analysis = analyze(text)
    const run = () => {
      const isTyping = analysis.file.text === text
      const mapOffset = mapThrough(isTyping ? typing : erasing)
      analysis = analyze(isTyping ? longer : text, defaultInputs, { analysis, mapOffset })
    }
    return { size, run, yardstick: () => lookAtEveryCharacter(text) }
  }),
)

printSizes(
  'layout, by nodes with up to three sources each',
  null,
  [100, 260, 1_000].map(size => {
    const nodes: LayoutNode[] = Array.from({ length: size }, (_, index) => ({
      key: `n${index}`,
      width: 240,
      height: 60 + ((index * 53) % 120),
    }))
    const edges: LayoutEdge[] = nodes.flatMap((_, index) =>
      index === 0 ? [] : [2, 3, 7].map(step => ({ from: `n${Math.floor((index - 1) / step)}`, to: `n${index}` })),
    )
    return { size, run: () => layout(nodes, edges) }
  }),
)

printSizes(
  'reduceBuild: pieces of output over 1,000 steps, by pieces',
  null,
  [2_000, 20_000].map(size => {
    const request = { path: null, contextDirectory: null, target: null, tags: [], buildArgs: {}, noCache: false }
    const text = 'FROM scratch\n'
    const begun = startBuild({ ...request, text }, analyze(text), 0)
    const run = () => {
      let state = begun
      for (let index = 0; index < size; index++)
        state = reduceBuild(
          state,
          { kind: 'log', vertex: `v${index % 1_000}`, stream: 'stdout', text: `line ${index}\n` },
          0,
        )
    }
    return { size, run }
  }),
)

/** Folders of 99 files each, in batches as the host sends them. */
function listing(entries: number): readonly (readonly FileEntry[])[] {
  return Array.from({ length: entries / 1_000 }, (_, batch) =>
    Array.from({ length: 1_000 }, (_, index) => {
      const folder = `usr/lib${batch * 10 + Math.floor(index / 100)}`
      const common = { mode: 0o644, uid: 0, gid: 0, link: '', modified: 0 }
      return index % 100 === 0
        ? { ...common, path: folder, kind: 'directory' as const, size: 0 }
        : { ...common, path: `${folder}/module-${index % 100}.js`, kind: 'file' as const, size: index }
    }),
  )
}

printSizes(
  'a file tree: taken in, every folder open, searched, by entries',
  null,
  [25_000, 50_000, 200_000].map(size => {
    const batches = listing(size)
    const run = () => {
      const tree = new FileTree()
      for (const batch of batches) tree.add(batch)
      const open = new Set(Array.from({ length: tree.count }, (_, index) => index + 1))
      const matches = findFiles(tree, 'module-42.js')
      return visibleFiles(tree, new FileOrder(tree), { sort: 'name', open, matches })
    }
    return { size, run }
  }),
)
