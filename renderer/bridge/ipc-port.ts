import { createListeners } from '../../shared/bridge/listeners.ts'
import { type Port } from '../../shared/bridge/port.ts'
import { type WindowBridge } from '../../shared/bridge/window-bridge.ts'

declare global {
  interface Window {
    /** Left by Electron's preload; absent where the page came from the web host. */
    readonly slipwayBridge?: WindowBridge
  }
}

/** The renderer's end of the channel to Electron's main process. */
export function ipcPort(bridge: WindowBridge): Port {
  const listeners = createListeners()
  bridge.onMessage(text => listeners.deliver(JSON.parse(text)))
  bridge.onClose(reason => listeners.closed(reason))
  return {
    send: message => bridge.send(JSON.stringify(message)),
    onMessage: listeners.onMessage,
    onClose: listeners.onClose,
    close: () => bridge.close(),
  }
}
