import { createStore } from 'zustand/vanilla'

export interface Notice {
  readonly id: number
  readonly tone: 'neutral' | 'error' | 'success'
  readonly message: string
  readonly action: { readonly label: string; readonly run: () => void } | null
}

export const notices = createStore<{ readonly shown: readonly Notice[] }>(() => ({ shown: [] }))
let nextId = 1
const lifetime = { neutral: 6000, success: 4000, error: 12000 } as const

/** Shows a sentence at the foot of the window for a while; errors stay longest. */
export function notify(message: string, tone: Notice['tone'] = 'neutral', action: Notice['action'] = null): void {
  const id = nextId++
  const others = notices.getState().shown.filter(notice => notice.message !== message)
  notices.setState({ shown: [...others.slice(-2), { id, tone, message, action }] })
  setTimeout(() => dismissNotice(id), lifetime[tone])
}

export function dismissNotice(id: number): void {
  notices.setState(({ shown }) => ({ shown: shown.filter(notice => notice.id !== id) }))
}

export function dismissNotices(): void {
  notices.setState({ shown: [] })
}
