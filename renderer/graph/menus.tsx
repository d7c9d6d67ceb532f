import {
  ArrowLeft,
  ArrowRight,
  Box,
  Copy,
  CopyPlus,
  CornerDownRight,
  FileText,
  Files,
  FolderInput,
  Hammer,
  Layers,
  Pencil,
  Plus,
  Scissors,
  Trash2,
  X,
} from 'lucide-react'
import type { ReactNode } from 'react'
import type { EdgeEnd } from '../../shared/edits/reconnect-end.ts'
import type { Point } from '../../shared/graph/layout.ts'
import { stageTitle, type Stage } from '../../shared/graph/stage-graph.ts'
import { useShortcutOf } from '../commands/use-commands.ts'
import { MenuEntry } from './MenuEntry.tsx'
import type { CopySource } from './pane-store.ts'
import { Popover } from './Popover.tsx'

interface CardMenuProps {
  readonly stage: Stage
  readonly at: Point
  readonly onClose: () => void
  readonly onRename: () => void
  /** Null where no engine answers. */
  readonly onBuild: (() => void) | null
  readonly fixes: ReactNode
  /** Null where no file system of the stage is held. */
  readonly onShowFiles: (() => void) | null
  /** Null where the stage begins from no image. */
  readonly onShowBase: (() => void) | null
  readonly onChangeBase: () => void
  readonly onDuplicate: () => void
  readonly onCopyFrom: () => void
  readonly onCopyContext: () => void
  /** Asks what the new stage does with this one. */
  readonly onAddNext: () => void
  readonly onCopy: () => void
  readonly onCut: () => void
  readonly onShowSource: () => void
  readonly onRemove: () => void
}

export function CardMenu(props: CardMenuProps) {
  const { stage, at, onClose, onBuild, onShowFiles, onShowBase } = props
  const shortcutOf = useShortcutOf()
  return (
    <Popover label={`Actions for ${stageTitle(stage)}`} at={at} onClose={onClose} isMenu>
      {props.fixes}
      <MenuEntry
        icon={Hammer}
        label="Build to here"
        disabledReason={onBuild === null ? 'No engine answers: see the engine chip.' : null}
        onChoose={() => onBuild?.()}
      />
      <MenuEntry
        icon={Files}
        label="Show files"
        disabledReason={onShowFiles === null ? 'Build first: no files of this stage are held.' : null}
        onChoose={() => onShowFiles?.()}
      />
      {onShowBase !== null && <MenuEntry icon={Box} label="Look into the base image" onChoose={onShowBase} />}
      <MenuEntry
        icon={FileText}
        label="Show in the text"
        shortcut={shortcutOf('stage.showText')}
        onChoose={props.onShowSource}
      />
      <hr className="menu-rule" />
      <MenuEntry
        icon={ArrowRight}
        label="Copy from this…"
        shortcut={shortcutOf('stage.connect')}
        onChoose={props.onCopyFrom}
      />
      <MenuEntry icon={FolderInput} label="Copy from the build context…" onChoose={props.onCopyContext} />
      <MenuEntry
        icon={Plus}
        label="New stage from this…"
        shortcut={shortcutOf('stage.addNext')}
        onChoose={props.onAddNext}
      />
      <MenuEntry
        icon={Pencil}
        label={stage.writtenName === null ? 'Name…' : 'Rename'}
        shortcut={shortcutOf('stage.rename')}
        onChoose={props.onRename}
      />
      <MenuEntry
        icon={Layers}
        label="Change base…"
        shortcut={shortcutOf('stage.changeBase')}
        onChoose={props.onChangeBase}
      />
      <hr className="menu-rule" />
      <MenuEntry icon={Copy} label="Copy" shortcut={shortcutOf('stage.copy')} onChoose={props.onCopy} />
      <MenuEntry icon={Scissors} label="Cut" shortcut={shortcutOf('stage.cut')} onChoose={props.onCut} />
      <MenuEntry
        icon={CopyPlus}
        label="Duplicate"
        shortcut={shortcutOf('stage.duplicate')}
        onChoose={props.onDuplicate}
      />
      <MenuEntry icon={Trash2} label="Delete" shortcut={shortcutOf('stage.remove')} onChoose={props.onRemove} />
    </Popover>
  )
}

interface EdgeMenuProps {
  readonly label: string
  readonly fixes: ReactNode
  readonly at: Point
  readonly onClose: () => void
  readonly onShowSource: () => void
  readonly onChange: () => void
  /** Asks where that end goes instead. */
  readonly onReconnect: (end: EdgeEnd) => void
  readonly onRemove: () => void
  /** What the edge takes, where that is more than one thing: each can go alone. */
  readonly sources: readonly string[]
  readonly onRemoveSource: (source: string) => void
}

export function EdgeMenu(props: EdgeMenuProps) {
  const { label, at, fixes, sources, onClose, onShowSource, onChange, onReconnect, onRemove } = props
  const shortcutOf = useShortcutOf()
  return (
    <Popover label={label} at={at} onClose={onClose} isMenu>
      {fixes}
      <MenuEntry
        icon={FileText}
        label="Show in the text"
        shortcut={shortcutOf('stage.showText')}
        onChoose={onShowSource}
      />
      <MenuEntry icon={Pencil} label="Change what is taken…" shortcut={shortcutOf('edge.change')} onChoose={onChange} />
      <MenuEntry
        icon={ArrowLeft}
        label="Take from another stage…"
        shortcut={shortcutOf('edge.reconnect')}
        onChoose={() => onReconnect('source')}
      />
      <MenuEntry
        icon={ArrowRight}
        label="Move to another stage…"
        shortcut={shortcutOf('edge.move')}
        onChoose={() => onReconnect('target')}
      />
      <MenuEntry icon={Trash2} label="Delete" shortcut={shortcutOf('stage.remove')} onChoose={onRemove} />
      {sources.map(source => (
        <MenuEntry
          key={source}
          icon={Trash2}
          label={`Delete only ${source}`}
          onChoose={() => props.onRemoveSource(source)}
        />
      ))}
    </Popover>
  )
}

type SourceMenuProps = Pick<EdgeMenuProps, 'label' | 'fixes' | 'at' | 'onClose' | 'onShowSource'>

/** Of something that is not there. */
export function SourceMenu({ label, fixes, at, onClose, onShowSource }: SourceMenuProps) {
  return (
    <Popover label={label} at={at} onClose={onClose} isMenu>
      {fixes}
      <MenuEntry icon={FileText} label="Show in the text" onChoose={onShowSource} />
    </Popover>
  )
}

interface DropMenuProps {
  readonly source: CopySource
  readonly at: Point
  readonly onClose: () => void
  readonly onBuildOn: () => void
  readonly onCopyFrom: () => void
}

/** What a connection dropped on the empty canvas can become. */
export function DropMenu({ source, at, onClose, onBuildOn, onCopyFrom }: DropMenuProps) {
  const what = source.kind === 'stage' ? 'this' : 'this image'
  return (
    <Popover label="New stage" at={at} onClose={onClose} isMenu>
      <MenuEntry icon={Plus} label={`New stage from ${what}`} onChoose={onBuildOn} />
      <MenuEntry icon={CornerDownRight} label={`New stage that copies from ${what}`} onChoose={onCopyFrom} />
      <MenuEntry icon={X} label="Cancel" shortcut="Esc" onChoose={onClose} />
    </Popover>
  )
}
