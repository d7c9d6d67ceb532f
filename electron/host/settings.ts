import { join } from 'node:path'
import { type Settings, settingsSchema } from '../../shared/bridge/contract.ts'
import { privateFile } from './private-file.ts'

export const defaultSettings: Settings = {
  theme: 'system',
  panes: {},
  tags: {},
  shortcuts: {},
  variants: {},
  sidePane: 'text',
}

/** The user's settings; a file that cannot be understood is moved aside and the defaults hold. */
export interface SettingsStore {
  load(): Promise<Settings>
  store(settings: Settings): Promise<void>
}

export function createSettings(stateDirectory: string): SettingsStore {
  const file = privateFile(join(stateDirectory, 'settings.json'), settingsSchema)
  return {
    load: async () => (await file.read()) ?? defaultSettings,
    store: settings => file.write(settings),
  }
}
