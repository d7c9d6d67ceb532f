import { stagePaths } from './stage-paths.ts'
import { coachCheck, stageTitle } from './coach-rule.ts'

/** The folder that a stage was built in holds its sources and caches beside what it made. */
export const wholeWorkdirCopy = coachCheck('whole-workdir-copy', {
  links: ({ stage, references }) =>
    references.flatMap(({ kind, giver, onbuild, instruction, sources }) => {
      if (kind !== 'copy' || giver === null || onbuild || !stage.isFinal || giver.isFinal) return []
      const from = stagePaths(giver.built)
      return sources.flatMap((path, at) => {
        const folder = from.resolve(path, '/')
        if (folder === null || folder === '/' || !from.builtIn.has(folder)) return []
        const message = `${stageTitle(giver)} was built in ${folder}: this copies its sources and caches along with what it made. Name what is needed.`
        return [{ message, instruction, range: instruction.arguments[at]?.range }]
      })
    }),
})
