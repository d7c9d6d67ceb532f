import { useEffect } from 'react'
import type { DocumentIdentity } from '../source/session.ts'

/** Tells windows and tabs apart: most files are called Dockerfile, so that their folder is named, too. */
export function useWindowTitle(open: DocumentIdentity | null, dirty: boolean): void {
  useEffect(() => {
    const folder = open?.contextDirectory?.split(/[/\\]/).findLast(part => part !== '')
    const name = open && (folder === undefined ? open.name : `${open.name} (${folder})`)
    document.title = name === null ? 'Slipway' : `${dirty ? '● ' : ''}${name} – Slipway`
  }, [open, dirty])
}
