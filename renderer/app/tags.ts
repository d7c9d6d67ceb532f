import type { DocumentIdentity } from '../source/session.ts'
import { fileName } from './workspace.ts'

/** What the result is called until the user says otherwise: the context folder's name, as an image reference allows it. */
export function defaultTag(document: DocumentIdentity | null): string {
  const words = (document?.contextDirectory ? fileName(document.contextDirectory) : (document?.name ?? ''))
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(word => word !== '')
  return words.length === 0 ? '' : `${words.join('-')}:latest`
}
