import type { Port } from '../../shared/bridge/port.ts'
import { ipcPort } from './ipc-port.ts'
import { openHostSocket } from './socket-port.ts'

/** The wire this window has: Electron's channel where the preload left one, a WebSocket otherwise. */
export function openPort(): Port {
  return window.slipwayBridge ? ipcPort(window.slipwayBridge) : openHostSocket(window.location)
}
