import { FolderTree, Search } from 'lucide-react'
import type { TreeComparison } from '../../shared/files/compare-trees.ts'
import { rootId } from '../../shared/files/file-tree.ts'
import { Button } from '../ui/controls.tsx'
import '../ui/panel-empty.css'
import { formatBytes, formatCount, formatDifference } from '../ui/quantities.ts'
import type { FileListing, FileStore } from './file-store.ts'
import type { Compared } from './use-compared.ts'
import type { ContentReading } from './use-contents.ts'

export function SearchField({ query, onQuery }: { readonly query: string; readonly onQuery: (query: string) => void }) {
  return (
    <label className="files-search">
      <Search size={16} aria-hidden />
      <input
        className="field"
        type="search"
        placeholder="Search names, or paths with /"
        aria-label="Search files"
        value={query}
        onChange={event => onQuery(event.target.value)}
      />
    </label>
  )
}

function Totals({ listing }: { readonly listing: FileListing }) {
  const { size, files } = listing.tree.row(rootId)
  const folders = listing.tree.count - files
  switch (listing.phase) {
    case 'listing':
    case 'left':
      return (
        <span className="files-totals" role="status">
          Listing, {formatCount(listing.tree.count, 'entry', 'entries')} so far
        </span>
      )
    case 'complete':
      return (
        <span className="files-totals" role="status">
          {formatCount(files, 'file')} in {formatCount(folders, 'folder')}, {formatBytes(size)}
        </span>
      )
    case 'failed':
      return null
  }
}

export function Failure({ message, store }: { readonly message: string; readonly store: FileStore }) {
  return (
    <div className="panel-empty" role="alert">
      <FolderTree size={24} aria-hidden />
      <p className="panel-empty-title">The files could not be listed</p>
      <p>{message}</p>
      <Button onClick={() => store.retry()}>Try again</Button>
    </div>
  )
}

/** Has contents compared, which names, sizes and times alone do not tell. */
export function ContentsField({ reading: { contents, read, stop } }: { readonly reading: ContentReading }) {
  if (contents.phase === 'read') return null
  if (contents.phase === 'reading')
    return (
      <Button variant="quiet" onClick={stop}>
        Stop reading, {Math.floor(contents.share * 100)} %
      </Button>
    )
  return (
    <>
      <Button variant="quiet" title="Reads every file that has the same size in both" onClick={read}>
        Compare contents
      </Button>
      {contents.phase === 'failed' && (
        <span className="problem" role="alert">
          {contents.message}
        </span>
      )}
    </>
  )
}

/** What differs from what is compared with. */
function Differences({ comparison, reading }: Pick<Compared, 'reading'> & { readonly comparison: TreeComparison }) {
  const { counts, difference } = comparison
  const contents = reading?.contents.phase === 'read' ? ', contents compared' : ''
  const words = [
    ...(counts.added > 0 ? [`${counts.added} added`] : []),
    ...(counts.removed > 0 ? [`${counts.removed} removed`] : []),
    ...(counts.changed > 0 ? [`${counts.changed} changed`] : []),
    ...(counts.touched > 0 ? [`${counts.touched} with another time alone`] : []),
  ]
  const said =
    (words.length === 0 ? 'No difference' : `${words.join(', ')}: ${formatDifference(difference(rootId))}`) + contents
  return (
    <span className="files-totals" role="status" title={said}>
      {said}
    </span>
  )
}

/** What is shown, in one line: the totals, or what differs, or why nothing can be compared. */
export function Summary({ problem, comparison, listing, reading }: Compared) {
  if (problem !== null)
    return (
      <span className="problem files-totals" role="alert">
        {problem}
      </span>
    )
  if (comparison !== null) return <Differences {...{ comparison, reading }} />
  return listing === null ? null : <Totals listing={listing} />
}
