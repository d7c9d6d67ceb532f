import { type BrowserWindow, dialog } from 'electron'
import { dirname } from 'node:path'

const everyFile = [{ name: 'Every file', extensions: ['*'] }]

/** Where the last chosen file lay; Electron would otherwise open in Downloads every time. */
let lastFolder: string | null = null
const remember = (path: string | undefined): string | null => {
  if (path === undefined || path === '') return null
  lastFolder = dirname(path)
  return path
}

/** Asks for a Dockerfile to open; null when nothing was chosen. */
export const chooseOpen = async (window: BrowserWindow): Promise<string | null> => {
  const { filePaths } = await dialog.showOpenDialog(window, {
    title: 'Open Dockerfile',
    properties: ['openFile', 'showHiddenFiles'],
    filters: everyFile,
    ...(lastFolder === null ? {} : { defaultPath: lastFolder }),
  })
  return remember(filePaths[0])
}

/** Asks where to save; `suggestion` is an absolute path. Null when nothing was chosen. */
export const chooseSave = async (window: BrowserWindow, suggestion: string): Promise<string | null> => {
  const { filePath } = await dialog.showSaveDialog(window, {
    title: 'Save Dockerfile',
    defaultPath: suggestion,
    filters: everyFile,
    properties: ['showOverwriteConfirmation', 'createDirectory'],
  })
  return remember(filePath)
}

/** Asks for a folder to extract files to; null when nothing was chosen. */
export const chooseFolder = async (window: BrowserWindow): Promise<string | null> => {
  const { filePaths } = await dialog.showOpenDialog(window, {
    title: 'Extract to a folder',
    buttonLabel: 'Extract here',
    properties: ['openDirectory', 'createDirectory', 'showHiddenFiles'],
    ...(lastFolder === null ? {} : { defaultPath: lastFolder }),
  })
  return filePaths[0] ?? null
}

/** What to do with unsaved text when its window closes. */
export const askBeforeClosing = async (window: BrowserWindow): Promise<'save' | 'discard' | 'cancel'> => {
  const answers = ['save', 'discard', 'cancel'] as const
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: 'This Dockerfile has changes that are not saved.',
    detail: 'Without saving, they are lost.',
    buttons: ['Save', 'Discard changes', 'Cancel'],
    defaultId: 0,
    cancelId: 2,
    noLink: true,
  })
  return answers[response] ?? 'cancel'
}
