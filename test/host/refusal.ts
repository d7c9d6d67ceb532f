import { HostError } from '../../shared/bridge/host-error.ts'

/** The HostError that `promise` rejects with; anything else fails the test. */
export async function refusal(promise: Promise<unknown>): Promise<HostError> {
  const outcome = await promise.then(
    value => new Error(`It was not refused: ${JSON.stringify(value)}`),
    (error: unknown) => error,
  )
  if (outcome instanceof HostError) return outcome
  throw outcome
}
