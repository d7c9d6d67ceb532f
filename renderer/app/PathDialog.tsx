import { CornerLeftUp, FileCode2, FileText, Folder } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { HostApi, Result } from '../../shared/bridge/contract.ts'
import { Button, Dialog } from '../ui/controls.tsx'
import { fileName, parentFolder } from './paths.ts'

type Listing = Result<'folders.list'>

const titles = { open: 'Open a Dockerfile', 'save-as': 'Save as', folder: 'Extract to a folder' } as const
const verbs = { open: 'Open', 'save-as': 'Save', folder: 'Extract here' } as const

interface PathDialogProps {
  readonly host: HostApi
  readonly purpose: keyof typeof titles
  /** Where to begin; null for the folder the host was started in. */
  readonly path: string | null
  readonly onChoose: (path: string) => void
  readonly onDismiss: () => void
}

/** Opens or saves by folder or by typed path, for hosts that have no dialog of their own. */
export function PathDialog({ host, purpose, path, onChoose, onDismiss }: PathDialogProps) {
  const [listing, setListing] = useState<Listing | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const suggested = purpose === 'save-as' ? (path ?? 'Dockerfile') : ''
  const [typed, setTyped] = useState(suggested)
  const [replacing, setReplacing] = useState<string | null>(null)
  const field = useRef<HTMLInputElement>(null)

  /** What was typed since `before`, while the folder was read, stays. */
  const list = useCallback(
    (folder: string | null, before: string) => {
      const follow = (path: string) => setTyped(now => (now === before ? path : now))
      host.call('folders.list', { path: folder }).then(
        found => {
          setListing(found)
          setProblem(null)
          if (purpose === 'folder') follow(found.path)
          if (purpose === 'save-as') follow(joinPath(found.path, fileName(before) || 'Dockerfile'))
        },
        (error: unknown) => setProblem(error instanceof Error ? error.message : String(error)),
      )
    },
    [host, purpose],
  )
  useEffect(() => {
    list(path === null ? null : parentFolder(path), suggested)
    field.current?.focus()
  }, [list, path, suggested])

  /** Also a typed path that lies in another folder than the one shown must not replace a file unasked. */
  const choose = async (chosen: string) => {
    if (purpose === 'save-as' && replacing !== chosen) {
      try {
        const { entries } = await host.call('folders.list', { path: parentFolder(chosen) })
        const existing = entries.find(entry => entry.name === fileName(chosen))
        if (existing?.kind === 'directory') {
          setProblem(`${chosen} is a folder. Give the name of a file in it.`)
          return
        }
        if (existing) {
          setReplacing(chosen)
          return
        }
      } catch (error) {
        setProblem(error instanceof Error ? error.message : String(error))
        return
      }
    }
    onChoose(chosen)
  }
  const absolute = isAbsolute(typed) ? typed : joinPath(listing?.path ?? '', typed)
  return (
    <Dialog
      title={titles[purpose]}
      onDismiss={onDismiss}
      actions={
        <>
          <Button onClick={onDismiss}>Cancel</Button>
          <Button variant="primary" type="submit" form="path-form" disabled={typed.trim() === ''}>
            {replacing === absolute ? 'Replace the file' : verbs[purpose]}
          </Button>
        </>
      }
    >
      <form
        id="path-form"
        className="path-form"
        onSubmit={event => {
          event.preventDefault()
          void choose(absolute)
        }}
      >
        <label className="label" htmlFor="path-field">
          Path
        </label>
        <input
          ref={field}
          id="path-field"
          className="field"
          data-code
          value={typed}
          placeholder={listing ? joinPath(listing.path, 'Dockerfile') : ''}
          spellCheck={false}
          onChange={event => setTyped(event.target.value)}
        />
        {replacing === absolute && (
          <p className="problem">A file of this name exists. Saving replaces what it holds.</p>
        )}
        {problem && <p className="problem">{problem}</p>}
      </form>
      <div className="path-listing" role="group" aria-label={`Folder ${listing?.path ?? ''}`}>
        {listing?.parent && (
          <button type="button" className="menu-entry" onClick={() => list(listing.parent, typed)}>
            <CornerLeftUp size={16} aria-hidden /> Up to {listing.parent}
          </button>
        )}
        {listing?.entries.map(entry => (
          <button
            key={entry.name}
            type="button"
            className="menu-entry"
            data-dockerfile={entry.dockerfile || undefined}
            onClick={() => {
              const whole = joinPath(listing.path, entry.name)
              if (entry.kind === 'directory') list(whole, typed)
              else if (purpose === 'open') onChoose(whole)
              else if (purpose === 'save-as') setTyped(whole)
            }}
          >
            {entry.kind === 'directory' ? (
              <Folder size={16} aria-label="Folder" />
            ) : entry.dockerfile ? (
              <FileCode2 size={16} aria-label="Dockerfile" />
            ) : (
              <FileText size={16} aria-label="File" />
            )}
            {entry.name}
          </button>
        ))}
        {listing?.entries.length === 0 && <p className="quiet">This folder is empty.</p>}
      </div>
    </Dialog>
  )
}

function isAbsolute(path: string): boolean {
  return path.startsWith('/') || path.slice(1, 3) === ':\\'
}

function joinPath(folder: string, name: string): string {
  const separator = folder.includes('\\') ? '\\' : '/'
  return folder.endsWith(separator) ? folder + name : folder + separator + name
}
