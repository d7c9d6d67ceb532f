import { stagePaths } from './stage-paths.ts'
import { coachCheck } from './coach-rule.ts'
import { finalStages } from './final-stages.ts'

/** The folder that a stage was built in holds its sources and caches beside what it made. */
export const wholeWorkdirCopy = coachCheck('whole-workdir-copy', subject => {
  const final = finalStages(subject)
  const paths = stagePaths(subject)
  return subject.references.flatMap(({ kind, source, stage, onbuild, instruction, sources }) => {
    if (kind !== 'copy' || source.kind !== 'stage' || onbuild || !final.has(stage)) return []
    const from = paths[source.index]
    if (from === undefined || final.has(source.index)) return []
    return sources.flatMap((path, at) => {
      const folder = from.resolve(path, '/')
      if (folder === null || folder === '/' || !from.builtIn.has(folder)) return []
      const name = subject.drafts[source.index]?.writtenName ?? `stage ${source.index}`
      const message = `${name} was built in ${folder}: this copies its sources and caches along with what it made. Name what is needed.`
      return [{ message, instruction, range: instruction.arguments[at]?.range }]
    })
  })
})
