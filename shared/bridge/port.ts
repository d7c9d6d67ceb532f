/**
 * A wire between renderer and host: ordered, message by message, JSON values only. Electron's channel, a WebSocket and
 * an in-memory pair all look like this; nothing above it knows which one it has.
 */
export interface Port {
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** Called once when the other side is gone, with a sentence saying how. */
  onClose(listener: (reason: string) => void): void
  close(): void
}
