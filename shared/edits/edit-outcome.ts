import type { TextEdit } from '../text/text-edit.ts'

/** What a gesture would do: the edits, or the reason why not. The dry run and the deed are the same call. */
export type EditOutcome =
  | {
      readonly kind: 'edits'
      /** Name of the undo step, in the user's words: "Connect build → final". */
      readonly title: string
      /** Offsets refer to the text that was analysed; never overlapping. */
      readonly edits: readonly TextEdit[]
      /** Things the user should know although the gesture is allowed; usually none. */
      readonly warnings: readonly string[]
    }
  | Refusal

/** A sentence that says why, and what to do instead where there is something. */
export interface Refusal {
  readonly kind: 'refused'
  readonly reason: string
}

export function refused(reason: string): Refusal {
  return { kind: 'refused', reason }
}

export function edits(title: string, list: readonly TextEdit[], warnings: readonly string[] = []): EditOutcome {
  return { kind: 'edits', title, edits: list, warnings }
}
