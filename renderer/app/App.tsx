import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { useStore } from 'zustand'
import type { HostApi } from '../../shared/bridge/contract.ts'
import { chordTable } from '../../shared/key-chords.ts'
import { createCommandRegistry } from '../commands/command-registry.ts'
import { holdTyping } from '../commands/early-typing.ts'
import { CommandsContext } from '../commands/use-commands.ts'
import { DocumentDialogs } from './DocumentDialogs.tsx'
import { Notices } from './Notices.tsx'
import { TopBar } from './TopBar.tsx'
import { useTheme } from './theme.ts'
import { useWindowEvents } from './use-window-events.ts'
import { Welcome } from './Welcome.tsx'
import { windowCommands } from './window-commands.ts'
import type { Workspace } from './workspace-state.ts'
import { loadPart } from '../ui/load-part.ts'
import { Waiting } from '../ui/Waiting.tsx'

const loadPalette = () => loadPart(() => import('../commands/CommandPalette.tsx'))
const CommandPalette = lazy(async () => ({ default: (await loadPalette()).CommandPalette }))
const ShortcutsDialog = lazy(async () => ({
  default: (await loadPart(() => import('../commands/ShortcutsDialog.tsx'))).ShortcutsDialog,
}))

/** The frame of the window, and the welcome view until there is a document: it needs neither editor, parser nor canvas. */
export function App({ host, workspace }: { readonly host: HostApi; readonly workspace: Workspace }) {
  const desk = useStore(workspace.store, state => state.desk)
  const starting = useStore(workspace.store, state => state.starting)
  const settings = useStore(workspace.store, state => state.settings)
  const lost = useStore(workspace.store, state => state.lost)
  const [asked, setAsked] = useState<'commands' | 'shortcuts' | null>(null)
  const [registry] = useState(createCommandRegistry)
  useTheme(settings.theme)
  // Parts come after the first frame, yet are there before they are asked for: what is typed into the palette at once
  // must not go elsewhere.
  useEffect(() => {
    const soon = requestIdleCallback(
      () =>
        void Promise.all([
          loadPalette(),
          loadPart(() => import('./desk.ts')),
          loadPart(() => import('./Workbench.tsx')).then(part => part.loadPanes()),
        ]),
    )
    return () => cancelIdleCallback(soon)
  }, [])

  const handlers = useMemo(
    () =>
      windowCommands({
        workspace,
        showCommands() {
          holdTyping()
          setAsked('commands')
        },
        showShortcuts: () => setAsked('shortcuts'),
      }),
    [workspace],
  )
  useEffect(() => registry.provide(handlers), [registry, handlers])
  const { run } = registry
  const chosen = settings.shortcuts
  const commands = useMemo(() => ({ registry, chosen }), [registry, chosen])
  useWindowEvents(
    run,
    useMemo(() => chordTable(chosen), [chosen]),
    workspace,
  )

  return (
    <CommandsContext value={commands}>
      <div className="window">
        <TopBar desk={desk} workspace={workspace} />
        {lost !== null && (
          <div className="banner" data-tone="error" role="alert">
            {lost} Start Slipway again: unsaved text comes back. What is typed from here on stays in this window alone.
          </div>
        )}
        {desk !== null ? (
          <desk.Workbench {...{ desk, workspace, registry }} />
        ) : starting ? (
          <Waiting>Opening…</Waiting>
        ) : (
          <Welcome workspace={workspace} />
        )}
        <DocumentDialogs host={host} desk={desk} workspace={workspace} />
        <Suspense>
          {asked === 'commands' && <CommandPalette registry={registry} onClose={() => setAsked(null)} />}
          {asked === 'shortcuts' && (
            <ShortcutsDialog
              chosen={chosen}
              onChoose={shortcuts => workspace.changeSettings({ shortcuts })}
              onClose={() => setAsked(null)}
            />
          )}
        </Suspense>
        <Notices />
      </div>
    </CommandsContext>
  )
}
