import { LayoutDashboard } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Button, IconButton } from '../ui/controls.tsx'
import type { FileStore } from './file-store.ts'
import { ContentsField, Failure, SearchField, Summary } from './FilesPanelParts.tsx'
import type { Compared } from './use-compared.ts'
import type { ShownFiles } from './use-file-rows.ts'

interface FilesFrameProps {
  readonly store: FileStore
  readonly compared: Compared
  /** Choose what is shown. */
  readonly fields: ReactNode
  readonly children: (shown: ShownFiles) => ReactNode
}

/** Around the files of a stage or an image: how they are sought and drawn, and what they come to. */
export function FilesFrame({ store, compared, fields, children }: FilesFrameProps) {
  const { listing, comparison, against, reading } = compared
  const [query, setQuery] = useState('')
  const [hasMap, setHasMap] = useState(false)
  const [onlyChanges, setOnlyChanges] = useState(true)
  const changedOnly = comparison !== null && onlyChanges
  return (
    <div className="files-panel">
      <header className="files-tools">
        {fields}
        {comparison !== null && (
          <Button variant="quiet" aria-pressed={onlyChanges} onClick={() => setOnlyChanges(!onlyChanges)}>
            Changed only
          </Button>
        )}
        {comparison !== null && reading !== null && <ContentsField reading={reading} />}
        <SearchField query={query} onQuery={setQuery} />
        <IconButton icon={LayoutDashboard} label="Map of files" pressed={hasMap} onClick={() => setHasMap(!hasMap)} />
        <Summary {...compared} />
      </header>
      {listing?.phase === 'failed' ? (
        <Failure message={listing.message ?? ''} store={store} />
      ) : (
        listing !== null && children({ listing, query, comparison, against, changedOnly, hasMap })
      )}
    </div>
  )
}
