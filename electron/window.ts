import { BrowserWindow, nativeTheme, shell } from 'electron'
import { join } from 'node:path'
import { type CommandId } from '../shared/commands.ts'
import { bundlePage } from './bundle-origin.ts'
import { askBeforeClosing } from './dialogs.ts'
import { acceptPages, type PageConnection } from './ipc-port.ts'
import { lockContents } from './lockdown.ts'

/** One window with one editor in it. */
export interface EditorWindow {
  readonly window: BrowserWindow
  /** Whether closing must ask first. */
  setDirty(dirty: boolean): void
  /** Takes back that the window closes once its text is saved: saving failed, or no file was chosen. */
  keepOpen(): void
  /** Has the page do what a menu entry stands for. */
  sendCommand(command: CommandId): void
}

/** The canvas's colour in renderer/ui/tokens.css, so that nothing flashes before the first paint. */
const backgrounds = { light: '#f4f5f7', dark: '#14161a' }

/** Opens a window; `connected` is called for each load of its page, with the wire to it. */
export const openWindow = (
  programDirectory: string,
  connected: (editor: EditorWindow, page: PageConnection) => void,
): EditorWindow => {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 800,
    minHeight: 500,
    show: false,
    title: 'Slipway',
    backgroundColor: nativeTheme.shouldUseDarkColors ? backgrounds.dark : backgrounds.light,
    webPreferences: {
      preload: join(programDirectory, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  })
  let dirty = false
  let closeOnceSaved = false
  let asking = false
  let page: PageConnection | null = null

  const editor: EditorWindow = {
    window,
    setDirty(now) {
      dirty = now
      if (!window.isDestroyed()) window.setDocumentEdited(now)
      if (!now && closeOnceSaved) window.close()
    },
    keepOpen: () => (closeOnceSaved = false),
    sendCommand: command => page?.sendCommand(command),
  }

  lockContents(window.webContents, url => void shell.openExternal(url))
  acceptPages(window.webContents, opened => {
    // A page that loads again starts from what is saved or kept as a draft; it says so itself when it is dirty.
    dirty = false
    page = opened
    opened.port.onClose(() => {
      if (page === opened) page = null
    })
    connected(editor, opened)
  })

  const ask = async (): Promise<void> => {
    asking = true
    const answer = await askBeforeClosing(window)
    asking = false
    if (window.isDestroyed()) return
    switch (answer) {
      case 'save':
        closeOnceSaved = true
        editor.sendCommand('file.save')
        break
      case 'discard':
        closeOnceSaved = true
        editor.sendCommand('file.discard')
        setTimeout(() => {
          // A page that does not answer any more keeps nobody from leaving.
          if (closeOnceSaved && !window.isDestroyed()) window.destroy()
        }, 2000)
        break
      case 'cancel':
        closeOnceSaved = false
        break
    }
  }
  window.on('close', event => {
    // Without a page there is nobody to save, and nothing kept back by asking.
    if (!dirty || page === null) return
    event.preventDefault()
    if (!asking) void ask()
  })
  window.once('ready-to-show', () => window.show())
  void window.loadURL(bundlePage)
  return editor
}
