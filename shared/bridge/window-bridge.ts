/**
 * What the preload leaves on `window.slipwayBridge` in Electron: one wire, carrying JSON text, and the menu's commands.
 * Plain functions only, as the context bridge passes nothing else safely.
 */
export interface WindowBridge {
  send(text: string): void
  onMessage(listener: (text: string) => void): void
  onClose(listener: (reason: string) => void): void
  close(): void
  /** A chosen menu entry, by the id of its command. */
  onCommand(listener: (command: string) => void): void
  /** Where a `File` dropped into the window lies; '' for one that lies nowhere. */
  pathForFile(file: object): string
}
