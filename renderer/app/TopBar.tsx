import {
  FolderOpen,
  Hammer,
  Moon,
  PanelBottom,
  PanelLeft,
  Redo2,
  Save,
  SlidersHorizontal,
  Square,
  Sun,
  SunMoon,
  Undo2,
} from 'lucide-react'
import { useState } from 'react'
import { useStore } from 'zustand'
import { stageTitle } from '../../shared/graph/stage-graph.ts'
import { IconButton, Button } from '../ui/controls.tsx'
import type { Session } from '../source/session.ts'
import type { Desk } from './desk.ts'
import { EngineChip } from './EngineChip.tsx'
import { useRunCommand, useTitleOf } from '../commands/use-commands.ts'
import { defaultTag } from './tags.ts'
import { useDocument } from './use-document.ts'
import { useWindowTitle } from './window-title.ts'
import type { Workspace } from './workspace-state.ts'

interface TopBarProps {
  readonly desk: Desk | null
  readonly workspace: Workspace
}

export function TopBar({ desk, workspace }: TopBarProps) {
  const run = useRunCommand()
  const titleOf = useTitleOf()
  const document = useDocument(desk, state => state.document, null)
  const dirty = useDocument(desk, state => state.dirty, false)
  const undoes = useDocument(desk, state => state.undoes, null)
  const redoes = useDocument(desk, state => state.redoes, null)
  useWindowTitle(document, dirty)
  return (
    <header className="top-bar">
      <IconButton
        icon={PanelLeft}
        label={titleOf('view.outline')}
        disabled={!document}
        onClick={() => run('view.outline')}
      />
      <IconButton icon={FolderOpen} label={titleOf('file.open')} onClick={() => run('file.open')} />
      <IconButton icon={Save} label={titleOf('file.save')} disabled={!document} onClick={() => run('file.save')} />
      <IconButton
        icon={Undo2}
        label={titleOf('edit.undo', undoes)}
        disabled={undoes === null}
        onClick={() => run('edit.undo')}
      />
      <IconButton
        icon={Redo2}
        label={titleOf('edit.redo', redoes)}
        disabled={redoes === null}
        onClick={() => run('edit.redo')}
      />
      <h1 className="top-bar-file" title={document?.path ?? document?.name}>
        {document?.name ?? 'Slipway'}
        {document && dirty && (
          <span className="dirty-mark" role="img" aria-label="Unsaved changes" title="Unsaved changes" />
        )}
        {document?.path && (
          // Cut at its beginning: where a path ends says most.
          <span className="top-bar-folder" dir="rtl">
            <bdi dir="ltr">{document.contextDirectory}</bdi>
          </span>
        )}
        {document && !document.writable && <span className="badge">Read-only</span>}
      </h1>
      <ThemeButton workspace={workspace} />
      <EngineChip workspace={workspace} />
      {desk !== null && document && <DocumentTools desk={desk} workspace={workspace} />}
    </header>
  )
}

/** What is built of the document, and how. */
function DocumentTools({ desk, workspace }: { readonly desk: Desk; readonly workspace: Workspace }) {
  const { session, builds } = desk
  const run = useRunCommand()
  const titleOf = useTitleOf()
  const document = useStore(session.store, state => state.document)
  const hasStages = useStore(session.store, state => state.analysis.graph.stages.length > 0)
  const engineReady = useStore(workspace.store, state => state.engine?.kind === 'ready')
  const tags = useStore(workspace.store, state => state.settings.tags)
  const phase = useStore(builds, state => state.build?.phase)
  const building = phase === 'starting' || phase === 'running'
  const path = document?.path ?? ''
  return (
    <>
      <TargetChoice session={session} />
      <label className="top-bar-labelled">
        <span>Tag</span>
        <input
          className="field"
          data-code
          size={16}
          value={tags[path] ?? defaultTag(document)}
          placeholder="no tag"
          spellCheck={false}
          onChange={event => workspace.changeSettings({ tags: { ...tags, [path]: event.target.value } })}
        />
      </label>
      {building ? (
        <Button variant="danger" icon={Square} title={titleOf('build.stop')} onClick={() => run('build.stop')}>
          Stop
        </Button>
      ) : (
        <Button
          variant="primary"
          icon={Hammer}
          disabled={!hasStages || !engineReady}
          title={engineReady ? titleOf('build.start') : 'No engine answers: see the engine chip'}
          onClick={() => run('build.start')}
        >
          Build
        </Button>
      )}
      <IconButton
        icon={SlidersHorizontal}
        label="Arguments, secrets and more…"
        title={titleOf('build.form')}
        disabled={!hasStages}
        onClick={() => run('build.form')}
      />
      <IconButton icon={PanelBottom} label={titleOf('view.drawer')} onClick={() => run('view.drawer')} />
    </>
  )
}

const themes = {
  system: { next: 'light', icon: SunMoon, title: 'Theme: as the system' },
  light: { next: 'dark', icon: Sun, title: 'Theme: light' },
  dark: { next: 'system', icon: Moon, title: 'Theme: dark' },
} as const

function ThemeButton({ workspace }: { workspace: Workspace }) {
  const { next, icon, title } = themes[useStore(workspace.store, state => state.settings.theme)]
  return <IconButton icon={icon} label={title} onClick={() => workspace.changeSettings({ theme: next })} />
}

function TargetChoice({ session }: { session: Session }) {
  const graph = useStore(session.store, state => state.analysis.graph)
  const inputs = useStore(session.store, state => state.analysis.inputs)
  // A thousand choices would hold up the cards of a large file.
  const isDrawn = useStore(session.store, state => state.looksForProblems)
  const [isAsked, setAsked] = useState(false)
  const last = graph.stages.at(-1)
  const others = graph.stages.filter(
    stage => stage.name !== '' && stage !== last && (isDrawn || isAsked || stage.name === inputs.target),
  )
  return (
    <label className="top-bar-labelled">
      <span>Target</span>
      <select
        className="field"
        value={inputs.target ?? ''}
        onPointerDown={() => setAsked(true)}
        onFocus={() => setAsked(true)}
        onChange={event => session.setInputs({ ...inputs, target: event.target.value || null })}
      >
        <option value="">{last ? `${stageTitle(last)} (last)` : 'last stage'}</option>
        {others.map(stage => (
          <option key={stage.id} value={stage.name}>
            {stageTitle(stage)}
          </option>
        ))}
        {inputs.target !== null && !others.some(stage => stage.name === inputs.target) && (
          <option value={inputs.target}>{inputs.target}</option>
        )}
      </select>
    </label>
  )
}
