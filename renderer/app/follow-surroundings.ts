import type { HostApi } from '../../shared/bridge/contract.ts'
import { readIgnoreFile } from '../../shared/files/ignore-pattern.ts'
import type { Surroundings } from '../../shared/surroundings.ts'
import type { Session } from '../source/session.ts'

/** Tells the session what lies around its document, as long as the window lives. What cannot be had is left unknown. */
export function followSurroundings(host: HostApi, session: Session): void {
  let leaving = new AbortController()

  function learn(news: Partial<Surroundings>): void {
    const known = session.store.getState().analysis.surroundings
    session.setSurroundings({ ...known, ...news })
  }

  async function followIgnoreFile(path: string, contextDirectory: string, signal: AbortSignal): Promise<void> {
    const watched = host.stream('documents.watchIgnoreFile', { path, contextDirectory }, signal)
    for await (const { text } of watched) learn({ ignored: text === null ? null : readIgnoreFile(text) })
  }

  session.store.subscribe(({ document }, { document: before }) => {
    if (document === before) return
    leaving.abort()
    leaving = new AbortController()
    const { path = null, contextDirectory = null } = document ?? {}
    if (path === null || contextDirectory === null) return
    // A lost host is told of by whoever asks it for something.
    followIgnoreFile(path, contextDirectory, leaving.signal).catch(() => undefined)
  })
}
