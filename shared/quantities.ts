const units = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const

/** Decimal, three figures, as Docker writes sizes: `0 bytes`, `812 bytes`, `4.73 MB`. */
export function formatBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  if (unit === 0) return bytes === 1 ? '1 byte' : `${bytes} bytes`
  const decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0
  return `${value.toFixed(decimals)} ${units[unit] ?? ''}`
}

/** With its sign: `+4.73 MB`, `−12 bytes`; '' for none. */
export function formatDifference(bytes: number): string {
  return bytes === 0 ? '' : `${bytes > 0 ? '+' : '−'}${formatBytes(Math.abs(bytes))}`
}

const grouping = new Intl.NumberFormat('en', { useGrouping: true })

/** `1 file`, `12,480 files`. */
export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${grouping.format(count)} ${count === 1 ? one : many}`
}
