import { ChevronDown } from 'lucide-react'
import { useEffect, useId, type KeyboardEvent, type MouseEvent } from 'react'
import type { TreeComparison } from '../../shared/files/compare-trees.ts'
import { rootId, type FileId, type FileTree } from '../../shared/files/file-tree.ts'
import { isMatch, isOpen, type FileSort, type FileView } from '../../shared/files/tree-view.ts'
import { useRowWindow } from '../ui/use-row-window.ts'
import { FileLine } from './FileLine.tsx'

interface FileTableProps {
  readonly tree: FileTree
  readonly version: number
  readonly view: FileView
  /** What is to be seen, top to bottom. */
  readonly rows: Int32Array
  /** The row that the keyboard is on; null before the first key or click. */
  readonly active: FileId | null
  readonly onActive: (id: FileId) => void
  /** Several that are meant together; the active one counts where there are none. */
  readonly chosen: ReadonlySet<FileId>
  readonly onChoose: (id: FileId) => void
  readonly onDragStart: (id: FileId, data: DataTransfer) => void
  readonly onDragEnd: () => void
  readonly onMenu: (id: FileId, at: { readonly x: number; readonly y: number }) => void
  readonly onToggle: (id: FileId, open: boolean) => void
  readonly onOpen: (id: FileId) => void
  readonly onSort: (sort: FileSort) => void
  readonly comparison: TreeComparison | null
  /** The colour of what brought a file. */
  readonly hueOf: (id: FileId) => string | undefined
  /** What is said behind a name, of entries that do not count. */
  readonly noteOf?: (id: FileId) => string | undefined
}

const rowHeight = 24
const headerHeight = 26

/** The tree as a grid of columns. One stop for the Tab key; arrows move, open and close, Enter shows a file. */
export function FileTable(props: FileTableProps) {
  const { tree, view, rows, active, chosen, onActive, onChoose, onToggle, onOpen } = props
  const grid = useId()
  const { ref, first, end, reveal } = useRowWindow(rows.length, rowHeight, headerHeight)
  const position = active === null ? -1 : rows.indexOf(active)
  useEffect(() => {
    if (position >= 0) reveal(position)
  }, [position, reveal])

  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, end - first - 24)
    const go = (to: number) => {
      const id = rows[Math.max(0, Math.min(rows.length - 1, to))]
      if (id !== undefined) onActive(id)
    }
    const id = active ?? rows[0]
    if (id === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    const open = tree.isFolder(id) && isOpen(view, id)
    switch (event.key) {
      case 'ArrowDown':
        go(position + 1)
        break
      case 'ArrowUp':
        go(position - 1)
        break
      case 'PageDown':
        go(position + page)
        break
      case 'PageUp':
        go(position - page)
        break
      case 'Home':
        go(0)
        break
      case 'End':
        go(rows.length - 1)
        break
      case 'ArrowRight':
        if (open) go(position + 1)
        else if (tree.isFolder(id)) onToggle(id, true)
        break
      case 'ArrowLeft':
        if (open && view.open.has(id)) onToggle(id, false)
        else if (tree.parent(id) > rootId) onActive(tree.parent(id))
        break
      case ' ':
        onChoose(id)
        break
      case 'Enter':
        if (tree.isFolder(id)) onToggle(id, !open)
        else onOpen(id)
        break
      default:
        return
    }
    event.preventDefault()
  }

  // One listener for all rows, so that a row need not be drawn anew for having another.
  const onClick = (event: MouseEvent) => {
    const id = fileAt(event.target)
    if (id === null) return
    onActive(id)
    if (event.ctrlKey || event.metaKey) onChoose(id)
    else if (tree.isFolder(id)) onToggle(id, !isOpen(view, id))
    else onOpen(id)
  }

  return (
    <div
      ref={ref}
      className="file-table"
      role="treegrid"
      aria-label="Files"
      aria-rowcount={rows.length}
      aria-activedescendant={position >= first && position < end ? `${grid}-${position}` : undefined}
      aria-multiselectable
      tabIndex={0}
      onKeyDown={onKeyDown}
      onContextMenu={event => {
        // The key for it has the place of the focused element: the grid, not the row.
        const id = fileAt(event.target)
        const row = document.getElementById(`${grid}-${position}`)?.getBoundingClientRect()
        const at =
          id === null && row !== undefined
            ? { x: row.left + 32, y: row.bottom }
            : { x: event.clientX, y: event.clientY }
        if (id === null && active === null) return
        event.preventDefault()
        if (id !== null) onActive(id)
        props.onMenu(id ?? active ?? rootId, at)
      }}
    >
      <Header sort={view.sort} onSort={props.onSort} />
      <div
        className="file-canvas"
        role="presentation"
        style={{ height: rows.length * rowHeight }}
        onClick={onClick}
        onDragStart={event => {
          const id = fileAt(event.target)
          if (id !== null) props.onDragStart(id, event.dataTransfer)
        }}
        onDragEnd={props.onDragEnd}
      >
        <div role="presentation" style={{ transform: `translateY(${first * rowHeight}px)` }}>
          {Array.from(rows.subarray(first, end), (id, index) => (
            <FileLine
              key={id}
              domId={`${grid}-${first + index}`}
              index={first + index}
              tree={tree}
              version={props.version}
              id={id}
              open={tree.isFolder(id) && isOpen(view, id)}
              matched={isMatch(view, id)}
              active={id === active}
              chosen={chosen.has(id)}
              hue={props.hueOf(id)}
              change={props.comparison?.changeOf(id)}
              difference={props.comparison?.difference(id)}
              words={props.comparison?.words(id)}
              note={props.noteOf?.(id)}
            />
          ))}
        </div>
      </div>
    </div>
  )
}

/** The row under the pointer, by the entry it shows. */
function fileAt(target: EventTarget): FileId | null {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-file]') : null
  return row === null ? null : Number(row.dataset.file)
}

function Header({ sort, onSort }: Pick<FileTableProps, 'onSort'> & { readonly sort: FileSort }) {
  const sortable = (name: FileSort, title: string) => (
    <span
      role="columnheader"
      className={`file-${name}`}
      aria-sort={sort === name ? (name === 'size' ? 'descending' : 'ascending') : 'none'}
    >
      <button
        type="button"
        className="file-sort"
        data-active={sort === name ? '' : undefined}
        onClick={() => onSort(name)}
      >
        {title}
        {sort === name && <ChevronDown size={14} aria-hidden />}
      </button>
    </span>
  )
  return (
    <div className="file-header" role="row">
      {sortable('name', 'Name')}
      {sortable('size', 'Size')}
      <span role="columnheader" className="file-mode">
        Mode
      </span>
      <span role="columnheader" className="file-owner">
        Owner
      </span>
      <span role="columnheader" className="file-modified">
        Modified
      </span>
    </div>
  )
}
