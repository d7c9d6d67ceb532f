import type { StageDraft } from '../../graph/stage-drafts.ts'
import { coachCheck } from './coach-rule.ts'

/** An image without a tag, or with `latest`: what it is changes from one day to the next. Told once for an image. */
export const movingTag = coachCheck('moving-tag', {
  file: ({ drafts, names }) => {
    const moving = drafts.filter(moves)
    if (moving.length === 0) return []
    // What bears a stage's name is more likely a stage that stands elsewhere: another rule tells of it.
    const told = new Set(names.all)
    return moving.flatMap(({ from, base }) => {
      if (told.has(base)) return []
      told.add(base)
      const what = tagOf(base) === '' ? `${base} has no tag, so that latest is pulled` : `${base} is pulled`
      const message = `${what}: whatever that is on the day of the build. A tag with a version keeps builds alike.`
      return [{ message, instruction: from, range: from.arguments[0]?.range }]
    })
  },
})

function moves({ baseSource, base, writtenBase }: StageDraft): boolean {
  if (baseSource.kind !== 'image' || writtenBase.includes('$') || base.includes('@')) return false
  const tag = tagOf(base)
  return tag === '' || tag === 'latest'
}

function tagOf(reference: string): string {
  const name = reference.slice(reference.lastIndexOf('/') + 1)
  const colon = name.indexOf(':')
  return colon < 0 ? '' : name.slice(colon + 1)
}
