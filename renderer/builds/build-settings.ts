import { createStore, type StoreApi } from 'zustand/vanilla'
import type { HostApi } from '../../shared/bridge/contract.ts'
import { type BuildProfile, type BuildProfiles, noProfiles } from '../../shared/builds/build-profiles.ts'
import { without } from '../../shared/records.ts'
import type { Session } from '../source/session.ts'

/** How the open file is built beside target, tags and variant, and the profiles that are kept of it. */
export interface BuildSettings extends StoreApi<BuildProfiles> {
  choose(last: BuildProfiles['last']): void
  /** `profile` null forgets the one of that name. */
  keep(name: string, profile: BuildProfile | null): void
}

/** Remembered by the host for each file; `report` hears what could not be. */
export function createBuildSettings(host: HostApi, session: Session, report: (error: unknown) => void): BuildSettings {
  const store = createStore<BuildProfiles>(() => noProfiles)
  const path = () => session.store.getState().document?.path ?? null

  const show = (profiles: BuildProfiles) => {
    store.setState(profiles)
    const { inputs } = session.store.getState().analysis
    const namedContexts = Object.keys(profiles.last.options.namedContexts)
    if (namedContexts.join('\n') !== inputs.namedContexts.join('\n')) session.setInputs({ ...inputs, namedContexts })
  }
  const change = (profiles: BuildProfiles) => {
    show(profiles)
    host.call('builds.storeProfiles', { path: path(), profiles }).catch(report)
  }
  session.store.subscribe(({ document }, { document: before }) => {
    if (document === null || (before !== null && document.path === before.path)) return
    show(noProfiles)
    const opened = document.path
    host.call('builds.loadProfiles', { path: opened }).then(loaded => {
      if (path() === opened) show(loaded)
    }, report)
  })
  return {
    ...store,
    choose: last => change({ ...store.getState(), last }),
    keep(name, profile) {
      const others = without(store.getState().named, name)
      change({ ...store.getState(), named: profile === null ? others : { ...others, [name]: profile } })
    },
  }
}
