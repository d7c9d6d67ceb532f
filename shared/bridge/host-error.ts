/** Why a call failed, as a code the renderer can act on. The message is a sentence for the user. */
export const hostErrorCodes = [
  'invalid-argument',
  'unknown-method',
  'not-found',
  'no-permission',
  'not-text',
  'is-directory',
  'too-large',
  'changed-on-disk',
  'no-engine',
  'engine-failed',
  'gone',
  'cancelled',
  'disconnected',
  'internal',
] as const
export type HostErrorCode = (typeof hostErrorCodes)[number]

/** An expected failure on its way across the bridge; crosses as `{code, message}`. */
export class HostError extends Error {
  override readonly name = 'HostError'
  readonly code: HostErrorCode

  constructor(code: HostErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
