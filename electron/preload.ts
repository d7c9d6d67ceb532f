import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { type WindowBridge } from '../shared/bridge/window-bridge.ts'
import { ipcChannels } from './ipc-channels.ts'

const connection = crypto.randomUUID()
let ended: string | null = null
const messageListeners: ((text: string) => void)[] = []
const closeListeners: ((reason: string) => void)[] = []
const commandListeners: ((command: string) => void)[] = []

/** Tells the page's listeners of one channel, never handing them Electron's event. */
const relay = (channel: string, heard: (text: string) => void): void => {
  ipcRenderer.on(channel, (_event, to: unknown, text: unknown) => {
    if (to === connection && ended === null && typeof text === 'string') heard(text)
  })
}

const end = (reason: string): void => {
  if (ended !== null) return
  ended = reason
  for (const listener of closeListeners) listener(reason)
}

relay(ipcChannels.message, text => messageListeners.forEach(listener => listener(text)))
relay(ipcChannels.command, command => commandListeners.forEach(listener => listener(command)))
relay(ipcChannels.close, end)

const bridge: WindowBridge = {
  send(text) {
    if (ended === null) ipcRenderer.send(ipcChannels.message, connection, text)
  },
  onMessage(listener) {
    messageListeners.push(listener)
  },
  onClose(listener) {
    if (ended === null) closeListeners.push(listener)
    else listener(ended)
  },
  close() {
    const reason = 'The window closed the connection.'
    if (ended === null) ipcRenderer.send(ipcChannels.close, connection, reason)
    end(reason)
  },
  onCommand(listener) {
    commandListeners.push(listener)
  },
  pathForFile: file => (file instanceof File ? webUtils.getPathForFile(file) : ''),
}

contextBridge.exposeInMainWorld('slipwayBridge', bridge)
ipcRenderer.send(ipcChannels.open, connection)
