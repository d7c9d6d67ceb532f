import { useState, type ReactNode } from 'react'
import type { HostApi } from '../../shared/bridge/contract.ts'
import type { Change } from '../../shared/files/compare-trees.ts'
import type { FileId } from '../../shared/files/file-tree.ts'
import type { Point } from '../../shared/graph/layout.ts'
import { formatCount } from '../ui/quantities.ts'
import { extractionOf } from './extraction.ts'
import { ExtractionStrip } from './ExtractionStrip.tsx'
import { FileActions, FileMenu, type FileActs } from './FileActions.tsx'
import { FileMap } from './FileMap.tsx'
import { FileTable } from './FileTable.tsx'
import { FileViewer } from './FileViewer.tsx'
import type { FileRows, ShownFiles } from './use-file-rows.ts'

interface FilesBodyProps {
  readonly host: HostApi
  readonly shown: ShownFiles
  readonly files: FileRows
  /** Said where there are no files at all. */
  readonly nothing: string
  readonly hueOf: (id: FileId) => string | undefined
  /** What can be done with files of a stage beyond what can be done with all. */
  readonly actsOn?: (id: FileId) => Pick<FileActs, 'copy' | 'expect'>
  readonly onDrag?: (id: FileId | null) => void
  readonly onView?: (id: FileId) => void
  /** Above the tree. */
  readonly children: ReactNode
}

/** As the marks of the rows are coloured. */
const changeHues: Readonly<Partial<Record<Change, string>>> = {
  added: 'var(--success)',
  removed: 'var(--error)',
  changed: 'var(--warning)',
  touched: 'var(--warning)',
}

const noActs = () => ({ copy: null, expect: null })

/** A tree, with the map or the file that is looked at beside it. */
export function FilesBody({ host, shown, files, nothing, hueOf, actsOn = noActs, ...on }: FilesBodyProps) {
  const { listing, query, comparison, against, changedOnly, hasMap } = shown
  const { tree } = listing
  const { matches, reveal, writtenOf, targetsOf, table } = files
  const { active } = table
  const [menu, setMenu] = useState<Point | null>(null)
  const [viewed, setViewed] = useState<FileId | null>(null)
  const allActsOn = (id: FileId): FileActs => ({
    ...actsOn(id),
    extract: () => void extractionOf(host).ask({ ...listing.reference, paths: targetsOf(id) }),
    copyPath: () => void navigator.clipboard.writeText(writtenOf(id)),
  })
  /** Where a file can be read; null where it is gone. */
  const viewedIn = viewed !== null && comparison?.changeOf(viewed) === 'removed' ? against : listing.reference
  return (
    <div className="files-body" data-viewing={viewed === null && !hasMap ? undefined : ''}>
      <div className="files-tree">
        {on.children}
        {table.rows.length === 0 && listing.phase === 'complete' ? (
          <p className="file-note">
            {tree.count === 0
              ? nothing
              : changedOnly && query === ''
                ? 'Every file is the same in both.'
                : 'No name matches.'}
          </p>
        ) : (
          <FileTable
            {...table}
            hueOf={hueOf}
            onDragStart={(id, data) => {
              on.onDrag?.(id)
              data.effectAllowed = 'copy'
              // The text takes the path itself.
              data.setData('text/plain', writtenOf(id))
            }}
            onDragEnd={() => on.onDrag?.(null)}
            onMenu={(_, at) => setMenu(at)}
            onOpen={id => {
              setViewed(id)
              on.onView?.(id)
            }}
          />
        )}
        {query !== '' && matches !== null && matches.count > 0 && (
          <p className="files-found" role="status">
            {formatCount(matches.count, 'match', 'matches')}
          </p>
        )}
        <ExtractionStrip host={host} />
        {active !== null && <FileActions path={`/${tree.path(active)}`} acts={allActsOn(active)} />}
      </div>
      {menu !== null && active !== null && (
        <FileMenu name={tree.name(active)} at={menu} acts={allActsOn(active)} onClose={() => setMenu(null)} />
      )}
      {hasMap && viewed === null && (
        <FileMap
          tree={tree}
          version={listing.version}
          active={active}
          onActive={reveal}
          hueOf={id => (comparison === null ? hueOf(id) : changeHues[comparison.changeOf(id)])}
        />
      )}
      {viewed !== null && viewedIn !== null && (
        <FileViewer
          key={viewed}
          host={host}
          reference={viewedIn}
          path={tree.path(viewed)}
          file={tree.row(viewed)}
          onClose={() => setViewed(null)}
        />
      )}
    </div>
  )
}
