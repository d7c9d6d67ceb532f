import { ArrowRight, Copy, Download, ListChecks } from 'lucide-react'
import { displayName } from '../../shared/files/display-name.ts'
import type { Point } from '../../shared/graph/layout.ts'
import { MenuEntry } from '../graph/MenuEntry.tsx'
import { Popover } from '../graph/Popover.tsx'
import { Button, IconButton } from '../ui/controls.tsx'
import { SafeText } from './SafeText.tsx'

/** What can be done with the files that are meant. */
export interface FileActs {
  /** `at` in window pixels. Null for files of no stage, as `expect`. */
  readonly copy: ((at: Point) => void) | null
  readonly expect: (() => void) | null
  readonly extract: () => void
  readonly copyPath: () => void
}

/** The path of the row that the keyboard is on, and what can be done with it. */
export function FileActions({ path, acts }: { readonly path: string; readonly acts: FileActs }) {
  const { copy, expect } = acts
  return (
    <footer className="files-path">
      <span className="code">
        <bdi>
          <SafeText text={path} />
        </bdi>
      </span>
      {copy !== null && (
        <Button
          variant="quiet"
          icon={ArrowRight}
          onClick={({ currentTarget }) => {
            const { left, top } = currentTarget.getBoundingClientRect()
            copy({ x: left, y: top })
          }}
        >
          Copy to stage…
        </Button>
      )}
      {expect !== null && (
        <Button variant="quiet" icon={ListChecks} onClick={expect}>
          Expect…
        </Button>
      )}
      <IconButton icon={Download} label="Extract to disk…" onClick={acts.extract} />
      <IconButton icon={Copy} label="Copy the path" onClick={acts.copyPath} />
    </footer>
  )
}

interface FileMenuProps {
  readonly name: string
  readonly at: Point
  readonly acts: FileActs
  readonly onClose: () => void
}

/** The same beside the pointer. */
export function FileMenu({ name, at, acts, onClose }: FileMenuProps) {
  const { copy, expect } = acts
  const closing = (act: () => void) => () => {
    onClose()
    act()
  }
  return (
    <Popover label={`Actions for ${displayName(name)}`} at={at} onClose={onClose} isMenu>
      {copy !== null && <MenuEntry icon={ArrowRight} label="Copy to stage…" onChoose={closing(() => copy(at))} />}
      {expect !== null && <MenuEntry icon={ListChecks} label="Expect…" onChoose={closing(expect)} />}
      <MenuEntry icon={Download} label="Extract to disk…" onChoose={closing(acts.extract)} />
      <MenuEntry icon={Copy} label="Copy the path" onChoose={closing(acts.copyPath)} />
    </Popover>
  )
}
