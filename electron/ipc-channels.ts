/**
 * The channels between preload and main process. Each carries the connection it belongs to first, so that nothing meant
 * for a page that was reloaded reaches the one that took its place.
 */
export const ipcChannels = {
  /** Page → main: `(connection)`. A page has loaded and wants a port. */
  open: 'slipway:open',
  /** Both ways: `(connection, text)`. */
  message: 'slipway:message',
  /** Both ways: `(connection, reason)`. */
  close: 'slipway:close',
  /** Main → page: `(connection, command)`. */
  command: 'slipway:command',
} as const
