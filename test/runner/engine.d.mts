export interface StartedEngine {
  /** As DOCKER_HOST writes it. */
  readonly endpoint: string
  readonly stop: () => Promise<void>
  readonly kill: () => Promise<void>
}
export interface EngineSetting {
  readonly folder?: string
  readonly environment?: Readonly<Record<string, string>>
}
export declare const startEngine: (dockerd: string, options?: EngineSetting) => Promise<StartedEngine>
