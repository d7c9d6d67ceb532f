import { coachCheck } from './coach-rule.ts'

/** An image without a tag, or with `latest`: what it is changes from one day to the next. Told once for an image. */
export const movingTag = coachCheck('moving-tag', ({ drafts }) => {
  // What bears a stage's name is more likely a stage that stands elsewhere: another rule tells of it.
  const told = new Set(drafts.map(({ name }) => name))
  return drafts.flatMap(({ from, writtenBase, baseSource }) => {
    if (baseSource.kind !== 'image' || writtenBase.includes('$')) return []
    const { reference } = baseSource
    const tag = tagOf(reference)
    if ((tag !== '' && tag !== 'latest') || reference.includes('@') || told.has(reference)) return []
    told.add(reference)
    const what = tag === '' ? `${reference} has no tag, so that latest is pulled` : `${reference} is pulled`
    const message = `${what}: whatever that is on the day of the build. A tag with a version keeps builds alike.`
    return [{ message, instruction: from, range: from.arguments[0]?.range }]
  })
})

function tagOf(reference: string): string {
  const name = reference.slice(reference.lastIndexOf('/') + 1)
  const colon = name.indexOf(':')
  return colon < 0 ? '' : name.slice(colon + 1)
}
