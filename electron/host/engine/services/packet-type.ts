/** fsutil's packet types. */
export const packetType = { stat: 0, request: 1, content: 2, end: 3, error: 4 } as const
