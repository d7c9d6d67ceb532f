import { useDeferredValue, useMemo, useState } from 'react'
import { wantedEntries, type ContextUse } from '../../shared/files/context-uses.ts'
import { rootId, type FileId, type FileTree } from '../../shared/files/file-tree.ts'
import { FileOrder, findFiles, visibleFiles, type FileSort } from '../../shared/files/tree-view.ts'
import { formatCount } from '../ui/quantities.ts'
import type { ContextListing } from './context-listing.ts'
import { FileTable } from './FileTable.tsx'
import { SafeText } from './SafeText.tsx'

/** What of the folder is listed. */
export type ContextShown = 'everything' | 'sent' | 'wanted' | 'leftOut'

interface ContextTreeProps {
  readonly listing: ContextListing
  readonly query: string
  readonly uses: readonly ContextUse[]
  /** What the target needs, by id of the tree that is sent. */
  readonly wanted: Uint8Array
  readonly shown: ContextShown
  /** The instruction whose files alone are shown; null for all. */
  readonly use: ContextUse | null
}

const nothing: ReadonlySet<FileId> = new Set()

export function ContextTree({ listing, query, uses, wanted, shown, use }: ContextTreeProps) {
  const { sent, whole, leftOut, version } = listing
  const tree = treeShown(listing, shown, use)
  const [sort, setSort] = useState<FileSort>('size')
  /** Paths, as every walk makes a tree anew. */
  const [openPaths, setOpenPaths] = useState<ReadonlySet<string>>(new Set())
  const [activePath, setActivePath] = useState<string | null>(null)
  const sought = useDeferredValue(query)
  const order = useMemo(() => new FileOrder(tree), [tree])

  const isLeftOut = (path: string) => leftOut.has(path) && placeOf(sent, path) === null
  const matches = useMemo(() => {
    const { sent, whole, leftOut } = listing
    const taken = use === null ? (shown === 'wanted' ? wanted : null) : takenBy(sent, use)
    if (taken !== null) return findFiles(sent, sought, id => taken[id] === 1)
    const isOut = shown === 'leftOut' ? (id: FileId) => leftOut.has(whole.path(id)) : null
    return findFiles(treeShown(listing, shown, use), sought, isOut)
  }, [listing, sought, shown, use, wanted])
  const open = useMemo(
    () => new Set([...openPaths].flatMap(path => placeOf(treeShown(listing, shown, use), path) ?? [])),
    [listing, shown, use, openPaths],
  )
  const view = useMemo(() => ({ sort, open, matches }), [sort, open, matches])
  const rows = useMemo(
    () => visibleFiles(treeShown(listing, shown, use), order, view),
    [listing, shown, use, order, view],
  )
  const reason = useMemo(() => (activePath === null ? '' : why(listing, uses, activePath)), [listing, uses, activePath])
  const noteOf = (id: FileId) => {
    const path = tree.path(id)
    return tree === whole && isLeftOut(path) ? `left out by line ${leftOut.get(path) ?? 0}` : undefined
  }

  return (
    <div className="files-tree">
      {rows.length === 0 && listing.phase !== 'walking' ? (
        <p className="file-note">{sought === '' ? 'There are no files here.' : 'No name matches.'}</p>
      ) : (
        <FileTable
          {...{ tree, view, rows, version, noteOf }}
          active={activePath === null ? null : placeOf(tree, activePath)}
          onActive={id => setActivePath(tree.path(id))}
          chosen={nothing}
          comparison={null}
          onChoose={id => setActivePath(tree.path(id))}
          onDragStart={(id, data) => data.setData('text/plain', tree.path(id))}
          onDragEnd={() => undefined}
          onMenu={() => undefined}
          onToggle={(id, opened) => {
            const next = new Set(openPaths)
            if (opened) next.add(tree.path(id))
            else next.delete(tree.path(id))
            setOpenPaths(next)
          }}
          onOpen={id => setActivePath(tree.path(id))}
          hueOf={id => (wanted[placeOf(sent, tree.path(id)) ?? rootId] === 1 ? 'var(--accent)' : undefined)}
          onSort={setSort}
        />
      )}
      {matches !== null && sought !== '' && (
        <p className="files-found" role="status">
          {formatCount(matches.count, 'match', 'matches')}
        </p>
      )}
      {activePath !== null && (
        <footer className="files-path context-path">
          <span className="code">
            <bdi>
              <SafeText text={activePath} />
            </bdi>
          </span>
          <span className="context-why">{reason}</span>
        </footer>
      )}
    </div>
  )
}

/** Why a path is in the context or not, and what takes it. */
/** A tree is the same object while it grows: what is derived from it hangs on the listing, which is not. */
function treeShown({ sent, whole }: ContextListing, shown: ContextShown, use: ContextUse | null): FileTree {
  return use !== null || shown === 'sent' || shown === 'wanted' ? sent : whole
}

function why({ sent, leftOut, ignoreFile }: ContextListing, uses: readonly ContextUse[], path: string): string {
  const id = placeOf(sent, path)
  const line = leftOut.get(path)
  if (line !== undefined && ignoreFile !== null) {
    const rule = ignoreFile.text.split('\n')[line - 1]?.trim() ?? ''
    const said = `Left out by line ${line} of ${ignoreFile.path}: ${rule}`
    return id === null ? said : `${said} (but for what a later line takes back)`
  }
  if (id === null) return 'No longer there'
  const takers = uses.filter(use => takenBy(sent, use)[id] === 1)
  if (takers.length === 0) return 'In the context, and nothing takes it'
  const lines = takers.map(use => `line ${use.line}${use.stage.reachable ? '' : ' (not needed for this target)'}`)
  return `In the context, taken by ${lines.join(', ')}`
}

function takenBy(tree: FileTree, use: ContextUse): Uint8Array {
  return wantedEntries(tree, [{ ...use, stage: { ...use.stage, reachable: true } }])
}

/** The entry at a path itself, links not followed; null where there is none. */
function placeOf(tree: FileTree, path: string): FileId | null {
  let at: FileId | null = rootId
  for (const name of path.split('/')) at = at === null ? null : tree.child(at, name)
  return at
}
