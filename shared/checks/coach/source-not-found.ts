import { artifactsOf } from '../../files/artifacts.ts'
import { hasWildcard } from '../../files/copy-match.ts'
import { displayName } from '../../files/display-name.ts'
import { nearPaths } from '../../files/near-paths.ts'
import { coachCheck } from './coach-rule.ts'

/**
 * A path that the source stage did not hold when it was last built. Sure where that stage still reads the same, else
 * only worth a hint.
 */
export const sourceNotFound = coachCheck('source-not-found', {
  file: ({ checked, graph }) =>
    [...artifactsOf(checked).byEdge.values()].flatMap(({ edge, from, tree, isCurrent, instruction, sources }) => {
      if (edge.onbuild) return []
      const title = graph.stages.find(({ id }) => id === from)?.writtenName ?? 'the source stage'
      return sources.flatMap(({ path, word, match }) => {
        if (match.roots.length > 0) return []
        const near = nearPaths(tree, path)
        const held = path.split('/').some(hasWildcard)
          ? `Nothing in ${title} matched ${path}`
          : `${title} held no ${path}`
        const when = isCurrent ? 'when it was last built' : 'when it was built, before it was changed'
        const meant = near.length === 0 ? '' : ` Did you mean ${near.map(displayName).join(' or ')}?`
        const severity = isCurrent ? ('warning' as const) : ('hint' as const)
        return [{ severity, message: `${held} ${when}.${meant}`, instruction, range: word.range }]
      })
    }),
})
