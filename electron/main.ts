import { app, Menu, protocol, session } from 'electron'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type HostImplementation } from '../shared/bridge/contract.ts'
import { serve } from '../shared/bridge/serve.ts'
import { bundleScheme } from './bundle-origin.ts'
import { serveBundle } from './bundle-protocol.ts'
import { chooseFolder, chooseOpen, chooseSave } from './dialogs.ts'
import type { ChosenShortcuts } from '../shared/key-chords.ts'
import { createEngine } from './host/engine/engine.ts'
import { createEngineChoices } from './host/engine/engine-choice.ts'
import { createHost } from './host/host.ts'
import { stateDirectory } from './host/state-directory.ts'
import { launchPath } from './launch-path.ts'
import { lockSession } from './lockdown.ts'
import { applicationMenu } from './menu.ts'
import { type EditorWindow, openWindow } from './window.ts'

/** What a second start tells the first: Chromium adds to and sorts the words themselves. */
interface Launch {
  readonly path: string | null
}
const pathIn = (launch: unknown): string | null =>
  typeof launch === 'object' && launch !== null && 'path' in launch && typeof launch.path === 'string'
    ? launch.path
    : null

const programDirectory = dirname(fileURLToPath(import.meta.url))
const place = {
  homeDirectory: homedir(),
  stateDirectory: stateDirectory(process.env, process.platform, homedir()),
}
const choices = createEngineChoices(place.stateDirectory)
const engine = createEngine({ environment: process.env, ...place, choices })
const windows = new Set<EditorWindow>()

const open = (path: string | null): void => {
  const editor = openWindow(programDirectory, (editor, page) => {
    const host = createHost({
      engine,
      ...place,
      info: { version: __VERSION__, host: 'electron', platform: process.platform, launchPath: path },
      dialogs: {
        chooseOpen: () => chooseOpen(editor.window),
        async chooseSave(suggestion) {
          const chosen = await chooseSave(editor.window, suggestion)
          if (chosen === null) editor.keepOpen()
          return chosen
        },
        chooseFolder: () => chooseFolder(editor.window),
      },
      onDirty: dirty => editor.setDirty(dirty),
      onSettings: ({ shortcuts }) => showMenu(shortcuts),
    })
    const { implementation } = host
    const answered: HostImplementation = {
      ...implementation,
      // Closing waits for a save that it asked for; where that fails, the window stays.
      'documents.save': (argument, signal) =>
        implementation['documents.save'](argument, signal).catch((error: unknown) => {
          editor.keepOpen()
          throw error
        }),
    }
    serve(page.port, answered, (what, error) => console.error(what, error))
    page.port.onClose(() => void host.close())
  })
  windows.add(editor)
  editor.window.once('closed', () => windows.delete(editor))
}

/** The menu shows the chords that hold now; a window that reads or changes the settings has it made again. */
const showMenu = (chosen: ChosenShortcuts): void => {
  const menu = applicationMenu(process.platform, chosen, {
    newWindow: () => open(null),
    send: (id, command) => [...windows].find(({ window }) => window.id === id)?.sendCommand(command),
  })
  Menu.setApplicationMenu(Menu.buildFromTemplate(menu))
}

/** A second start hands its Dockerfile to this one; without a Dockerfile it brings the last window forward. */
const openOrShow = (path: string | null): void => {
  const last = [...windows].at(-1)
  if (path !== null || last === undefined) {
    open(path)
    return
  }
  if (last.window.isMinimized()) last.window.restore()
  last.window.focus()
}

const start = async (launched: string | null): Promise<void> => {
  // macOS names the document in an event that may come before `ready`; other systems in the arguments.
  let early = launched
  let ready = false
  app.on('open-file', (event, path) => {
    event.preventDefault()
    if (ready) open(path)
    else early = path
  })
  app.on('second-instance', (_event, _words, _directory, secondLaunch) => openOrShow(pathIn(secondLaunch)))
  app.on('activate', () => openOrShow(null))
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
  let engineClosed = false
  app.on('will-quit', event => {
    if (engineClosed) return
    event.preventDefault()
    // Builds are cancelled on the engine too; one that does not answer does not keep the program alive.
    void Promise.race([engine.close(), wait(5000)]).finally(() => {
      engineClosed = true
      app.quit()
    })
  })

  await app.whenReady()
  ready = true
  protocol.handle(bundleScheme, serveBundle(join(programDirectory, '../renderer')))
  lockSession(session.defaultSession)
  showMenu({})
  open(early)
}

app.enableSandbox()
protocol.registerSchemesAsPrivileged([
  { scheme: bundleScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
])
const launch: Launch = { path: launchPath(process.argv.slice(app.isPackaged ? 1 : 2), process.cwd()) }
if (app.requestSingleInstanceLock(launch)) void start(launch.path)
else app.quit()
