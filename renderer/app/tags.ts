import type { DocumentIdentity } from '../source/session.ts'
import { fileName } from './paths.ts'

/** What the result is called until the user says otherwise: the context folder's name, as an image reference allows it. */
export function defaultTag(document: DocumentIdentity | null): string {
  const words = (document?.contextDirectory ? fileName(document.contextDirectory) : (document?.name ?? ''))
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(word => word !== '')
  return words.length === 0 ? '' : `${words.join('-')}:latest`
}

/** Several are parted by spaces or commas. */
export function tagsOf(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter(tag => tag !== '')
}

/** Why an engine would refuse the tag, as a sentence; null where it would not. The rule is the reference grammar of image names. */
export function tagProblem(tag: string): string | null {
  const component = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*'
  const host = '(?:[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9a-fA-F:]+\\])(?::[0-9]+)?'
  const reference = new RegExp(`^(?:${host}/)?${component}(?:/${component})*(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?$`)
  if (reference.test(tag)) return null
  return `“${tag}” is no name for an image. Write it like name:version, in small letters, digits, dots and dashes; or leave it empty.`
}
