import {
  ChevronDown,
  ChevronRight,
  Cpu,
  File,
  FileSymlink,
  Folder,
  FolderOpen,
  Link2,
  PlugZap,
  type LucideIcon,
} from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { displayName } from '../../shared/files/display-name.ts'
import type { Change } from '../../shared/files/compare-trees.ts'
import type { FileKind } from '../../shared/files/file-listing.ts'
import { modeString } from '../../shared/files/file-mode.ts'
import type { FileId, FileRow, FileTree } from '../../shared/files/file-tree.ts'
import { formatBytes, formatCount, formatDifference } from '../ui/quantities.ts'
import { SafeText } from './SafeText.tsx'

const icons: Readonly<Record<FileKind, LucideIcon>> = {
  file: File,
  directory: Folder,
  symlink: FileSymlink,
  hardlink: Link2,
  fifo: PlugZap,
  socket: PlugZap,
  character: Cpu,
  block: Cpu,
}

const kindNames: Readonly<Record<FileKind, string>> = {
  file: 'File',
  directory: 'Folder',
  symlink: 'Symbolic link',
  hardlink: 'Hard link',
  fifo: 'Named pipe',
  socket: 'Socket',
  character: 'Character device',
  block: 'Block device',
}

const changeMarks = { added: '+', removed: '−', changed: '~', touched: '≈' } as const
const changeNames = { added: 'Added', removed: 'Removed', changed: 'Changed', touched: 'Another time' } as const

const day = new Intl.DateTimeFormat('sv', { dateStyle: 'short', timeStyle: 'short' })

interface FileLineProps {
  readonly domId: string
  /** 0-based among the rows to be seen. */
  readonly index: number
  readonly tree: FileTree
  /** The tree is one object while it grows: another version is drawn anew. */
  readonly version: number
  readonly id: FileId
  readonly open: boolean
  readonly matched: boolean
  readonly active: boolean
  readonly chosen: boolean
  readonly hue: string | undefined
  /** How it differs from what it is compared with. */
  readonly change: Change | undefined
  /** In bytes. */
  readonly difference: number | undefined
  /** What differs. */
  readonly words: string | undefined
  /** Why it does not count. */
  readonly note: string | undefined
}

/** One row of the tree. */
export const FileLine = memo(function FileLine(props: FileLineProps) {
  const { domId, index, tree, id, open, matched, active, chosen, hue } = props
  const { change, difference, words, note } = props
  const file = tree.row(id)
  const folder = file.kind === 'directory'
  return (
    <div
      id={domId}
      data-file={id}
      className="file-row"
      role="row"
      aria-level={file.depth + 1}
      aria-rowindex={index + 1}
      aria-expanded={folder && file.children > 0 ? open : undefined}
      aria-selected={active || chosen}
      data-chosen={chosen ? '' : undefined}
      data-change={change}
      data-left-out={note === undefined ? undefined : ''}
      draggable
      style={hue === undefined ? undefined : { borderLeftColor: hue }}
    >
      <NameCell {...{ file, open, matched, change, words, note }} />
      <Cell name="size" title={folder ? formatCount(file.files, 'file') : undefined}>
        {note !== undefined
          ? ''
          : difference !== undefined
            ? formatDifference(difference)
            : folder || file.kind === 'file'
              ? formatBytes(file.size)
              : ''}
      </Cell>
      <Cell name="mode">{modeString(file.kind, file.mode)}</Cell>
      <Cell name="owner">{`${file.uid}:${file.gid}`}</Cell>
      <Cell name="modified">{file.modified === 0 ? '' : day.format(file.modified)}</Cell>
    </div>
  )
})

interface CellProps {
  readonly name: 'size' | 'mode' | 'owner' | 'modified'
  readonly title?: string | undefined
  readonly children: ReactNode
}

function Cell({ name, title, children }: CellProps) {
  return (
    <span role="gridcell" className={`file-${name}`} title={title}>
      {children}
    </span>
  )
}

interface NameCellProps {
  readonly file: FileRow
  readonly open: boolean
  readonly matched: boolean
  readonly change: Change | undefined
  readonly words: string | undefined
  readonly note: string | undefined
}

function NameCell({ file, open, matched, change, words, note }: NameCellProps) {
  const Icon = open ? FolderOpen : icons[file.kind]
  return (
    <span role="gridcell" className="file-name" style={{ paddingLeft: file.depth * 16 + 4 }}>
      <span className="file-chevron">
        {file.kind === 'directory' &&
          file.children > 0 &&
          (open ? <ChevronDown size={14} aria-hidden /> : <ChevronRight size={14} aria-hidden />)}
      </span>
      <span
        className="file-icon"
        data-kind={file.kind}
        role="img"
        aria-label={kindNames[file.kind]}
        title={kindNames[file.kind]}
      >
        <Icon size={16} aria-hidden />
      </span>
      {change !== undefined && change !== 'same' && (
        <span
          className="file-change"
          role="img"
          aria-label={changeNames[change]}
          title={words === '' ? changeNames[change] : words}
        >
          {changeMarks[change]}
        </span>
      )}
      <bdi className="file-words" data-matched={matched ? '' : undefined} title={displayName(file.name)}>
        <SafeText text={file.name} />
      </bdi>
      {file.link !== '' && (
        <bdi className="file-link" title={displayName(file.link)}>
          → <SafeText text={file.link} />
        </bdi>
      )}
      {note !== undefined && <span className="file-aside">{note}</span>}
    </span>
  )
}
