/** The palette gives up waiting for its own code after this long: typing must not be lost to it. */
const longestMilliseconds = 3000

let stop: (() => string) | null = null

/** From now on keeps what is typed, which would go to what has the focus until the palette is there. */
export function holdTyping(): void {
  stop?.()
  // It is there, or something else has the keys.
  if (document.querySelector('dialog[open]') !== null) return
  let text = ''
  const hold = (event: KeyboardEvent) => {
    const isModified = event.ctrlKey || event.metaKey || event.altKey
    if (isModified || (event.key.length > 1 && event.key !== 'Backspace' && event.key !== 'Enter')) return
    event.preventDefault()
    event.stopImmediatePropagation()
    text = event.key === 'Backspace' ? text.slice(0, -1) : text + (event.key === 'Enter' ? '\n' : event.key)
  }
  const timer = setTimeout(() => stop?.(), longestMilliseconds)
  window.addEventListener('keydown', hold, true)
  stop = () => {
    clearTimeout(timer)
    window.removeEventListener('keydown', hold, true)
    stop = null
    return text
  }
}

/** Hands over what was typed since `holdTyping`; from now on keys go to what has the focus. */
export function releaseTyping(take: (words: string, isEntered: boolean) => void): void {
  const [words = '', ...entered] = (stop?.() ?? '').split('\n')
  take(words, entered.length > 0)
}
